// Lying bars: beside each other in a row, or one after the other, with their amounts.
#include <algorithm>
#include <cmath>
#include <optional>

#include "host/drilldown/forms/figures/axes.hpp"
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {
namespace {

/// An amount right of a bar that ends at a value.
struct AmountAt {
  double end, y;
  Words words;
};

struct LyingBars {
  const ChartData& data;
  Sheet& sheet;
  Rows rows;
  double bar, step;  ///< thickness of a bar, and from bar to bar

  double middle(std::size_t row, std::size_t s) const {
    if (data.is_stacked) return rows.middle(row);
    return rows.middle(row) + (static_cast<double>(s) - (static_cast<double>(data.series.size()) - 1) / 2) * step;
  }

  /// None where amounts would run into each other or stand for less than nothing, and none of wholes.
  std::vector<AmountAt> amounts() const {
    std::vector<AmountAt> found;
    const bool crowded = !data.is_stacked && data.series.size() > 1 && step < 8.5;
    if (data.is_whole || crowded || range_of(data).low < 0) return found;
    const auto add = [&](double value, double y) {
      if (!std::isnan(value))
        found.push_back({value, y, {amount(value, data.kind, data.unit, data.decimals), Sheet::small, muted}});
    };
    for (std::size_t row = 0; row < rows.count; ++row) {
      double sum = 0;
      bool any = false;
      for (std::size_t s = 0; s < data.series.size(); ++s) {
        const SeriesData& series = data.series[s];
        if (series.has_ends(row)) return {};  // the lines over the bars stand there
        any = any || !std::isnan(series.values[row]);
        sum += std::isnan(series.values[row]) ? 0 : series.values[row];
        if (!data.is_stacked) add(series.values[row], middle(row, s));
      }
      if (data.is_stacked && any) add(sum, rows.middle(row));
    }
    return found;
  }

  void draw_bars(const Scale& scale, const Area& plot) const {
    const auto x = [&](double value) { return plot.x + scale.at(value) * plot.width; };
    for (std::size_t row = 0; row < rows.count; ++row) {
      double above = 0, below = 0;  // where the next bar of a stack begins
      for (std::size_t s = 0; s < data.series.size(); ++s) {
        const double value = data.series[s].values[row];
        if (std::isnan(value)) continue;
        double from = 0;
        if (data.is_stacked) {
          double& end = value < 0 ? below : above;
          from = end;
          end += value;
        }
        const double left = x(std::min(from, from + value)), right = x(std::max(from, from + value));
        sheet.add(Box{{left, middle(row, s) - bar / 2, right - left, bar}, data.series[s].colour, s, row});
        if (data.is_stacked && from != 0)  // a seam, so that neighbours of like colours are two
          sheet.add(Line{{{x(from), middle(row, s) - bar / 2}, {x(from), middle(row, s) + bar / 2}}, paper, 0.6});
      }
    }
    draw_nothing_line(sheet, {x(0), plot.y}, {x(0), plot.bottom()});
    for (std::size_t row = 0; row < rows.count; ++row)
      for (std::size_t s = 0; s < data.series.size(); ++s)
        if (const SeriesData& series = data.series[s]; series.has_ends(row))
          draw_ends(sheet, {x(series.lows[row]), middle(row, s)}, {x(series.highs[row]), middle(row, s)});
  }
};

}  // namespace

Drawn draw_lying_bars(const ChartData& data, Sheet& sheet) {
  const std::size_t beside = data.is_stacked ? 1 : data.series.size();
  LyingBars bars{data, sheet, lay_rows(sheet, data, beside), 0, 0};
  bars.step = std::min({0.78 * bars.rows.pitch / static_cast<double>(beside), beside == 1 ? 13.0 : 10.5});
  bars.bar = bars.step * (beside == 1 ? 1 : 0.92);
  const Rows& rows = bars.rows;
  Area plot{rows.left, rows.top, Sheet::width - Sheet::margin - rows.left, rows.bottom() - rows.top};
  plot.width -= 8;  // half of the last number of the scale
  const Scale scale = data.is_whole ? whole_scale(data.unit) : scale_across(sheet, range_of(data), true, data.unit, plot.width * 0.85);
  const std::vector<AmountAt> amounts = bars.amounts();
  for (const AmountAt& each : amounts)
    if (const double end = scale.at(each.end); end > 0)
      plot.width = std::min(plot.width, (Sheet::width - Sheet::margin - rows.left - 5 - sheet.size(each.words).width) / end);
  const double bottom = draw_scale_below(sheet, scale, plot, data.unit.name);
  draw_names(sheet, data, rows);
  bars.draw_bars(scale, plot);
  for (const AmountAt& each : amounts) sheet.text(each.words, plot.x + scale.at(each.end) * plot.width + 4, each.y);
  return {bottom, rows.count};
}

}  // namespace potentia::drilldown::figures
