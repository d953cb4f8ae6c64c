// How a table writes numbers: whether a comma marks thousands or decimals is decided for the table as a whole.
#pragma once

#include <string>
#include <string_view>

namespace potentia {

/// What the cells of a table have shown so far.
class NumberStyle {
public:
  /// @param semicolons whether the table separates cells by semicolons, where a comma is the decimal mark unless cells show
  ///                   otherwise
  explicit NumberStyle(bool semicolons = false) : semicolons_(semicolons) {}

  /// Takes a cell as evidence. What is no number is none.
  /// @param where the cell's place; @return the place of a cell that shows the opposite, or nothing
  std::string observe(std::string_view cell, const std::string& where);

  /// From now on cells are read: once one that either style could have written was seen, the style stays what it is, and a
  /// cell that shows the opposite contradicts that one.
  void freeze() noexcept { frozen_ = !first_marked_.empty(); }

  bool decimal_comma() const noexcept { return !comma_.empty() || (semicolons_ && point_.empty() && ambiguous_); }

  /// The cell as the parser of numbers wants it: without thousands marks, with a decimal point. Empty text where the cell
  /// is no number of this style.
  std::string plain(std::string_view cell) const;

private:
  bool semicolons_;
  bool frozen_ = false;
  bool ambiguous_ = false;     // a cell such as 1,234
  std::string first_marked_;   // place of the first cell with a comma or point
  std::string comma_, point_;  // places of the cells that show a decimal comma, a decimal point
};

}  // namespace potentia
