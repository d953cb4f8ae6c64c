// potentia scenario: a world and scenarios in, scenario.h5 out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/result_run.hpp"
#include "host/commands/scenario_run.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "host/scenario/csv.hpp"
#include "host/scenario/summary.hpp"
#include "io/output_file.hpp"
#include "io/result/scenario_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct ScenarioFlags {
  std::string world, output, csv, settings, groups, backend;
  std::vector<std::string> scenarios, exporters, markets;
  bool full = false;
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

void run(const ScenarioFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  for (const std::string& path : flags.scenarios) refuse_to_overwrite(flags.output, path);
  const std::vector<Scenario> scenarios = read_scenarios(flags.scenarios);
  if (!flags.csv.empty()) make_folder(flags.csv);
  const Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  auto groups = read_groups(flags.groups.empty() ? settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  const ProgressSink progress = context.progress.sink();

  World world = read_world(flags.world);
  const Parties parties(world.countries, std::move(groups));
  std::vector<Notice> of_groups;
  const Party exporter = party_of(parties, flags.exporters, "--exporter", of_groups);
  const Party market = party_of(parties, flags.markets, "--market", of_groups);

  watch.lap("read");
  const auto base = std::make_unique<ScenarioBase>(world, settings, *backend, progress);
  watch.lap("solve");
  std::vector<Notice> of_tariffs;
  const ScenarioRequest request{exporter.members, market.members, flags.full};
  const std::vector<ScenarioResult> results =
      run_scenarios(world, settings, *base, *backend, scenarios, parties, request, progress, of_tariffs);
  watch.lap("scenarios");

  Solution baseline;
  for (std::size_t country = 0; country < world.country_count(); ++country)
    baseline.axes.exporters.push_back(static_cast<std::int32_t>(country));
  baseline.axes.markets = baseline.axes.exporters;
  baseline.axes.products = base->built.products;
  baseline.settings = base->built.settings;
  baseline.notices = base->built.notices;
  baseline.notices.insert(baseline.notices.end(), of_tariffs.begin(), of_tariffs.end());
  for (const ScenarioResult& result : results)
    baseline.notices.insert(baseline.notices.end(), result.notices.begin(), result.notices.end());
  options.progress = progress;
  options.inputs = fingerprints(flags.world, flags.settings, world.digest);
  for (SourceFile& file : scenario_fingerprints(scenarios)) options.inputs.push_back(std::move(file));
  describe_run(backend.get(), 1, watch, {}, options.run);
  const ResultReport report = write_scenarios(flags.output, world, baseline, results, options);

  context.progress.finish();
  for (const std::string& line : notice_lines(of_groups)) log_info(line);
  tell_notices(baseline.notices);
  for (const ScenarioResult& result : results)
    for (const std::string& line : scenario_lines(base->solved(world, *backend), result, exporter, market))
      log_info(line);
  if (!flags.csv.empty()) write_outputs(flags.csv, scenario_csvs(base->solved(world, *backend), results));
  watch.lap("write");
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({})", flags.output, static_cast<double>(report.bytes) / 1e6,
                       watch.total(), watch.stages()));
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
  command->add_flag("--full", flags->full, "Also sums by exporter and product, and by market and product");
  command->callback([flags, &context] { context.action = [flags, &context] { run(*flags, context); }; });
}

}  // namespace potentia
