// See cells.hpp. A column of both results is in memory at a time.
#include "host/compare/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "io/hdf5/difference.hpp"
#include "io/result/result_file.hpp"
#include "io/result/result_group.hpp"

namespace potentia::compare {
namespace {

constexpr std::size_t most_named = 5;

/// Numbers for the codes of both results.
class Codes {
public:
  std::vector<std::uint64_t> numbers_of(const std::vector<std::string>& codes) {
    std::vector<std::uint64_t> list;
    for (const std::string& code : codes) {
      const auto [found, is_new] = numbers_.emplace(code, names_.size());
      if (is_new) names_.push_back(code);
      list.push_back(found->second);
    }
    return list;
  }
  const std::string& name(std::uint64_t number) const { return names_[number]; }

private:
  std::map<std::string, std::uint64_t> numbers_;
  std::vector<std::string> names_;
};

struct Key {
  std::uint64_t cell;  ///< exporter, market (16 bits each), product
  std::uint64_t row;
};

class Lists {
public:
  Lists(const std::string& first, const std::string& second) : path_{first, second} {
    for (int side : {0, 1})
      keys_[side] = keys_of(read_result_group(path_[side], "cells", {column_name(column_actual)}));
  }

  CellDifference compare(double tolerance) {
    CellDifference difference;
    match(difference);
    for (int c = 0; c < column_count; ++c) {
      CellColumn column = compare_column(column_name(static_cast<Column>(c)), tolerance);
      if (column.differing > 0) difference.columns.push_back(std::move(column));
    }
    return difference;
  }

private:
  std::vector<Key> keys_of(const ResultGroup& group) {
    const auto exporters = countries_.numbers_of(group.axis(ResultAxis::exporter).codes);
    const auto markets = countries_.numbers_of(group.axis(ResultAxis::market).codes);
    const auto products = products_.numbers_of(group.axis(ResultAxis::product).codes);
    std::vector<Key> keys;
    keys.reserve(group.cell_market.size());
    for (std::size_t i = 0; i < exporters.size(); ++i)
      for (std::uint64_t row = group.cell_offsets[i]; row < group.cell_offsets[i + 1]; ++row)
        keys.push_back({exporters[i] << 48 | markets[static_cast<std::size_t>(group.cell_market[row])] << 32 |
                            products[static_cast<std::size_t>(group.cell_product[row])],
                        row});
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.cell < b.cell; });
    return keys;
  }

  std::string words(std::uint64_t cell) const {
    return fmt::format("{}>{} {}", countries_.name(cell >> 48), countries_.name(cell >> 32 & 0xFFFF),
                       products_.name(cell & 0xFFFFFFFF));
  }

  void match(CellDifference& difference) {
    std::size_t a = 0, b = 0;
    const auto& first = keys_[0];
    const auto& second = keys_[1];
    while (a < first.size() || b < second.size()) {
      const bool only_first = b == second.size() || (a < first.size() && first[a].cell < second[b].cell);
      const bool only_second = !only_first && (a == first.size() || second[b].cell < first[a].cell);
      if (only_first) {
        if (difference.only_first++ < most_named) difference.named_first.push_back(words(first[a].cell));
        ++a;
      } else if (only_second) {
        if (difference.only_second++ < most_named) difference.named_second.push_back(words(second[b].cell));
        ++b;
      } else {
        difference.other_order = difference.other_order || first[a].row != second[b].row;
        pairs_.emplace_back(a++, b++);
      }
    }
    difference.in_both = pairs_.size();
    if (difference.only_first + difference.only_second > 0) difference.other_order = false;  // it says nothing then
  }

  CellColumn compare_column(const std::string& name, double tolerance) const {
    const ResultGroup first = read_result_group(path_[0], "cells", {name}),
                      second = read_result_group(path_[1], "cells", {name});
    const Buffer<double>&x = first.tables.at(0).values, &y = second.tables.at(0).values;
    CellColumn column;
    column.name = name;
    for (const auto& [a, b] : pairs_) {
      const double before = x[keys_[0][a].row], after = y[keys_[1][b].row];
      if (hdf5::same_numbers(before, after, tolerance)) continue;
      if (column.differing++ > 0 && std::abs(after - before) <= column.absolute) continue;
      column.absolute = std::abs(after - before);
      column.first = before;
      column.second = after;
      column.at = words(keys_[0][a].cell);
    }
    return column;
  }

  std::string path_[2];
  Codes countries_, products_;
  std::vector<Key> keys_[2];
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // positions in the two lists of keys
};

}  // namespace

std::optional<CellDifference> compare_cells(const std::string& first, const std::string& second, double tolerance) {
  CellDifference difference = Lists(first, second).compare(tolerance);
  if (tolerance > 0) difference.other_order = false;  // of cells that differ by less than anyone asks
  if (difference.only_first + difference.only_second > 0 || !difference.columns.empty() || difference.other_order)
    return difference;
  return std::nullopt;
}

}  // namespace potentia::compare
