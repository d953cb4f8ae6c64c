// potentia drilldown: one exporter and one market (or groups of them) as a page, as JSON and as tables.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/scenario_run.hpp"
#include "host/drilldown/drilldown.hpp"
#include "host/drilldown/every_pair.hpp"
#include "host/drilldown/forms/figures/figures.hpp"
#include "host/drilldown/forms/html.hpp"
#include "host/drilldown/wording.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "host/run/threads.hpp"
#include "io/country_codes.hpp"
#include "io/output_file.hpp"
#include "io/printable.hpp"
#include "io/settings.hpp"
#include "io/sha256.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct DrilldownFlags {
  std::string world, output, settings, groups, backend, workbook, figures, outlook, draws;
  std::vector<std::string> exporter, market, scenarios;
};

/// One side of the report as typed, and where it was.
struct Choice {
  std::string text, where;
  bool is_every() const { return plain_code(text) == "ALL"; }
};

/// A flag beats the settings; one of the two must say.
Choice either(const std::vector<std::string>& flag, const std::string& setting, const std::string& name,
              const std::string& file) {
  if (!flag.empty()) return {joined_words(flag), "--" + name};
  if (!setting.empty()) return {setting, "drilldown." + name + " in " + file};
  throw Error(ErrorKind::usage, "no " + name + " is given", "--" + name,
              "give --" + name + " CODE, or drilldown." + name + " in the settings");
}

void make_folder(const std::string& folder, const std::string& flag) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure || !std::filesystem::is_directory(folder))
    throw input_error("the output folder cannot be made: " + failure.message(), folder,
                      "choose another folder with " + flag);
}

/// The files of a report as (name, contents). A table without rows gets its file too, or that of an older report in the
/// same folder would pass for it.
std::vector<std::pair<std::string, std::string>> render(const World& world, const drilldown::Report& report) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const drilldown::Part& part : report.parts)
    for (const drilldown::Figure& figure : part.figures)
      files.emplace_back(part.id + "_" + figure.id + ".csv", drilldown::table_csv(figure.table));
  std::string json = drilldown::report_json(world, report);
  files.emplace_back("report.html", drilldown::report_html(json, report.exporter.name + " to " + report.market.name));
  files.emplace_back("report.json", std::move(json));
  return files;
}

/// What potentia scenario makes of the files for the same parties.
drilldown::Scenarios run_scenarios_for(const std::vector<Scenario>& files, World& world, const Settings& settings,
                                       const Parties& parties, const Party& exporter, const Party& market,
                                       Backend& backend, const ProgressSink& progress, std::vector<Notice>& notices) {
  drilldown::Scenarios scenarios;
  if (files.empty()) return scenarios;
  const auto base = std::make_unique<ScenarioBase>(world, settings, backend, progress);
  ScenarioRequest request{exporter.members, market.members};
  request.cells = false;
  scenarios.results = run_scenarios(world, settings, *base, backend, files, parties, request, progress, notices);
  scenarios.files = scenario_fingerprints(files);
  for (const ScenarioResult& result : scenarios.results)
    notices.insert(notices.end(), result.notices.begin(), result.notices.end());
  return scenarios;
}

/// @throws Error(usage) for draws of groups, of which the file has none; Error(input) for those of another world
drilldown::HowSure read_how_sure(const DrilldownFlags& flags, const World& world, const Party& exporter, const Party& market) {
  drilldown::HowSure sure;
  if (!flags.outlook.empty()) sure.outlook = read_outlook_models(flags.outlook);
  if (flags.draws.empty()) return sure;
  if (exporter.members.size() != 1 || market.members.size() != 1)
    throw Error(ErrorKind::usage, "draws of a group of countries: they are of single pairs", "--draws",
                "name one exporter and one market, or leave --draws out");
  sure.draws = read_pair_draws(flags.draws, world.countries[exporter.members[0]].iso3, world.countries[market.members[0]].iso3);
  if (sure.draws->world_digest != (world.digest.empty() ? sha256_file(flags.world) : world.digest))
    throw input_error("the draws are of another world", flags.draws, "draw this one: potentia draws");
  return sure;
}

/// The same for the figures, of which this report need not have all.
void remove_older_figures(const std::string& folder, const drilldown::Report& report, const drilldown::FigureFiles& figures) {
  std::set<std::string> written;
  for (const auto& file : figures.files) written.insert(file.first);
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename().string();
    if (drilldown::is_figure_file(report, name) && written.count(name) == 0) std::filesystem::remove(entry.path(), failure);
  }
}

/// Report and figures, in one folder or in two: all of them are whole before the first takes its name.
void write_together(const DrilldownFlags& flags, const std::vector<std::pair<std::string, std::string>>& report,
                    const drilldown::FigureFiles& figures) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& [name, contents] : report) files.emplace_back((std::filesystem::path(flags.output) / name).string(), contents);
  for (const auto& [name, contents] : figures.files) files.emplace_back((std::filesystem::path(flags.figures) / name).string(), contents);
  write_outputs(files);
}

/// Files of a chapter that an older report in the folder had and this one has not: they would pass for its own.
void remove_older_chapters(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files) {
  std::set<std::string> written;
  for (const auto& file : files) written.insert(file.first);
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename().string();
    if (drilldown::is_table_of_a_chapter(name) && written.count(name) == 0) std::filesystem::remove(entry.path(), failure);
  }
}

void run_drilldown(const DrilldownFlags& flags, CommandContext& context) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  const Choice from = either(flags.exporter, settings.drilldown.exporter, "exporter", flags.settings);
  const Choice to = either(flags.market, settings.drilldown.market, "market", flags.settings);
  if (!flags.scenarios.empty() && (from.is_every() || to.is_every()))
    throw Error(ErrorKind::usage, "a chapter on scenarios with tables of every pair", "--scenario",
                "name one exporter and one market, or let potentia scenario write every pair");
  if ((!flags.outlook.empty() || !flags.draws.empty()) && (from.is_every() || to.is_every()))
    throw Error(ErrorKind::usage, "a chapter on chances and draws with tables of every pair",
                flags.outlook.empty() ? "--draws" : "--outlook", "name one exporter and one market, or let potentia solve --outlook list every pair");
  if (!flags.figures.empty() && (from.is_every() || to.is_every()))
    throw Error(ErrorKind::usage, "figures of every pair", "--figures", "name one exporter and one market, or leave --figures out");
  if (!flags.figures.empty()) drilldown::check_fonts();
  const std::vector<Scenario> scenario_files = read_scenarios(flags.scenarios);
  auto groups = read_groups(flags.groups.empty() ? settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  World world = read_world(flags.world);

  const Parties parties(world.countries, std::move(groups));
  std::vector<Notice> notices;
  Party exporter = parties.find(from.text, from.where, notices);
  Party market = parties.find(to.text, to.where, notices);
  if (from.is_every() || to.is_every()) {
    if (!flags.workbook.empty())
      throw Error(ErrorKind::usage, "a workbook of every pair", "--xlsx", "name one exporter and one market, or leave --xlsx out");
    make_folder(flags.output, "-o");
    const std::vector<std::string> written =
        drilldown::write_every_pair(world, settings, exporter, market, *backend, context.progress.sink(), flags.output);
    context.progress.finish();
    for (const std::string& line : notice_lines(notices)) log_info(line);
    for (const std::string& file : written) log_info(file);
    return;
  }

  if (exporter.members == market.members && exporter.members.size() == 1)
    throw input_error("exporter and market are the same country, " + exporter.code, to.where, "choose two countries");
  drilldown::HowSure sure = read_how_sure(flags, world, exporter, market);
  const ProgressSink progress = context.progress.sink();
  std::vector<Notice> of_scenarios;
  const drilldown::Scenarios scenarios =
      run_scenarios_for(scenario_files, world, settings, parties, exporter, market, *backend, progress, of_scenarios);
  const drilldown::Report report = drilldown::make_report(world, settings, std::move(exporter), std::move(market),
                                                          scenarios, std::move(sure), *backend, progress);
  const int threads = context.threads > 0 ? context.threads : default_threads();
  const auto files = render(world, report);
  drilldown::FigureFiles figures;
  if (!flags.figures.empty()) figures = drilldown::draw_figures(report, threads);
  make_folder(flags.output, "-o");
  if (!flags.figures.empty()) make_folder(flags.figures, "--figures");
  write_together(flags, files, figures);
  remove_older_chapters(flags.output, files);
  if (!flags.figures.empty()) remove_older_figures(flags.figures, report, figures);
  if (!flags.workbook.empty()) drilldown::write_workbook(flags.workbook, report, threads);

  context.progress.finish();
  for (const std::string& line : notice_lines(notices)) log_info(line);
  for (const std::string& line : notice_lines(of_scenarios)) log_info(line);
  for (const std::string& line : drilldown::report_lines(report)) log_info(line);
  if (!figures.lacking.empty())
    log_info(fmt::format("no installed font has every letter of {} of the figures' texts, such as “{}”; fonts-noto-core and fonts-noto-cjk have most",
                         figures.lacking.size(), printable(drilldown::shortened(figures.lacking.front(), 60))));
  if (!flags.figures.empty()) log_info(fmt::format("{} figures as SVG and PNG: {}", figures.files.size() / 2, flags.figures));
  log_info(fmt::format("the page: {}", (std::filesystem::path(flags.output) / "report.html").string()));
}

}  // namespace

void add_drilldown_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<DrilldownFlags>();
  CLI::App* command = app.add_subcommand("drilldown", "Report on one exporter and one market: page, JSON and tables");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  add_list_flag(*command, "--exporter", flags->exporter, "Country (LAO, Laos), group (ASEAN), list (LAO,KHM), world, or all");
  add_list_flag(*command, "--market", flags->market, "Likewise; all = tables for every pair instead of a report");
  command->add_option("-o,--output", flags->output, "Folder to write report.html, report.json and tables to")
      ->required();
  command
      ->add_option("--scenario", flags->scenarios,
                   "Scenario as TOML; several times for several: a chapter on what each changes. See configs/scenarios/")
      ->allow_extra_args(false);
  command->add_option("--outlook", flags->outlook,
                      "Back-test file: a chapter on how likely each opportunity is, by the models in it");
  command->add_option("--draws", flags->draws, "File of draws of the same world: ranges, firmness of the list, which assumption matters");
  command->add_option("--xlsx", flags->workbook, "Also write the tables as one workbook, such as report.xlsx");
  command->add_option("--figures", flags->figures, "Also write every figure as SVG and PNG to this folder, for Word and the like");
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run_drilldown(*flags, context); }; });
}

}  // namespace potentia
