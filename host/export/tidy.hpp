// A group of a result as one tidy table: a row for each place of its axes, names beside codes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/export/tidy_table.hpp"
#include "io/result/result_group.hpp"

namespace potentia::exports {

/// Which rows of a table are wanted.
struct Choice {
  std::vector<std::int32_t> exporters, markets;  ///< positions along the result's axes, ascending; empty = all
  bool without_zeros = false;                    ///< leave out rows in which every value is 0 or missing
};

/// Columns of the table: codes and names of its axes, then its values in full. The rows are in the order of the file.
/// Factors, whose axes differ, are one below the other: factor, codes and names as far as it has them, value, unit.
/// @throws Error(usage) when exporters or markets are chosen of a table that has no such axis
TidyTable tidy_table(ResultGroup group, const Choice& choice);

/// What the file says of its origin, as (what, text), for whoever opens it without this program.
/// @param file the result's name
/// @param chosen exporters and markets as the user gave them, for example "--exporters LAO"; may be empty
std::vector<std::pair<std::string, std::string>> about_result(const ResultOrigin& origin, const std::string& file,
                                                              const std::string& chosen);

}  // namespace potentia::exports
