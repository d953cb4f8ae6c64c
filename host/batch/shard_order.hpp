// Whether files are the shards of one job, all of them, and in which order they make up the whole.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/result/part_file.hpp"

namespace potentia {

/// What a shard's file says it is.
struct ShardPlace {
  PartName name;
  std::string path;
  std::int32_t first = 0, last = 0, segments = 0;  ///< its segments, and those of the whole
};

/// @return positions among `shards`, by their number
/// @throws Error(input) when one is missing, there twice, or of another job
std::vector<std::size_t> order_of_shards(const std::vector<ShardPlace>& shards);

}  // namespace potentia
