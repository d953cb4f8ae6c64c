// A world and the problem made of it, where processes share its products: each reads the flows of its own.
#pragma once

#include <string>

#include "host/batch/division.hpp"
#include "host/batch/ranks.hpp"
#include "host/model/problem_builder.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct SharedProblem {
  World world;          ///< with the flows of this rank's products only where there are several ranks
  BuiltProblem built;   ///< of the whole world
  Division division;    ///< among the ranks, or the shards where there is one rank
};

/// @param parts ranks or shards
/// @throws as read_world and build_problem, in every rank
SharedProblem read_shared_problem(const std::string& path, const Settings& settings, Ranks& ranks, int parts, int threads);

}  // namespace potentia
