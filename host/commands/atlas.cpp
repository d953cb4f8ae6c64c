// potentia atlas: the whole world's potential as a site of static files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/atlas/atlas.hpp"
#include "host/atlas/site_folder.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/result_run.hpp"
#include "host/commands/scenario_run.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct AtlasFlags {
  std::string world, output, title, logo, settings, groups, backend, outlook;
  std::vector<std::string> exporters, markets, names, scenarios, reports;
  std::int64_t cells = -1;  // -1 = not given
};

/// What each changes of all pairs; they take a backend's room one after the other, before the atlas' own solve does.
std::vector<ScenarioResult> run_scenarios_of_all(const std::vector<Scenario>& files, World& world,
                                                 const Settings& settings, const Parties& parties, Backend& backend,
                                                 const ProgressSink& progress, std::vector<Notice>& notices) {
  if (files.empty()) return {};
  const auto base = std::make_unique<ScenarioBase>(world, settings, backend, progress);
  ScenarioRequest request;
  request.sectors = false;
  return run_scenarios(world, settings, *base, backend, files, parties, request, progress, notices);
}

void run_atlas(const AtlasFlags& flags, CommandContext& context) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  if (flags.cells >= 0) settings.cells.top = flags.cells;
  auto groups = read_groups(flags.groups.empty() ? settings.drilldown.groups : flags.groups);
  const std::vector<Scenario> scenario_files = read_scenarios(flags.scenarios);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  World world = read_world(flags.world);
  atlas::SiteFolder::require_ours(flags.output);  // before anything that takes long

  const Parties parties(world.countries, groups);
  std::vector<Notice> notices;
  atlas::AtlasRequest request;
  request.exporters = parties.indices(flags.exporters, "--exporters", notices);
  request.markets = parties.indices(flags.markets, "--markets", notices);
  request.groups = std::move(groups);
  request.title = flags.title;
  request.folder = flags.output;
  request.reports = atlas::read_report_links(flags.reports, parties, flags.output, notices);
  if (!flags.logo.empty()) request.logo = atlas::read_logo(flags.logo);
  request.languages = atlas::read_languages(flags.names, world);
  for (const atlas::Language& language : request.languages)
    notices.insert(notices.end(), language.names.notices.begin(), language.names.notices.end());
  std::optional<OutlookModels> outlook;
  if (!flags.outlook.empty()) {
    outlook = read_outlook_models(flags.outlook);
    request.outlook = &*outlook;
    request.sources.push_back(fingerprint_of(*outlook));
  }
  request.scenarios = run_scenarios_of_all(scenario_files, world, settings, parties, *backend, context.progress.sink(), notices);
  for (SourceFile& file : scenario_fingerprints(scenario_files)) request.sources.push_back(std::move(file));
  const atlas::AtlasReport report = atlas::write_atlas(world, settings, request, *backend, context.progress.sink());

  context.progress.finish();
  for (const std::string& line : notice_lines(notices)) log_info(line);
  log_info(fmt::format("{} exporters, {} markets, {} products, {} cells: {} files, {:.1f} MB", report.exporters,
                       report.markets, report.products, report.cells, report.files,
                       static_cast<double>(report.bytes) / 1e6));
  log_info(fmt::format("the atlas: {}", (std::filesystem::path(flags.output) / "index.html").string()));
}

}  // namespace

void add_atlas_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<AtlasFlags>();
  CLI::App* command = app.add_subcommand("atlas", "The whole world's potential as a site that opens offline");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command
      ->add_option("-o,--output", flags->output, "Folder of the site: a new or empty one, or an older atlas to replace")
      ->required();
  add_list_flag(*command, "--exporters", flags->exporters,
                "Exporters that get pages: LAO,KHM, ASEAN …; all where not given");
  add_list_flag(*command, "--markets", flags->markets, "Markets that get pages, likewise");
  command
      ->add_option("--cells", flags->cells,
                   "Largest unrealised cells listed of each exporter, 0 = all that qualify; beats cells.top")
      ->check(CLI::NonNegativeNumber);
  command
      ->add_option("--scenario", flags->scenarios,
                   "Scenario as TOML; several times for several: what each changes, for whom. See configs/scenarios/")
      ->allow_extra_args(false);
  command->add_option("--outlook", flags->outlook,
                      "Back-test file: how likely each opportunity is, by the models in it");
  command
      ->add_option("--report", flags->reports,
                   "Report on a pair to link from its page: LAO/CHN=laos-china/report.html; repeatable")
      ->type_name("EXPORTER/MARKET=FILE")
      ->allow_extra_args(false);
  command->add_option("--title", flags->title, "Title of the site; the world's where not given");
  command->add_option("--logo", flags->logo, "Picture beside the title: PNG, JPEG or SVG of at most 1 MB");
  command
      ->add_option("--names", flags->names,
                   "Names in another language to choose on the site: fr=names.csv, a table of code and name; repeatable")
      ->type_name("LANG=FILE")
      ->allow_extra_args(false);
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run_atlas(*flags, context); }; });
}

}  // namespace potentia
