// potentia solve: world.h5 in, result.h5 out; by one process, by ranks of MPI, or a shard of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/batch/evaluate_share.hpp"
#include "host/batch/join_parts.hpp"
#include "host/batch/gather_sectors.hpp"
#include "host/batch/shared_problem.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/parts_flags.hpp"
#include "host/commands/result_run.hpp"
#include "host/model/groups.hpp"
#include "host/model/outlook_models.hpp"
#include "host/model/parties.hpp"
#include "host/model/solver.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "host/run/threads.hpp"
#include "io/result/part_file.hpp"
#include "io/result/result_file.hpp"
#include "io/settings.hpp"
#include "io/sha256.hpp"
#include "io/world/world_file.hpp"
#include "kernels/backend.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

struct SolveFlags {
  std::string world, output, settings, groups, outlook;
  std::string backend;
  std::vector<std::string> exporters, markets, dense;
  std::int64_t top = -1;  // -1 = not given
  PartsFlags parts;
};

Settings settings_from(const SolveFlags& flags) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  if (flags.top >= 0) settings.cells.top = flags.top;
  return settings;
}

/// A solve under way: what its steps share.
struct Run {
  const SolveFlags& flags;
  CommandContext& context;
  Settings settings;
  std::map<std::string, CountryGroup> groups;
  ResultOptions options;
  Stopwatch watch;
  std::vector<Notice> of_groups;
  std::optional<OutlookModels> outlook;

  Selection select(const World& world) {
    const Parties parties(world.countries, groups);
    Selection selection;
    selection.exporters = parties.indices(flags.exporters, "--exporters", of_groups);
    selection.markets = parties.indices(flags.markets, "--markets", of_groups);
    return selection;
  }

  void write(const World& world, const Solution& solution, const Backend& backend, int ranks) {
    options.backend = &backend;
    describe_run(&backend, ranks, watch, solution.stages, options.run);
    const ResultReport report = write_result(flags.output, world, solution, options);
    watch.lap("write");
    context.progress.finish();
    for (const std::string& line : notice_lines(of_groups)) log_info(line);
    tell_result(flags.output, world, solution, report, watch,
                " on " + backend.device() + (ranks > 1 ? fmt::format(", {} ranks", ranks) : ""));
  }
};

/// The world in one go.
void solve_whole(Run& run, Backend& backend) {
  World world = read_world(run.flags.world);
  const Selection selection = run.select(world);
  run.watch.lap("read");
  auto inputs = std::async(std::launch::async, fingerprints, run.flags.world, run.flags.settings, world.digest);
  const Solution solution = solve_to_write(world, run.settings, selection, backend, run.options.progress,
                                           run.outlook ? &*run.outlook : nullptr);
  run.options.inputs = inputs.get();
  if (run.outlook) run.options.inputs.push_back(fingerprint_of(*run.outlook));
  run.watch.lap("solve");
  run.write(world, solution, backend, 1);
}

/// By ranks, as a shard, or with a checkpoint.
void solve_in_parts(Run& run, Backend& backend, Ranks& ranks, const PartsPlan& plan) {
  const std::pair<int, int> shard = plan.shard;
  const SolveFlags& flags = run.flags;
  const int parts = shard.second > 0 ? shard.second : ranks.size();
  SharedProblem shared = read_shared_problem(flags.world, run.settings, ranks, parts, backend.threads());
  const Selection selection = run.select(shared.world);
  run.watch.lap("read");
  if (ranks.is_root()) run.options.inputs = fingerprints(flags.world, flags.settings, shared.world.digest);

  Solution solution;
  ShareJob job;
  job.problem = shared.built.problem;
  describe_solution(shared.world, shared.built, selection, solution);
  release_inputs(shared.world, solution.settings);
  job.division = &shared.division;
  job.part = shard.second > 0 ? shard.first - 1 : ranks.rank();
  job.rows = {selection.exporters, selection.markets};
  job.rule = listing_rule(run.settings);
  job.checkpoint = plan.checkpoint;
  job.job = job_digest(shared.world.digest.empty() ? sha256_file(flags.world) : shared.world.digest, solution.settings, solution.axes);
  if (ranks.size() > 1) job.sum_pieces = sum_over(ranks, shared.division);
  else if (shard.second > 1) job.sum_pieces = sums_of_whole(job.problem, backend);
  ShareOutcome outcome = evaluate_share(job, backend, ranks, run.options.progress, solution.stages);
  job.problem = nullptr;
  backend.unload();
  run.watch.lap("solve");

  if (shard.second > 0) {
    describe_run(&backend, 1, run.watch, solution.stages, run.options.run);
    solution.cells = std::move(outcome.part.cells);
    write_shard(flags.output, {job.job, shard.first, shard.second}, shared.world, solution, outcome.part, run.options);
    run.watch.lap("write");
    run.context.progress.finish();
    log_info(fmt::format("{}: shard {}/{}, {} of {} products, in {:.2f} s ({}); merge puts the shards together", flags.output,
                         shard.first, shard.second, outcome.part.columns.size(), solution.axes.products.size(),
                         run.watch.total(), run.watch.stages()));
  } else {
    // The other ranks only wait from here on: the root may take what it may run on.
    const int threads = run.context.threads_given ? run.context.threads : default_threads();
    omp_use(ranks.is_root() ? threads : 1);
    const std::uint64_t sent =
        join_ranks(ranks, shared.division, std::move(outcome.part),
                   static_cast<std::int32_t>(shared.world.sectors.size()), job.rule, threads, solution);
    run.watch.lap("join");
    if (ranks.is_root() && ranks.size() > 1)
      log_info(fmt::format("sums of pairs: no rank sent more than {:.1f} MB", static_cast<double>(sent) / 1e6));
    if (ranks.is_root()) {
      run.write(shared.world, solution, backend, ranks.size());
      release_ranks(ranks);
    }
  }
  if (outcome.checkpoint) outcome.checkpoint->remove();
}

void run_solve(const SolveFlags& flags, CommandContext& context) {
  Run run{flags, context, {}, {}, {}, {}, {}, {}};
  run.options.run.started = now_utc();
  const PartsPlan plan = plan_parts(flags.parts);
  Ranks ranks;
  join_job(ranks, plan, context);
  const bool in_parts = ranks.size() > 1 || plan.is_shard() || plan.checkpointed();
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  for (const std::string& name : parts_between_commas(joined_words(flags.dense))) run.options.dense.push_back(column_by_name(name));
  if (in_parts && !run.options.dense.empty())
    throw Error(ErrorKind::usage, "cubes are written by one process that has the whole world", "--dense",
                "leave out --dense, or ranks, --shard and --checkpoint");
  if (in_parts && !flags.outlook.empty())
    throw Error(ErrorKind::usage, "an outlook is made by one process that has the whole world", "--outlook",
                "leave out --outlook, or ranks, --shard and --checkpoint");
  refuse_to_overwrite(flags.output, flags.outlook);
  if (!flags.outlook.empty()) run.outlook = read_outlook_models(flags.outlook);
  run.settings = settings_from(flags);
  run.groups = read_groups(flags.groups.empty() ? run.settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads, ranks.local_rank());
  run.options.progress = context.progress.sink();
  run.watch.lap("start");
  try {
    if (in_parts) solve_in_parts(run, *backend, ranks, plan);
    else solve_whole(run, *backend);
  } catch (const Error& error) {
    // Asked to pause where there was nothing to save, or all is saved already.
    if (plan.checkpointed() && pause_requested && error.kind() == ErrorKind::interrupted) throw stopped_error(plan.checkpoint.folder);
    throw;
  }
}

}  // namespace

void add_solve_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<SolveFlags>();
  CLI::App* command = app.add_subcommand("solve", "Compute every potential of a world: world.h5 in, result.h5 out");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command->add_option("-o,--output", flags->output, "Result file to write")->required();
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  add_backend_flag(*command, flags->backend);
  add_list_flag(*command, "--exporters", flags->exporters, "Only these exporters: LAO,KHM, names, or groups such as ASEAN");
  add_list_flag(*command, "--markets", flags->markets, "Only these markets, likewise");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  command->add_option("--top", flags->top, "List so many cells of each exporter; 0 = all that qualify")
      ->check(CLI::NonNegativeNumber);
  add_list_flag(*command, "--dense", flags->dense, "Also write whole cubes of these columns: potential,unrealized");
  command->add_option("--outlook", flags->outlook,
                      "Back-test file: adds chance, expected exports and interval by the models in it");
  add_parts_flags(*command, flags->parts);
  command->callback([flags, &context] { context.action = [flags, &context] { run_solve(*flags, context); }; });
}

}  // namespace potentia
