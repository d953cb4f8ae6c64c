// potentia merge: the shards of a solve in, result.h5 out.
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
#include "io/result/result_file.hpp"

namespace potentia {
namespace {

struct MergeFlags {
  std::vector<std::string> shards;
  std::string output;
};

void run_merge(const MergeFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  for (const std::string& shard : flags.shards) refuse_to_overwrite(flags.output, shard);
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
  CLI::App* command = app.add_subcommand("merge", "Put the shards of a solve together: the result of one run, byte for byte");
  command->add_option("shards", flags->shards, "Files that solve --shard made, in any order")->required();
  command->add_option("-o,--output", flags->output, "Result file to write")->required();
  command->callback([flags, &context] { context.action = [flags, &context] { run_merge(*flags, context); }; });
}

}  // namespace potentia
