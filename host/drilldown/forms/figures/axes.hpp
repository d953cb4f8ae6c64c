// Axes: a scale drawn with its grid, the names of rows beside lying bars or below upright ones.
#pragma once

#include <vector>

#include "host/drilldown/forms/figures/chart_data.hpp"
#include "host/drilldown/forms/figures/scale.hpp"
#include "host/drilldown/forms/figures/sheet.hpp"

namespace potentia::drilldown::figures {

/// From the least to the largest that bars reach, ends of lines over them included.
struct Range {
  double low = 0, high = 0;
};
Range range_of(const ChartData& data);

/// Lines upwards with numbers below them. @return the bottom of what was drawn
double draw_scale_below(Sheet& sheet, const Scale& scale, const Area& plot, const std::string& title);

/// Lines across with numbers left of them; the title stands above the plot, from `left` on.
void draw_scale_beside(Sheet& sheet, const Scale& scale, const Area& plot, const std::string& title, double left);

/// Room that the numbers of a scale take to its left.
double room_beside(const Sheet& sheet, const Scale& scale);

/// A linear scale whose numbers, set side by side over a width, do not touch.
Scale scale_across(const Sheet& sheet, const Range& range, bool from_nothing, const Unit& unit, double width);

/// Lying rows: names left, the plot right of them. Rows that would make the sheet longer than a page are left out.
struct Rows {
  std::size_t count = 0;
  double left = 0, top = 0, pitch = 0;  ///< `left` of the plot
  int name_lines = 1;
  double name_limit = 0;
  double middle(std::size_t row) const { return top + (static_cast<double>(row) + 0.5) * pitch; }
  double bottom() const { return top + static_cast<double>(count) * pitch; }
};
/// @param bars beside each other in a row
Rows lay_rows(const Sheet& sheet, const ChartData& data, std::size_t bars);
void draw_names(Sheet& sheet, const ChartData& data, const Rows& rows);

/// Names below upright bars. @return the bottom of them
double draw_names_below(Sheet& sheet, const ChartData& data, const Area& plot);

/// The line from which bars begin.
void draw_nothing_line(Sheet& sheet, Point from, Point to);

/// A line over a value, with its ends marked.
void draw_ends(Sheet& sheet, Point from, Point to);

}  // namespace potentia::drilldown::figures
