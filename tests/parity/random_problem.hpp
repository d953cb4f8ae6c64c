// Random problems made directly in memory, with awkward sizes and planted zeros: what the backends are compared on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernels/problem.hpp"

namespace potentia::testing {

struct ProblemShape {
  std::int32_t countries, products, sectors;
  double density = 0.3;     ///< share of (exporter, market, product) with a flow
  bool tariffs = true;
  bool elasticity_by_market = false;
  bool variant = false;     ///< also what variants alone have: multipliers, σ of the horizon, given ease

  std::string describe() const;
};

/// A problem that owns its tables. Deterministic in (seed, shape); ease and switches follow the seed.
std::shared_ptr<const Problem> random_problem(std::uint64_t seed, const ProblemShape& shape);

/// What the seed chose, for the message of a failure.
std::string describe(std::uint64_t seed, const ProblemShape& shape, const Problem& problem);

}  // namespace potentia::testing
