// potentia scenario: a world and scenarios in, scenario.h5 out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/batch/evaluate_share.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/parts_flags.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/result_run.hpp"
#include "host/commands/scenario_parts.hpp"
#include "host/commands/scenario_run.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "host/run/threads.hpp"
#include "host/scenario/csv.hpp"
#include "host/scenario/summary.hpp"
#include "io/output_file.hpp"
#include "io/result/scenario_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

struct ScenarioFlags {
  std::string world, output, csv, settings, groups, backend;
  std::vector<std::string> scenarios, exporters, markets;
  bool full = false;
  PartsFlags parts;
};

Party party_of(const Parties& parties, const std::vector<std::string>& typed, const char* flag,
               std::vector<Notice>& notices) {
  return typed.empty() ? Party{} : parties.find(joined_words(typed), flag, notices);
}

/// @throws Error(input) where it cannot be made
void make_folder(const std::string& path) {
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (!std::filesystem::is_directory(path))
    throw input_error("cannot make the folder", path, "choose another name for --csv");
}

/// A run under way: what its steps share.
struct Run {
  const ScenarioFlags& flags;
  CommandContext& context;
  std::vector<Scenario> scenarios;
  Settings settings;
  std::map<std::string, CountryGroup> groups;
  ResultOptions options;
  Stopwatch watch;
  std::vector<Notice> of_groups;
  Party exporter, market;

  Parties look_up(const World& world) {
    Parties parties(world.countries, groups);
    exporter = party_of(parties, flags.exporters, "--exporter", of_groups);
    market = party_of(parties, flags.markets, "--market", of_groups);
    return parties;
  }
  ScenarioRequest request() const { return {exporter.members, market.members, flags.full}; }

  std::vector<SourceFile> inputs(const World& world) const {
    std::vector<SourceFile> files = fingerprints(flags.world, flags.settings, world.digest);
    for (SourceFile& file : scenario_fingerprints(scenarios)) files.push_back(std::move(file));
    return files;
  }

  /// @param baseline without the notices of results; @param solved what is told of the results is told by
  void write(const SolvedWorld& solved, Solution baseline, const std::vector<ScenarioResult>& results, int ranks) {
    add_notices(results, baseline);
    options.inputs = inputs(solved.world);
    describe_run(&solved.backend, ranks, watch, {}, options.run);
    const ResultReport report = write_scenarios(flags.output, solved.world, baseline, results, options);
    context.progress.finish();
    for (const std::string& line : notice_lines(of_groups)) log_info(line);
    tell_notices(baseline.notices);
    for (const ScenarioResult& result : results)
      for (const std::string& line : scenario_lines(solved, result, exporter, market)) log_info(line);
    if (!flags.csv.empty()) write_outputs(flags.csv, scenario_csvs(solved, results));
    watch.lap("write");
    log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({}){}", flags.output, static_cast<double>(report.bytes) / 1e6,
                         watch.total(), watch.stages(), ranks > 1 ? fmt::format(", {} ranks", ranks) : ""));
  }
};

void run_whole(Run& run, Backend& backend) {
  World world = read_world(run.flags.world);
  const Parties parties = run.look_up(world);
  run.watch.lap("read");
  const auto base = std::make_unique<ScenarioBase>(world, run.settings, backend, run.options.progress);
  run.watch.lap("solve");
  std::vector<Notice> of_tariffs;
  const std::vector<ScenarioResult> results = run_scenarios(world, run.settings, *base, backend, run.scenarios, parties,
                                                            run.request(), run.options.progress, of_tariffs);
  run.watch.lap("scenarios");
  run.write(base->solved(world, backend), list_baseline(world, base->built, of_tariffs), results, 1);
}

/// By ranks, as a shard, or with a checkpoint.
void run_in_parts(Run& run, Backend& backend, Ranks& ranks, const PartsPlan& plan) {
  const int shares = plan.is_shard() ? plan.shard.second : ranks.size();
  SharedProblem shared = read_shared_problem(run.flags.world, run.settings, ranks, shares, backend.threads());
  const Parties parties = run.look_up(shared.world);
  const ScenarioRequest request = run.request();
  run.watch.lap("read");
  const ListJob job{run.flags.world, run.settings, run.scenarios, parties, request};
  const std::string digest = list_digest(job, shared.world, shared.built.settings);
  const int part = plan.is_shard() ? plan.shard.first - 1 : ranks.rank();
  std::unique_ptr<ListCheckpoint> checkpoint;
  if (plan.checkpointed())
    checkpoint = std::make_unique<ListCheckpoint>(plan.checkpoint, digest, shared.division.cuts[part],
                                                  shared.division.cuts[part + 1]);
  ListShare share(job, shared, part, backend, ranks, run.options.progress);
  run.watch.lap("solve");
  share.evaluate(checkpoint.get(), plan.checkpoint.folder, run.options.progress);
  run.watch.lap("scenarios");

  Solution baseline = list_baseline(shared.world, shared.built, share.notices_of_tariffs());
  if (plan.is_shard()) {
    write_scenario_parts(run.flags.output, share.shard({digest, plan.shard.first, plan.shard.second}, baseline,
                                                       run.inputs(shared.world)));
    run.watch.lap("write");
    run.context.progress.finish();
    log_info(fmt::format("{}: shard {}/{} of {} scenarios in {:.2f} s ({}); merge puts the shards together",
                         run.flags.output, plan.shard.first, plan.shard.second, run.scenarios.size(), run.watch.total(),
                         run.watch.stages()));
  } else {
    // The other ranks only wait from here on: the root may take what it may run on.
    const int threads = run.context.threads_given ? run.context.threads : default_threads();
    omp_use(ranks.is_root() ? threads : 1);
    const std::vector<ScenarioResult> results = share.join_ranks(threads);
    run.watch.lap("join");
    char end = 0;
    if (ranks.is_root()) {
      const Margins none;  // what is told of results does not look at the baseline's
      run.write({shared.world, shared.built, backend, none}, std::move(baseline), results, ranks.size());
      for (int to = 1; to < ranks.size(); ++to) ranks.send(to, &end, sizeof end);
    } else {
      ranks.receive(0, &end, sizeof end);  // asleep until all is written
    }
  }
  if (checkpoint) checkpoint->remove();
}

void run_scenario_command(const ScenarioFlags& flags, CommandContext& context) {
  Run run{flags, context, {}, {}, {}, {}, {}, {}, {}, {}};
  run.options.run.started = now_utc();
  const PartsPlan plan = plan_parts(flags.parts);
  Ranks ranks;
  join_job(ranks, plan, context);
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  for (const std::string& path : flags.scenarios) refuse_to_overwrite(flags.output, path);
  run.scenarios = read_scenarios(flags.scenarios);
  if (!flags.csv.empty()) {
    if (plan.is_shard())
      throw Error(ErrorKind::usage, "a shard has no tables to show", "--csv", "leave it out with --shard");
    if (ranks.is_root()) make_folder(flags.csv);
  }
  run.settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  run.groups = read_groups(flags.groups.empty() ? run.settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads, ranks.local_rank());
  run.options.progress = context.progress.sink();
  try {
    if (ranks.size() > 1 || plan.is_shard() || plan.checkpointed())
      run_in_parts(run, *backend, ranks, plan);
    else
      run_whole(run, *backend);
  } catch (const Error& error) {
    // Asked to pause where there was nothing to save, or all is saved already.
    if (plan.checkpointed() && pause_requested && error.kind() == ErrorKind::interrupted)
      throw stopped_error(plan.checkpoint.folder);
    throw;
  }
}

}  // namespace

void add_scenario_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<ScenarioFlags>();
  CLI::App* command =
      app.add_subcommand("scenario", "What changes if: scenarios of a world, each against its baseline");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command
      ->add_option("--scenario", flags->scenarios,
                   "Scenario as TOML; several times for several. See configs/scenarios/")
      ->required()
      ->allow_extra_args(false);
  command->add_option("-o,--output", flags->output, "Scenario file to write")->required();
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  add_backend_flag(*command, flags->backend);
  add_list_flag(*command, "--exporter", flags->exporters,
                "Whose cells and sectors are written: LAO, names, or groups such as ASEAN");
  add_list_flag(*command, "--market", flags->markets, "To whom, likewise");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  command->add_option("--csv", flags->csv, "Folder for the same as CSV tables: assumptions, pairs, instruments, cells");
  command->add_flag("--full", flags->full, "Also sums by exporter and product, and by market and product, and factors");
  add_parts_flags(*command, flags->parts);
  command->callback(
      [flags, &context] { context.action = [flags, &context] { run_scenario_command(*flags, context); }; });
}

}  // namespace potentia
