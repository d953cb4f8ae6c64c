// potentia merge: the shards of a solve or of a list of scenarios in, result.h5 or scenario.h5 out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/batch/join_shards.hpp"
#include "host/commands/command.hpp"
#include "host/commands/result_run.hpp"
#include "host/commands/scenario_parts.hpp"
#include "host/commands/reading.hpp"
#include "host/run/log.hpp"
#include "io/result/result_file.hpp"
#include "io/result/scenario_file.hpp"
#include "io/result/scenario_part_file.hpp"

namespace potentia {
namespace {

struct MergeFlags {
  std::vector<std::string> shards;
  std::string output;
};

/// Shards of a list of scenarios.
void merge_scenarios(const MergeFlags& flags, CommandContext& context, ResultOptions& options, Stopwatch& watch) {
  JoinedList joined = join_list_shards(flags.shards, context.threads);
  watch.lap("read");
  options.inputs = std::move(joined.head.inputs);
  options.progress = context.progress.sink();
  describe_run(nullptr, static_cast<int>(flags.shards.size()), watch, {}, options.run);
  options.run.backend = "merge";
  options.run.threads = context.threads;
  Solution baseline = std::move(joined.head.baseline);
  add_notices(joined.results, baseline);
  const ResultReport report = write_scenarios(flags.output, joined.head.world, baseline, joined.results, options);
  watch.lap("write");
  context.progress.finish();
  tell_notices(baseline.notices);
  log_info(fmt::format("{} ({:.1f} MB), {} scenarios from {} shards, in {:.2f} s ({})", flags.output,
                       static_cast<double>(report.bytes) / 1e6, joined.results.size(), flags.shards.size(),
                       watch.total(), watch.stages()));
}

void run_merge(const MergeFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  for (const std::string& shard : flags.shards) refuse_to_overwrite(flags.output, shard);
  if (is_scenario_part(flags.shards.front())) return merge_scenarios(flags, context, options, watch);
  JoinedShards joined = join_shards(flags.shards, context.threads);
  watch.lap("read");
  options.inputs = std::move(joined.inputs);
  options.progress = context.progress.sink();
  describe_run(nullptr, static_cast<int>(flags.shards.size()), watch, {}, options.run);
  options.run.backend = "merge";
  options.run.threads = context.threads;
  const ResultReport report = write_result(flags.output, joined.world, joined.solution, options);
  watch.lap("write");
  context.progress.finish();
  tell_result(flags.output, joined.world, joined.solution, report, watch, fmt::format(", from {} shards", flags.shards.size()));
}

}  // namespace

void add_merge_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<MergeFlags>();
  CLI::App* command = app.add_subcommand("merge", "Put the shards of a solve, or of scenarios, together: the result of one run, byte for byte");
  command->add_option("shards", flags->shards, "Files that solve --shard or scenario --shard made, in any order")->required();
  command->add_option("-o,--output", flags->output, "Result file to write")->required();
  command->callback([flags, &context] { context.action = [flags, &context] { run_merge(*flags, context); }; });
}

}  // namespace potentia
