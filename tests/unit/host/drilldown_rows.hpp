// Finding rows of a report's tables in tests.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "host/drilldown/report.hpp"
#include "tests/support/facts_world.hpp"

namespace potentia::testing {

/// The column's place, or the number of columns.
inline std::size_t column_of(const drilldown::Figure& figure, const std::string& key) {
  std::size_t column = 0;
  while (column < figure.table.columns.size() && figure.table.columns[column].key != key) ++column;
  return column;
}

inline bool has_column(const drilldown::Figure& figure, const std::string& key) {
  return column_of(figure, key) < figure.table.columns.size();
}

/// The first row whose column holds the text; fails the test and gives the number of rows where there is none.
inline std::size_t row_of(const drilldown::Figure& figure, const std::string& key, const std::string& text) {
  const std::size_t column = column_of(figure, key);
  for (std::size_t row = 0; row < figure.table.rows.size(); ++row) {
    const auto* entry = std::get_if<std::string>(&figure.table.rows[row][column]);
    if (entry != nullptr && *entry == text) return row;
  }
  ADD_FAILURE() << figure.id << " has no row with " << key << " = " << text;
  return figure.table.rows.size();
}

inline bool flag_at(const drilldown::Figure& figure, std::size_t row, const std::string& key) {
  return std::get<bool>(figure.table.rows.at(row).at(column_of(figure, key)));
}

inline bool empty_at(const drilldown::Figure& figure, std::size_t row, const std::string& key) {
  return std::holds_alternative<std::monostate>(figure.table.rows.at(row).at(column_of(figure, key)));
}

}  // namespace potentia::testing
