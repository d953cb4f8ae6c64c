// From a world and settings to the plain tables a backend works on.
#pragma once

#include <cstdint>
#include <functional>
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

/// Joins what processes know of a world whose flows they share: a flag is set afterwards if it was in one of them.
using JoinFlags = std::function<void(std::vector<std::uint8_t>& flags)>;

/// @param join where the world has one process's share of the flows; the problem is that of the whole world all the same,
///        but has no flows of the others' products
/// @throws Error(input) for settings that the world cannot answer
BuiltProblem build_problem(const World& world, const Settings& settings, int threads, const JoinFlags& join = {});

}  // namespace potentia
