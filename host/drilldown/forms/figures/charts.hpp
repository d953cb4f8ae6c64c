// One function per kind of chart: from what it shows to shapes on a sheet.
#pragma once

#include "host/drilldown/forms/figures/chart_data.hpp"
#include "host/drilldown/forms/figures/sheet.hpp"

namespace potentia::drilldown::figures {

/// How far down a chart goes, and how many of the rows it shows.
struct Drawn {
  double bottom = 0;
  std::size_t rows = 0;
};

Drawn draw_lying_bars(const ChartData& data, Sheet& sheet);    ///< horizontal_bar, horizontal_stacked
Drawn draw_changes(const ChartData& data, Sheet& sheet);       ///< waterfall, and bars of changes
Drawn draw_intervals(const ChartData& data, Sheet& sheet);     ///< interval
Drawn draw_scatter(const ChartData& data, Sheet& sheet);       ///< scatter
Drawn draw_upright_bars(const ChartData& data, Sheet& sheet);  ///< bar, stacked_bar, line

/// The whole picture of a chart, names of many upright bars beside lying ones.
Picture picture_of(ChartData data, const Caption& caption, Typesetter& typesetter);

}  // namespace potentia::drilldown::figures
