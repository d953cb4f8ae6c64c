// Points with the line that each may lie on, on a scale of powers of ten.
#include <algorithm>
#include <cmath>

#include "host/drilldown/forms/figures/axes.hpp"
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {

Drawn draw_intervals(const ChartData& data, Sheet& sheet) {
  const Rows rows = lay_rows(sheet, data, 1);
  double low = std::numeric_limits<double>::infinity(), high = 0;
  const auto take = [&](double value) {
    if (value > 0) low = std::min(low, value), high = std::max(high, value);
  };
  for (const SeriesData& series : data.series)
    for (std::size_t row = 0; row < rows.count; ++row) {
      take(series.values[row]);
      if (series.has_ends(row)) take(series.lows[row]), take(series.highs[row]);
    }
  // What may be as good as nothing would push all others into a corner: the scale begins with USD 1,000.
  low = std::max(low, data.kind == Kind::usd ? 1e3 : 1e-3 / data.unit.factor);
  const Scale scale = power_scale(low, std::max(low, high), data.unit);
  const Area plot{rows.left, rows.top, Sheet::width - Sheet::margin - 10 - rows.left, rows.bottom() - rows.top};
  const double bottom = draw_scale_below(sheet, scale, plot, data.unit.name);
  draw_names(sheet, data, rows);
  const auto x = [&](double value) {  // what lies below the scale ends where it begins
    return plot.x + (value > 0 ? std::clamp(scale.at(value), 0.0, 1.0) : 0) * plot.width;
  };
  for (std::size_t row = 0; row < rows.count; ++row)
    for (const SeriesData& series : data.series)
      if (series.has_ends(row)) draw_ends(sheet, {x(series.lows[row]), rows.middle(row)}, {x(series.highs[row]), rows.middle(row)});
  for (std::size_t s = data.series.size(); s-- > 0;)  // the first on top
    for (std::size_t row = 0; row < rows.count; ++row)
      if (const double value = data.series[s].values[row]; value >= scale.low)  // none where it is missing
        sheet.add(Mark{{x(value), rows.middle(row)}, 3.4, data.series[s].colour, s > 0, 1, s, row});
  return {bottom, rows.count};
}

}  // namespace potentia::drilldown::figures
