// The table of coverage in words.
#pragma once

#include <string>
#include <vector>

#include "io/world/coverage.hpp"

namespace potentia {

/// A line for each variable: how many are known, the share of world trade that concerns the others, the largest of them
/// with their names.
std::vector<std::string> coverage_lines(const World& world, const std::vector<Coverage>& rows);

/// The same for the end of an import: only what something is missing of, by codes; where nothing is, a line that says
/// so.
std::vector<std::string> short_coverage_lines(const std::vector<Coverage>& rows);

}  // namespace potentia
