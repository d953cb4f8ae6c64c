// What commands share whose work can be divided and resumed: flags of shards and checkpoints, and being one of several
// ranks.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

#include "host/batch/checkpoint.hpp"
#include "host/batch/ranks.hpp"
#include "host/commands/command.hpp"

namespace potentia {

struct PartsFlags {
  std::string shard, every = "30s";
  CheckpointPlan checkpoint;
};

/// --shard, --checkpoint, --every and --resume.
void add_parts_flags(CLI::App& command, PartsFlags& flags);
/// The same without --shard.
void add_checkpoint_flags(CLI::App& command, PartsFlags& flags);

/// What the flags say. @throws Error(usage)
struct PartsPlan {
  std::pair<int, int> shard{0, 0};  ///< 3/16 as (3, 16); (0, 0) = the flag was not given
  CheckpointPlan checkpoint;
  bool checkpointed() const { return !checkpoint.folder.empty(); }
  bool is_shard() const { return shard.second > 0; }
};
/// Lets signals pause where there is a checkpoint.
PartsPlan plan_parts(const PartsFlags& flags);

/// Makes this process one of several: talk, threads, and how errors end. Nothing where it is alone.
/// @throws Error(usage) for a shard among ranks
void join_job(const Ranks& ranks, const PartsPlan& plan, CommandContext& context);

}  // namespace potentia
