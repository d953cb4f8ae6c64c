// See charts.hpp.
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {
namespace {

Drawn draw(const ChartData& data, Sheet& sheet) {
  if (data.type == Chart::Type::scatter) return draw_scatter(data, sheet);
  if (data.type == Chart::Type::interval) return draw_intervals(data, sheet);
  if (data.of_changes) return draw_changes(data, sheet);
  return data.is_lying ? draw_lying_bars(data, sheet) : draw_upright_bars(data, sheet);
}

/// Names that would not fit below upright bars get room beside lying ones.
void lay_down_where_narrow(ChartData& data) {
  constexpr double least = 46;  // for a name
  const bool is_bars = data.type == Chart::Type::bar || data.type == Chart::Type::stacked_bar;
  const double slot = (Sheet::inside - 40) / static_cast<double>(data.rows());
  if (!is_bars || data.of_changes || data.by_year || slot >= least) return;
  data.is_lying = true;
  for (SeriesData& series : data.series) series.is_line = false;
}

}  // namespace

Picture picture_of(ChartData data, const Caption& caption, Typesetter& typesetter) {
  lay_down_where_narrow(data);
  Sheet sheet(typesetter, caption, data.legend());
  const Drawn drawn = draw(data, sheet);
  return sheet.finished(drawn.bottom, drawn.rows, data.all_rows);
}

}  // namespace potentia::drilldown::figures
