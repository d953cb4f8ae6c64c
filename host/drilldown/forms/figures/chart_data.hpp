// What a chart shows, taken from its figure's table: the page's charts.js does the same.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/drilldown/forms/figures/numbers.hpp"
#include "host/drilldown/forms/figures/picture.hpp"
#include "host/drilldown/report.hpp"

namespace potentia::drilldown::figures {

// Of a change, by its sign.
constexpr Rgb rises = 0x009e73, falls = 0xd55e00;

struct SeriesData {
  std::string label;
  Rgb colour = ink;
  bool is_line = false;
  std::vector<double> values;       ///< [rows] NaN where missing
  std::vector<double> lows, highs;  ///< [rows] ends of a line over each value, NaN where there is none; or empty
  bool has_ends(std::size_t row) const;
};

struct LegendEntry {
  std::string label;
  Rgb colour;
  bool is_line;
};

struct ChartData {
  Chart::Type type = Chart::Type::bar;
  bool is_lying = false, is_stacked = false, by_year = false;
  bool is_whole = false;  ///< every stack is 100 %
  Kind kind = Kind::number;
  Unit unit;
  int decimals = 0;
  std::vector<std::string> names;  ///< [rows] along the axis
  std::vector<SeriesData> series;
  std::size_t all_rows = 0;        ///< of the table
  bool of_changes = false;         ///< bars coloured by their sign, from `starts` on
  std::vector<double> starts, changes;
  std::vector<double> along;       ///< [rows] of a scatter
  Unit along_unit;
  std::string along_label;

  std::size_t rows() const { return names.size(); }
  std::vector<LegendEntry> legend() const;
};

/// @param short_names of products by code, as of the report
/// @return nothing where the table has no number to draw
std::optional<ChartData> chart_data(const Figure& figure, const Chart& chart,
                                    const std::map<std::string, std::string>& short_names);

}  // namespace potentia::drilldown::figures
