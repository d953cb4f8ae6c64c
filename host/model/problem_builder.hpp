// From a world and settings to the plain tables a backend works on.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "io/result/solution.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/problem.hpp"

namespace potentia {

struct BuiltProblem {
  std::shared_ptr<const Problem> problem;  ///< keeps its own tables alive, and looks into the world's trade
  std::vector<std::int32_t> products;      ///< the result's products, ascending world indices
  Settings settings;                       ///< with base years and horizon resolved
  std::vector<Notice> notices;             ///< fills, with whose
};

/// @throws Error(input) for settings that the world cannot answer
BuiltProblem build_problem(const World& world, const Settings& settings, int threads);

}  // namespace potentia
