// One process's share of a solve: everything that its segments of products tell.
#pragma once

#include <string>

#include "host/batch/checkpoint.hpp"
#include "host/batch/division.hpp"
#include "host/batch/ranks.hpp"
#include "host/model/solver.hpp"
#include "io/result/part.hpp"
#include "kernels/backend.hpp"

namespace potentia {

struct ShareJob {
  std::shared_ptr<const Problem> problem;  ///< of the whole world, with the flows of this share at least
  const Division* division = nullptr;
  int part = 0;                            ///< which share
  Rows rows;
  ListingRule rule;
  SumPieces sum_pieces;                    ///< as Backend::load
  CheckpointPlan checkpoint;
  std::string job;                         ///< see PartName
};

struct ShareOutcome {
  Part part;
  std::unique_ptr<Checkpoint> checkpoint;  ///< to be removed once the result is written; null where none is kept
};

/// @throws Error(stopped) when a pause was asked for: what has been evaluated is in the checkpoint
ShareOutcome evaluate_share(const ShareJob& job, Backend& backend, Ranks& ranks, const ProgressSink& progress,
                            std::vector<Stage>& stages);

/// For a shard, which knows the whole world's flows: the sums that ease of trade needs, over all products.
/// Leaves `backend` without a problem.
SumPieces sums_of_whole(const std::shared_ptr<const Problem>& whole, Backend& backend);

/// SHA-256 of what decides the numbers of a solve: the world's contents, settings with years resolved, countries chosen.
/// Parts of one job fit together whatever backend, threads or version made them.
std::string job_digest(const std::string& world_digest, const Settings& settings, const Axes& axes);

/// "stopped on request": what a process says that can be resumed.
Error stopped_error(const std::string& folder);

}  // namespace potentia
