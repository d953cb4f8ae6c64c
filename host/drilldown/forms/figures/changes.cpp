// Bars of changes, coloured by their sign: a waterfall from one state to another, or each from nothing.
#include <algorithm>
#include <cmath>

#include "host/drilldown/forms/figures/axes.hpp"
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {

Drawn draw_changes(const ChartData& data, Sheet& sheet) {
  const Rows rows = lay_rows(sheet, data, 1);
  Range range;
  for (std::size_t row = 0; row < rows.count; ++row)
    for (const double end : {data.starts[row], data.starts[row] + data.changes[row]})
      if (!std::isnan(end)) range = {std::min(range.low, end), std::max(range.high, end)};
  const auto words = [&](std::size_t row) {
    const double change = data.changes[row];
    return Words{amount(change, data.kind, data.unit, data.decimals), Sheet::small, muted, false, change < 0 ? Align::right : Align::left};
  };
  const double whole = Sheet::width - Sheet::margin - rows.left - 8;
  const Scale scale = scale_across(sheet, range, true, data.unit, whole * 0.7);
  // Amounts stand beside the end that a change leads to: right of it, left of it where it falls.
  double before = 0, after = 8;
  for (std::size_t row = 0; row < rows.count; ++row) {
    if (std::isnan(data.changes[row])) continue;
    const double end = scale.at(data.starts[row] + data.changes[row]), room = sheet.size(words(row)).width + 5;
    if (data.changes[row] < 0) before = std::max(before, room - end * whole * 0.6);
    else after = std::max(after, room - (1 - end) * whole * 0.6);
  }
  const Area plot{rows.left + before, rows.top, Sheet::width - Sheet::margin - rows.left - before - after, rows.bottom() - rows.top};
  const double bottom = draw_scale_below(sheet, scale, plot, data.unit.name);
  draw_names(sheet, data, rows);
  const auto x = [&](double value) { return plot.x + scale.at(value) * plot.width; };
  draw_nothing_line(sheet, {x(0), plot.y}, {x(0), plot.bottom()});
  const double bar = std::min(0.74 * rows.pitch, 13.0);
  for (std::size_t row = 0; row < rows.count; ++row) {
    const double change = data.changes[row], start = data.starts[row];
    if (std::isnan(change)) continue;
    const double left = x(std::min(start, start + change)), right = x(std::max(start, start + change));
    sheet.add(Box{{left, rows.middle(row) - bar / 2, right - left, bar}, change < 0 ? falls : rises, data.series.size() - 1, row});
    sheet.text(words(row), x(start + change) + (change < 0 ? -4 : 4), rows.middle(row));
    // What a step hands on to the next one, past a step of nothing too.
    const double from = rows.middle(row) + (right - left < 0.5 ? -bar / 2 : bar / 2);
    if (data.type == Chart::Type::waterfall && row + 1 < rows.count && data.starts[row + 1] == start + change)
      sheet.add(Line{{{x(start + change), from}, {x(start + change), rows.middle(row + 1) - bar / 2}}, axis_line, 0.6});
  }
  return {bottom, rows.count};
}

}  // namespace potentia::drilldown::figures
