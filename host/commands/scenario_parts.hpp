// A list of scenarios by ranks of MPI, as a shard, or with a checkpoint: each process evaluates all scenarios over its
// segments of products, as it does with a solve.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/batch/list_checkpoint.hpp"
#include "host/batch/shared_problem.hpp"
#include "host/commands/scenario_run.hpp"

namespace potentia {

/// What decides the numbers of a list.
struct ListJob {
  std::string world;  ///< path
  const Settings& settings;
  const std::vector<Scenario>& scenarios;
  const Parties& parties;
  const ScenarioRequest& request;
};

/// SHA-256 of a list's world, scenarios, settings, countries and groups: only parts of one job fit together.
std::string list_digest(const ListJob& job, const World& world, const Settings& resolved);

/// One process's share of a list.
class ListShare {
public:
  /// Solves the baseline over the share's segments. @param part which share
  ListShare(const ListJob& job, SharedProblem& shared, int part, Backend& backend, Ranks& ranks,
            const ProgressSink& progress);

  /// Evaluates the scenarios that the checkpoint does not have.
  /// @param checkpoint may be null
  /// @throws Error(stopped) when a pause was asked for: what has been evaluated is in the checkpoint
  void evaluate(ListCheckpoint* checkpoint, const std::string& folder, const ProgressSink& progress);

  /// Of all products: at the root, the results, after what other ranks have is there; elsewhere nothing.
  std::vector<ScenarioResult> join_ranks(int threads);

  /// As a file for `merge`. @param name of the shard; @param baseline what a scenario file says of its world
  ScenarioPartFile shard(const PartName& name, const Solution& baseline, std::vector<SourceFile> inputs) const;

  const std::vector<Notice>& notices_of_tariffs() const { return of_tariffs_; }
  std::int32_t first() const { return share_.first; }
  std::int32_t last() const { return share_.last; }

private:
  struct Base;
  SumPieces sum_pieces(const std::shared_ptr<const Problem>& whole, Backend& backend) const;
  Base solve(const BuiltProblem& whole, Backend& backend, const ProgressSink& progress);
  ScenarioPart evaluate_one(const Scenario& scenario);
  ScenarioPart with_own_tariffs(const Scenario& scenario);

  const ListJob& job_;
  SharedProblem& shared_;
  int part_;
  Backend& backend_;
  Ranks& ranks_;
  World trade_;  ///< all flows, where there are targets and the root has a share only
  ScenarioShare share_;
  std::shared_ptr<Base> base_;
  std::vector<ScenarioPart> parts_;
  std::vector<Notice> of_tariffs_;
};

/// A list from its shards.
struct JoinedList {
  ScenarioHead head;
  std::vector<ScenarioResult> results;
};
/// @throws Error(input) when a shard is missing, there twice, or of another job
JoinedList join_list_shards(const std::vector<std::string>& paths, int threads);

/// World, settings and notices as a scenario file says them. @param of_tariffs of tariffs that scenarios bring along
Solution list_baseline(const World& world, const BuiltProblem& built, const std::vector<Notice>& of_tariffs);
/// The same with the notices of results behind them.
void add_notices(const std::vector<ScenarioResult>& results, Solution& baseline);

}  // namespace potentia
