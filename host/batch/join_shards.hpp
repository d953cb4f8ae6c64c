// One solution from the files of shards.
#pragma once

#include <string>
#include <vector>

#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct JoinedShards {
  World world;                     ///< what a result shows of a world
  Solution solution;               ///< tables along products are read from the files while it is written
  std::vector<SourceFile> inputs;  ///< of the solve
};

/// @throws Error(input) when a shard is missing, there twice, or of another job
JoinedShards join_shards(const std::vector<std::string>& paths, int threads);

}  // namespace potentia
