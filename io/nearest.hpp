// "Did you mean …?"
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace potentia {

/// The candidate that takes the fewest single-character edits (insert, delete, replace, swap of neighbours) to become
/// `name`, ignoring case; the first of equals. Empty when there is none that takes at most so many.
std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates,
                         std::size_t most_edits = std::numeric_limits<std::size_t>::max());

}  // namespace potentia
