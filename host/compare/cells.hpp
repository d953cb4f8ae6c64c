// The listed cells of two results, matched by exporter, market and product: their order changes with their values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace potentia::compare {

struct CellColumn {
  std::string name;
  std::uint64_t differing = 0;
  double absolute = 0, first = 0, second = 0;  ///< the largest difference, and the two values
  std::string at;                              ///< "LAO>CHN 071410"
};

struct CellDifference {
  std::uint64_t in_both = 0, only_first = 0, only_second = 0;
  std::vector<std::string> named_first, named_second;  ///< the first few that only one lists
  std::vector<CellColumn> columns;                     ///< those in which cells of both differ
  bool other_order = false;                            ///< the same cells and values, listed otherwise
};

/// @return nothing where the lists are the same within the tolerance
std::optional<CellDifference> compare_cells(const std::string& first, const std::string& second, double tolerance);

}  // namespace potentia::compare
