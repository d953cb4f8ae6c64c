// Upright bars, beside or upon each other, and lines over years.
#include <algorithm>
#include <cmath>

#include "host/drilldown/forms/figures/axes.hpp"
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {
namespace {

struct Upright {
  const ChartData& data;
  Sheet& sheet;
  const Scale& scale;
  Area plot;

  double slot() const { return plot.width / static_cast<double>(data.rows()); }
  double x(std::size_t row) const { return plot.x + (static_cast<double>(row) + 0.5) * slot(); }
  double y(double value) const { return plot.bottom() - scale.at(value) * plot.height; }

  void draw_bars() const {
    std::size_t beside = 0;
    for (const SeriesData& series : data.series) beside += series.is_line ? 0 : 1;
    if (beside == 0) return;
    if (data.is_stacked) beside = 1;
    const bool few = data.rows() <= 3;
    const double step = std::min((few ? 0.5 : 0.78) * slot() / static_cast<double>(beside), few ? 60.0 : 32.0);
    for (std::size_t row = 0; row < data.rows(); ++row) {
      double above = 0, below = 0, at = x(row) - step * static_cast<double>(beside) / 2;
      for (std::size_t s = 0; s < data.series.size(); ++s) {
        const SeriesData& series = data.series[s];
        if (series.is_line) continue;
        const double value = series.values[row];
        double from = 0;
        if (data.is_stacked && !std::isnan(value)) {
          double& end = value < 0 ? below : above;
          from = end;
          end += value;
        }
        if (!std::isnan(value)) {
          const double top = y(std::max(from, from + value)), bottom = y(std::min(from, from + value));
          sheet.add(Box{{at, top, step * 0.95, bottom - top}, series.colour, s, row});
          if (data.is_stacked && from != 0) sheet.add(Line{{{at, y(from)}, {at + step * 0.95, y(from)}}, paper, 0.6});
          if (series.has_ends(row)) draw_ends(sheet, {at + step / 2, y(series.lows[row])}, {at + step / 2, y(series.highs[row])});
        }
        if (!data.is_stacked) at += step;
      }
    }
  }

  /// A line breaks where a value is missing.
  void draw_lines() const {
    for (std::size_t s = 0; s < data.series.size(); ++s) {
      const SeriesData& series = data.series[s];
      if (!series.is_line) continue;
      Line line{{}, series.colour, 1.7};
      const auto end_line = [&] {
        if (line.points.size() > 1) sheet.add(line);
        line.points.clear();
      };
      for (std::size_t row = 0; row < data.rows(); ++row) {
        if (std::isnan(series.values[row])) end_line();
        else line.points.push_back({x(row), y(series.values[row])});
      }
      end_line();
      for (std::size_t row = 0; row < data.rows(); ++row)
        if (!std::isnan(series.values[row])) sheet.add(Mark{{x(row), y(series.values[row])}, 2.6, series.colour, false, 1, s, row});
    }
  }
};

}  // namespace

Drawn draw_upright_bars(const ChartData& data, Sheet& sheet) {
  const Range range = range_of(data);
  const bool from_nothing = data.type != Chart::Type::line || data.kind != Kind::number;
  const Scale scale = data.is_whole ? whole_scale(data.unit) : linear_scale(range.low, range.high, from_nothing, 7, data.unit);
  const double left = Sheet::margin + room_beside(sheet, scale);
  const double above = data.unit.name.empty() ? 4 : 16;
  const Upright upright{data, sheet, scale, {left, sheet.top() + above, Sheet::width - Sheet::margin - left, 180}};
  draw_scale_beside(sheet, scale, upright.plot, data.unit.name, Sheet::margin);
  upright.draw_bars();
  if (scale.low <= 0 && scale.high >= 0) draw_nothing_line(sheet, {upright.plot.x, upright.y(0)}, {upright.plot.right(), upright.y(0)});
  upright.draw_lines();
  return {draw_names_below(sheet, data, upright.plot), data.rows()};
}

}  // namespace potentia::drilldown::figures
