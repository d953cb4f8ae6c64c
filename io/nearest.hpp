// "Did you mean …?"
#pragma once

#include <string>
#include <vector>

namespace potentia {

/// The candidate that takes the fewest single-character edits (insert, delete, replace, swap of neighbours) to become
/// `name`, ignoring case; the first of equals. Empty when there are no candidates.
std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace potentia
