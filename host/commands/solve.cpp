// potentia solve: world.h5 in, result.h5 out; by one process, by ranks of MPI, or a shard of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <cstdio>
#include <future>
#include <map>
#include <memory>
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
#include "host/commands/result_run.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/solver.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "host/run/signals.hpp"
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

constexpr int most_shards = 512;  // merge has all of them open at once

struct SolveFlags {
  std::string world, output, settings, groups;
  std::string backend;
  std::vector<std::string> exporters, markets, dense;
  std::int64_t top = -1;  // -1 = not given
  std::string shard, every = "30s";
  CheckpointPlan checkpoint;
};

Settings settings_from(const SolveFlags& flags) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  if (flags.top >= 0) settings.cells.top = flags.top;
  return settings;
}

/// "3/16" as (3, 16); (0, 0) where the flag was not given.
std::pair<int, int> shard_of(const std::string& text) {
  if (text.empty()) return {0, 0};
  int shard = 0, shards = 0, end = 0;
  if (std::sscanf(text.c_str(), "%d/%d%n", &shard, &shards, &end) != 2 || text.size() != static_cast<std::size_t>(end) ||
      shard < 1 || shard > shards || shards > most_shards)
    throw Error(ErrorKind::usage, "--shard " + text + " is no share", "--shard",
                fmt::format("say --shard 3/16 for the third of sixteen, at most {}", most_shards));
  return {shard, shards};
}

/// "30s", "0.5s", "500ms", "2m", "1h", or a number of seconds.
double seconds_of(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  const double factor = unit.empty() || unit == "s" ? 1.0 : unit == "ms" ? 1e-3 : unit == "m" || unit == "min" ? 60.0 : unit == "h" ? 3600.0 : 0.0;
  if (end == text.c_str() || factor == 0.0 || !(number >= 0.0) || number > 1e9)
    throw Error(ErrorKind::usage, "--every " + text + " is no time", "--every", "say --every 30s, 0.5s or 5m");
  return number * factor;
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
  const Solution solution = solve_to_write(world, run.settings, selection, backend, run.options.progress);
  run.options.inputs = inputs.get();
  run.watch.lap("solve");
  run.write(world, solution, backend, 1);
}

/// By ranks, as a shard, or with a checkpoint.
void solve_in_parts(Run& run, Backend& backend, Ranks& ranks, std::pair<int, int> shard) {
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
  job.checkpoint = flags.checkpoint;
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

void run_solve(const SolveFlags& given, CommandContext& context) {
  SolveFlags flags = given;
  Run run{flags, context, {}, {}, {}, {}, {}};
  run.options.run.started = now_utc();
  const std::pair<int, int> shard = shard_of(flags.shard);
  flags.checkpoint.every = seconds_of(flags.every);
  const bool checkpointed = !flags.checkpoint.folder.empty();
  if (flags.checkpoint.resume && !checkpointed)
    throw Error(ErrorKind::usage, "--resume needs to know from where", "--resume", "name the folder with --checkpoint");
  if (checkpointed) let_signals_pause();

  Ranks ranks;
  if (ranks.size() > 1) {
    context.before_failure = [rank = ranks.rank()] { return Ranks::may_speak(rank); };
    context.after_failure = [](int code) { Ranks::abort(code); };
    if (!ranks.is_root()) {
      start_logging(context.log_format == "json", true);
      interrupt_silently();
      context.progress.set_style(ProgressStyle::none);
    }
    if (!context.threads_given && std::getenv("OMP_NUM_THREADS") == nullptr) {
      context.threads = ranks.threads(processor_quota());
      omp_use(context.threads);
    }
    if (shard.second > 0) throw Error(ErrorKind::usage, "--shard is for jobs without MPI", "--shard", "leave it out under mpirun");
  }
  const bool in_parts = ranks.size() > 1 || shard.second > 0 || checkpointed;
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  for (const std::string& name : parts_between_commas(joined_words(flags.dense))) run.options.dense.push_back(column_by_name(name));
  if (in_parts && !run.options.dense.empty())
    throw Error(ErrorKind::usage, "cubes are written by one process that has the whole world", "--dense",
                "leave out --dense, or ranks, --shard and --checkpoint");
  run.settings = settings_from(flags);
  run.groups = read_groups(flags.groups.empty() ? run.settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads, ranks.local_rank());
  run.options.progress = context.progress.sink();
  run.watch.lap("start");
  try {
    if (in_parts) solve_in_parts(run, *backend, ranks, shard);
    else solve_whole(run, *backend);
  } catch (const Error& error) {
    // Asked to pause where there was nothing to save, or all is saved already.
    if (checkpointed && pause_requested && error.kind() == ErrorKind::interrupted) throw stopped_error(flags.checkpoint.folder);
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
  command->add_option("--shard", flags->shard, "Only a share of the products, 3/16; merge puts the shards together");
  command->add_option("--checkpoint", flags->checkpoint.folder, "Folder in which to keep progress, to be resumed after a stop");
  command->add_option("--every", flags->every, "How often to save it: 30s, 0.5s, 5m")->capture_default_str();
  command->add_flag("--resume", flags->checkpoint.resume, "Go on from the checkpoint, where there is one");
  command->callback([flags, &context] { context.action = [flags, &context] { run_solve(*flags, context); }; });
}

}  // namespace potentia
