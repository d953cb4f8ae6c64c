// The sheet that a chart stands on: title and legend above it, note and source below.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/drilldown/forms/figures/chart_data.hpp"
#include "host/drilldown/forms/figures/picture.hpp"
#include "host/drilldown/forms/figures/typesetter.hpp"

namespace potentia::drilldown::figures {

/// What stands around a chart.
struct Caption {
  std::string title;
  std::string section;      ///< of the report that the chart belongs to, such as its scenario; mostly none
  std::string description;  ///< what the chart shows, in words, for those who cannot see it
  std::string source;
  std::string rows_file;    ///< where all rows are, if the chart shows the first of them alone
};

enum class Stand { below, around, above };  ///< a text at a height

class Sheet {
public:
  static constexpr double width = 453.54;  ///< 16 cm, as wide as the text of a page
  static constexpr double margin = 5;
  static constexpr double small = 7.5;     ///< size of amounts, ticks and what stands below
  static constexpr double inside = width - 2 * margin;

  /// Sets title, section and legend.
  Sheet(Typesetter& typesetter, Caption caption, const std::vector<LegendEntry>& legend);

  double top() const { return bottom_; }  ///< of what is free below title and legend

  void add(Shape shape) { picture_.shapes.push_back(std::move(shape)); }
  /// Adds a text on one side of `x` or around it, as its lines are aligned, at a height. @return the place that it takes
  Area text(const Words& words, double x, double y, Stand stand = Stand::around);
  /// The place that it would take.
  Area place(const Words& words, double x, double y, Stand stand = Stand::around) const;
  TextSize size(const Words& words) const { return typesetter_.size(words); }

  /// Sets note and source below the chart.
  /// @param rows that the chart shows, of all that the table has
  Picture finished(double bottom, std::size_t rows, std::size_t all_rows);

private:
  void set_legend(const std::vector<LegendEntry>& legend);

  Typesetter& typesetter_;
  Caption caption_;
  Picture picture_;
  double bottom_ = margin;
};

}  // namespace potentia::drilldown::figures
