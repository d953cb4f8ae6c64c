// See axes.hpp.
#include "host/drilldown/forms/figures/axes.hpp"

#include <algorithm>
#include <cmath>

namespace potentia::drilldown::figures {
namespace {

Words tick_words(const std::string& text, Align align) { return {text, Sheet::small, muted, false, align}; }

}  // namespace

Range range_of(const ChartData& data) {
  bool first = true;
  Range range;
  const auto take = [&](double value) {
    if (std::isnan(value)) return;
    range.low = first ? value : std::min(range.low, value);
    range.high = first ? value : std::max(range.high, value);
    first = false;
  };
  for (std::size_t row = 0; row < data.rows(); ++row) {
    double above = 0, below = 0;
    for (const SeriesData& series : data.series) {
      if (series.has_ends(row)) take(series.lows[row]), take(series.highs[row]);
      if (!data.is_stacked || series.is_line) take(series.values[row]);
      else if (series.values[row] > 0) above += series.values[row];
      else if (series.values[row] < 0) below += series.values[row];
    }
    if (data.is_stacked) take(above), take(below);
  }
  return range;
}

double draw_scale_below(Sheet& sheet, const Scale& scale, const Area& plot, const std::string& title) {
  double bottom = plot.bottom();
  for (const Tick& tick : scale.ticks) {
    const double x = plot.x + scale.at(tick.value) * plot.width;
    sheet.add(Line{{{x, plot.y}, {x, plot.bottom()}}, grid_line, 0.6});
    if (!tick.text.empty())
      bottom = std::max(bottom, sheet.text(tick_words(tick.text, Align::middle), x, plot.bottom() + 3, Stand::below).bottom());
  }
  if (title.empty()) return bottom;
  Words words = tick_words(title, Align::middle);
  words.limit = plot.width, words.lines = 2;
  return sheet.text(words, plot.x + plot.width / 2, bottom + 1.5, Stand::below).bottom();
}

double room_beside(const Sheet& sheet, const Scale& scale) {
  double room = 0;
  for (const Tick& tick : scale.ticks) room = std::max(room, sheet.size(tick_words(tick.text, Align::right)).width);
  return room + 5;
}

void draw_scale_beside(Sheet& sheet, const Scale& scale, const Area& plot, const std::string& title, double left) {
  for (const Tick& tick : scale.ticks) {
    const double y = plot.bottom() - scale.at(tick.value) * plot.height;
    sheet.add(Line{{{plot.x, y}, {plot.right(), y}}, grid_line, 0.6});
    if (!tick.text.empty()) sheet.text(tick_words(tick.text, Align::right), plot.x - 5, y);
  }
  if (title.empty()) return;
  Words words = tick_words(title, Align::left);
  words.limit = plot.right() - left;
  sheet.text(words, left, plot.y - 7, Stand::above);
}

Scale scale_across(const Sheet& sheet, const Range& range, bool from_nothing, const Unit& unit, double width) {
  for (int most = 8;; --most) {
    Scale scale = linear_scale(range.low, range.high, from_nothing, most, unit);
    double before = -1e9;
    bool fits = true;
    for (const Tick& tick : scale.ticks) {
      const Area area = sheet.place(tick_words(tick.text, Align::middle), scale.at(tick.value) * width, 0);
      fits = fits && area.x > before + 6;
      before = area.right();
    }
    if (fits || most <= 3) return scale;
  }
}

Rows lay_rows(const Sheet& sheet, const ChartData& data, std::size_t bars) {
  constexpr double most_height = 540, name_size = 8, per_bar = 9.8;  // title, legend and source need the rest of a page
  Rows rows;
  rows.name_limit = 0.4 * Sheet::inside;
  double name_width = 0;
  bool wraps = false;
  for (const std::string& name : data.names) {
    const TextSize taken = sheet.size({name, name_size, ink, false, Align::right, rows.name_limit, 2});
    name_width = std::max(name_width, taken.width);
    wraps = wraps || taken.lines > 1;
  }
  const double least = bars == 1 ? 13 : 3 + 6 * static_cast<double>(bars);
  const double wanted = std::max(wraps ? 22.0 : 17.0, 6 + per_bar * static_cast<double>(bars));
  const double count = static_cast<double>(data.rows());
  rows.pitch = std::clamp(most_height / count, least, wanted);
  rows.count = std::min(data.rows(), static_cast<std::size_t>(most_height / rows.pitch + 1e-9));
  rows.count = std::max<std::size_t>(rows.count, 1);
  rows.name_lines = rows.pitch >= 21 ? 2 : 1;
  rows.left = Sheet::margin + name_width + 6;
  rows.top = sheet.top();
  return rows;
}

void draw_names(Sheet& sheet, const ChartData& data, const Rows& rows) {
  for (std::size_t row = 0; row < rows.count; ++row)
    sheet.text({data.names[row], 8, ink, false, Align::right, rows.name_limit, rows.name_lines}, rows.left - 6, rows.middle(row));
}

double draw_names_below(Sheet& sheet, const ChartData& data, const Area& plot) {
  const double slot = plot.width / static_cast<double>(data.rows());
  std::size_t every = 1;  // years may be left out, names not
  if (data.by_year) {
    double widest = 0;
    for (const std::string& name : data.names) widest = std::max(widest, sheet.size({name, 8}).width);
    every = static_cast<std::size_t>(std::ceil((widest + 5) / slot));
  }
  double bottom = plot.bottom();
  for (std::size_t row = 0; row < data.rows(); row += every) {
    const Words words{data.names[row], 8, ink, false, Align::middle, std::max(slot * static_cast<double>(every) - 4, 8.0), data.by_year ? 1 : 3};
    bottom = std::max(bottom, sheet.text(words, plot.x + (static_cast<double>(row) + 0.5) * slot, plot.bottom() + 4, Stand::below).bottom());
  }
  return bottom;
}

void draw_nothing_line(Sheet& sheet, Point from, Point to) { sheet.add(Line{{from, to}, axis_line, 0.8}); }

void draw_ends(Sheet& sheet, Point from, Point to) {
  constexpr double width = 1.1, cap = 2.6;
  const bool lying = from.y == to.y;
  sheet.add(Line{{from, to}, ink, width});
  for (const Point& end : {from, to})
    sheet.add(Line{{{end.x - (lying ? 0 : cap), end.y - (lying ? cap : 0)}, {end.x + (lying ? 0 : cap), end.y + (lying ? cap : 0)}}, ink, width});
}

}  // namespace potentia::drilldown::figures
