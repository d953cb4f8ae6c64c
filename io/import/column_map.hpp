// Tables that name their columns differently: which of them stand for which of ours, and which rows count.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace potentia {

/// Rows that count, or that do not, by what one column says.
struct RowChoice {
  std::vector<std::string> columns;  ///< names of the column, the first that the table has
  std::vector<std::string> values;   ///< compared without case, blanks around and, as numbers, zeros in front
  bool wanted = true;                ///< false: rows with one of the values are left out
  bool may_lack = false;             ///< a table without the column is as good as one whose rows all count
  std::string where;                 ///< that says so
};

/// What `format = "columns"` or a preset says of a table.
struct ColumnMap {
  /// Our name ("market", "value") → names of the table's column, the first that it has. A column without an entry
  /// counts as not there, whatever it is called.
  std::map<std::string, std::vector<std::string>> columns;
  std::vector<RowChoice> choices;
  bool six_digits = false;  ///< rows of other product codes are sums or parts of others, or no goods: left out
  double unit = 1.0;        ///< by which values are multiplied; of trade US dollars
  std::string where;        ///< "manifest.toml:12:1" or the preset, for complaints

  bool given() const noexcept { return !columns.empty(); }
  bool has(const std::string& name) const { return columns.count(name) != 0; }
};

/// Whether a cell is this value: without case and blanks around; whole numbers whatever the zeros in front ("000" is 0)
/// and as floating ones ("6.0" is 6).
bool is_same_cell(std::string_view cell, std::string_view value);

}  // namespace potentia
