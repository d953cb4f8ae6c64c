// A run of segments of a problem as a problem of its own, for a process that has only their trade.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernels/problem.hpp"
#include "kernels/sums.hpp"

namespace potentia {

struct ProblemShare {
  std::shared_ptr<const Problem> problem;  ///< keeps the whole one alive
  std::vector<std::int32_t> columns;       ///< [its product columns] the column in the whole, ascending
};

/// The segments [first, last) of the whole problem. Only their flows are looked at, so that the others need not be there.
ProblemShare share_of(std::shared_ptr<const Problem> whole, std::int32_t first, std::int32_t last);

}  // namespace potentia
