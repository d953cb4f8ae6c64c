// How the tables of World Bank, IMF and United Nations are laid out: which column says what of a row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/import/macro_series.hpp"
#include "io/import/table.hpp"

namespace potentia {

/// A column of numbers and what is known of all its cells.
struct MacroColumn {
  int column;
  std::int32_t year = 0;              ///< 0 = the row says
  std::optional<Quantity> quantity;   ///< nothing = the row says
};

struct MacroLayout {
  std::vector<std::pair<int, unsigned>> countries;  ///< columns of countries with what they may hold, the best first
  int series = -1;       ///< code of the series ("NGDP_R", "NY.GDP.MKTP.KD")
  int series_key = -1;   ///< country and series in one ("LAO.NGDP_R.A")
  int descriptor = -1, units = -1;  ///< series in words
  int scale = -1;        ///< "Billions"
  int year = -1;         ///< where years stand in rows
  std::vector<MacroColumn> numbers;
  bool imf = false;
  double unit = 1.0;     ///< of all numbers
};

/// What finds the header of a table in this format.
TableLayout macro_table_layout(const std::string& format, const ColumnMap& map);

/// @throws Error(input) when the table has not the columns of any layout of this format
MacroLayout find_macro_layout(const Table& table, const std::string& format, const ColumnMap& map);

/// The quantity that a series holds, by its code, or by descriptor and units; nothing for any other.
std::optional<Quantity> quantity_of(const std::string& code);
std::optional<Quantity> quantity_of(const std::string& descriptor, const std::string& units);

}  // namespace potentia
