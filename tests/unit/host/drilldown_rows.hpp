// Making parts of a report and finding rows of its tables in tests. Tests of the drill-down stand in this namespace.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "host/drilldown/report.hpp"
#include "tests/support/facts_world.hpp"

namespace potentia::testing {

using drilldown::Figure;
using drilldown::Part;

/// A part of the report on these exporters and markets (country indices) of a world.
template <Part (*part)(const drilldown::Context&)>
Part part_between(World world, std::vector<std::int32_t> exporters, std::vector<std::int32_t> markets) {
  return part(Evaluated(std::move(world), {}, std::move(exporters), std::move(markets)).context());
}

/// Every figure can be drawn and written.
inline void expect_drawable(const Part& part) {
  for (const Figure& figure : part.figures) EXPECT_EQ(figure_complaint(figure), "");
}

/// The column's place, or the number of columns.
inline std::size_t column_of(const Figure& figure, const std::string& key) {
  std::size_t column = 0;
  while (column < figure.table.columns.size() && figure.table.columns[column].key != key) ++column;
  return column;
}

inline bool has_column(const Figure& figure, const std::string& key) {
  return column_of(figure, key) < figure.table.columns.size();
}

/// The first row whose column holds the text; fails the test and gives the number of rows where there is none.
inline std::size_t row_of(const Figure& figure, const std::string& key, const std::string& text) {
  const std::size_t column = column_of(figure, key);
  for (std::size_t row = 0; row < figure.table.rows.size(); ++row) {
    const auto* entry = std::get_if<std::string>(&figure.table.rows[row][column]);
    if (entry != nullptr && *entry == text) return row;
  }
  ADD_FAILURE() << figure.id << " has no row with " << key << " = " << text;
  return figure.table.rows.size();
}

inline bool flag_at(const Figure& figure, std::size_t row, const std::string& key) {
  return std::get<bool>(figure.table.rows.at(row).at(column_of(figure, key)));
}

inline bool empty_at(const Figure& figure, std::size_t row, const std::string& key) {
  return std::holds_alternative<std::monostate>(figure.table.rows.at(row).at(column_of(figure, key)));
}

}  // namespace potentia::testing
