#include "host/batch/shard_order.hpp"

#include <fmt/format.h>

#include "kernels/error.hpp"

namespace potentia {

std::vector<std::size_t> order_of_shards(const std::vector<ShardPlace>& shards) {
  const ShardPlace& one = shards.front();
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> order(static_cast<std::size_t>(one.name.shards), none);
  for (std::size_t at = 0; at < shards.size(); ++at) {
    const ShardPlace& shard = shards[at];
    if (shard.name.job != one.name.job)
      throw input_error("a shard of another world, of other settings or of other countries than " + one.path,
                        shard.path, "merge shards of one job");
    if (shard.name.shards != one.name.shards || shard.name.shard < 1 || shard.name.shard > shard.name.shards)
      throw input_error(
          fmt::format("a shard of {}, where {} is one of {}", shard.name.shards, one.path, one.name.shards), shard.path,
          "merge shards of one division");
    std::size_t& place = order[static_cast<std::size_t>(shard.name.shard - 1)];
    if (place != none)
      throw input_error(
          fmt::format("shard {}/{} is there twice, also as {}", shard.name.shard, one.name.shards, shards[place].path),
          shard.path, "give each shard once");
    place = at;
  }
  std::string missing;
  for (std::size_t n = 0; n < order.size(); ++n)
    if (order[n] == none) missing += fmt::format("{}{}/{}", missing.empty() ? "" : ", ", n + 1, order.size());
  if (!missing.empty())
    throw input_error("shards are missing: " + missing, one.path, "make them with --shard, and give all");
  std::int32_t end = 0;
  for (const std::size_t at : order) {
    const ShardPlace& shard = shards[at];
    if (shard.first != end || shard.segments != shards[order[0]].segments)
      throw input_error("a shard that does not follow the one before it", shard.path,
                        "make all shards with one version of the program");
    end = shard.last;
  }
  if (end != shards[order[0]].segments)
    throw input_error("the shards do not make up the whole", shards[order.back()].path,
                      "make all shards with one version of the program");
  return order;
}

}  // namespace potentia
