// See config_items.hpp.
#include "host/nightly/config_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "host/model/groups.hpp"
#include "io/import/lenient.hpp"
#include "io/nearest.hpp"
#include "io/scenario/scenario.hpp"
#include "io/settings.hpp"

namespace potentia::nightly {
namespace {

constexpr std::size_t longest_name = 100;
const std::vector<std::string> all_forms = {"html", "json", "csv", "xlsx"};

/// Names become names of files and of series of metrics.
void check_name(const TomlTable& table, const std::string& name) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (name.empty() || name.size() > longest_name || !std::all_of(name.begin(), name.end(), is_plain))
    throw input_error(fmt::format("{} \"{}\" cannot name a file", table.full_name("name"), name), table.where("name"),
                      "use letters, digits, - and _");
}

/// "LAO", "Viet Nam, THA" → "lao", "viet-nam-tha".
std::string plain_name(const std::string& text) {
  std::string name;
  for (const unsigned char c : text) {
    if (std::isalnum(c) != 0 && c < 0x80)
      name += static_cast<char>(std::tolower(c));
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.substr(0, longest_name / 2);
}

/// What a settings file says of drill-downs; complains of what is wrong with it.
DrilldownSettings drilldown_settings(const std::string& settings) {
  return settings.empty() ? DrilldownSettings{} : read_settings(settings).drilldown;
}

/// The world that a report or scenario is of. @param name receives its name
const WorldConfig& world_of(TomlTable& table, const Config& config, std::string& name) {
  if (!table.read("world", name)) {
    if (config.worlds.size() != 1)
      throw input_error(table.full_name("world") + " is not given, and there are several worlds", table.where(),
                        "add world = \"…\"");
    name = config.worlds[0].name;
  }
  std::vector<std::string> names;
  for (const WorldConfig& world : config.worlds) {
    if (world.name == name) return world;
    names.push_back(world.name);
  }
  throw input_error(fmt::format("no world is called \"{}\"", name), table.where("world"),
                    "did you mean \"" + nearest_name(name, names) + "\"?");
}

/// Settings and groups of a report or scenario: its own, else those of the world. @return what the settings say of
/// drill-downs
template <class Item>
DrilldownSettings read_settings_of(TomlTable& table, const PathReader& reader, const WorldConfig& world, Item& item) {
  if (!reader.path(table, "settings", item.settings)) item.settings = world.settings;
  DrilldownSettings settings = drilldown_settings(item.settings);
  if (!reader.path(table, "groups", item.groups)) item.groups = settings.groups;
  if (!item.groups.empty()) read_groups(item.groups);
  return settings;
}

template <class Item>
void require_new(const TomlTable& table, const Item& item, const std::vector<Item>& others, const char* what) {
  for (const Item& other : others)
    if (other.world == item.world && other.name == item.name)
      throw input_error(fmt::format("two {}s on world \"{}\" are called \"{}\"", what, item.world, item.name),
                        table.where(), "give each a name of its own");
}

void read_forms(TomlTable& table, bool every_pair, ReportConfig& report) {
  report.forms = every_pair ? std::vector<std::string>{"csv"} : std::vector<std::string>{"html", "json", "csv"};
  if (!table.read("forms", report.forms)) return;
  if (report.forms.empty()) throw input_error("report.forms is empty", table.where("forms"), "name at least one form");
  for (const std::string& form : report.forms) {
    if (std::find(all_forms.begin(), all_forms.end(), form) == all_forms.end())
      throw input_error(
          fmt::format("unknown form \"{}\" in report.forms", form), table.where("forms"),
          fmt::format("did you mean \"{}\"? Known are: {}", nearest_name(form, all_forms), fmt::join(all_forms, ", ")));
    if (every_pair && form != "csv")
      throw input_error(fmt::format("a report of every pair has no form \"{}\"", form), table.where("forms"),
                        "write \"csv\"");
  }
}

/// What scenarios are read from: their files, those that they include, and their tables of tariffs.
std::vector<std::string> inputs_of(const std::vector<std::string>& scenarios) {
  std::set<std::string> inputs;
  for (const std::string& file : scenarios) {
    const Scenario scenario = read_scenario(file);
    inputs.insert(scenario.files.begin(), scenario.files.end());
    for (const std::string& tariffs : {scenario.tariffs.rates, scenario.tariffs.members})
      if (!tariffs.empty()) inputs.insert(tariffs);
  }
  return {inputs.begin(), inputs.end()};
}

}  // namespace

void require_range(const TomlTable& table, const std::string& key, std::int64_t value, std::int64_t least,
                   std::int64_t most) {
  if (value < least || value > most)
    throw input_error(fmt::format("{} is {}, {}", table.full_name(key), value,
                                  value < least ? fmt::format("below {}", least) : fmt::format("above {}", most)),
                      table.where(key), "correct the value");
}

WorldConfig read_world(TomlTable table, const PathReader& reader, const Config& config) {
  WorldConfig world;
  if (!table.read("name", world.name)) throw input_error("a world without a name", table.where(), "add name = \"…\"");
  check_name(table, world.name);
  for (const WorldConfig& other : config.worlds)
    if (other.name == world.name)
      throw input_error(fmt::format("two worlds are called \"{}\"", world.name), table.where("name"),
                        "give each a name of its own");
  const bool manifest = reader.path(table, "manifest", world.manifest), file = reader.path(table, "file", world.file);
  if (manifest == file)
    throw input_error(fmt::format("world \"{}\" has {}", world.name,
                                  manifest ? "both manifest and file" : "neither manifest nor file"),
                      table.where(), "give the manifest to import, or the file of a finished world");
  std::vector<std::string> kinds;
  if (table.read("lenient", kinds)) {
    if (file)
      throw input_error("world.lenient is for an import", table.where("lenient"),
                        "take it out: this world is finished");
    for (const std::string& kind : kinds) world.lenient += (world.lenient.empty() ? "" : ",") + kind;
    LenientKinds parsed;
    std::string wrong;
    if (!world.lenient.empty() && !read_lenient_kinds(world.lenient, parsed, wrong))
      throw input_error(fmt::format("no kind of faulty rows is called \"{}\"", wrong), table.where("lenient"),
                        fmt::format("known are all, {}", fmt::join(lenient_names(), ", ")));
  }
  reader.path(table, "settings", world.settings);
  table.finish();
  world.groups = drilldown_settings(world.settings).groups;
  if (!world.groups.empty()) read_groups(world.groups);
  return world;
}

ReportConfig read_report(TomlTable table, const PathReader& reader, const Config& config) {
  ReportConfig report;
  const WorldConfig& world = world_of(table, config, report.world);
  table.read("exporter", report.exporter);
  table.read("market", report.market);
  const DrilldownSettings settings = read_settings_of(table, reader, world, report);
  const std::string exporter = report.exporter.empty() ? settings.exporter : report.exporter;
  const std::string market = report.market.empty() ? settings.market : report.market;
  for (const auto& [side, value] : {std::make_pair("exporter", exporter), std::make_pair("market", market)})
    if (value.empty())
      throw input_error(fmt::format("a report without {}", side), table.where(), fmt::format("add {} = \"…\"", side));
  const auto is_every = [](const std::string& text) { return plain_name(text) == "all"; };
  read_forms(table, is_every(exporter) || is_every(market), report);
  if (table.read("name", report.name))
    check_name(table, report.name);
  else
    report.name = plain_name(exporter) + "-" + plain_name(market);
  table.finish();
  require_new(table, report, config.reports, "report");
  return report;
}

ScenarioConfig read_scenarios(TomlTable table, const PathReader& reader, const Config& config) {
  ScenarioConfig item;
  const WorldConfig& world = world_of(table, config, item.world);
  if (!reader.paths(table, "files", item.files) || item.files.empty())
    throw input_error("no key " + table.full_name("files"), table.where(), "name the scenarios' files");
  item.inputs = inputs_of(item.files);
  table.read("exporter", item.exporter);
  table.read("market", item.market);
  table.read("full", item.full);
  read_settings_of(table, reader, world, item);
  if (table.read("name", item.name)) {
    check_name(table, item.name);
  } else {
    if (item.files.size() > 1)
      throw input_error("no key " + table.full_name("name"), table.where(),
                        "add it: it names the file of these scenarios");
    item.name = plain_name(std::filesystem::path(item.files[0]).stem().string());
  }
  table.finish();
  require_new(table, item, config.scenarios, "scenario");
  return item;
}

AtlasConfig read_atlas(TomlTable table, const PathReader& reader, const Config& config) {
  AtlasConfig item;
  const WorldConfig& world = world_of(table, config, item.world);
  table.read("exporters", item.exporters);
  table.read("markets", item.markets);
  table.read("title", item.title);
  reader.path(table, "logo", item.logo);
  reader.named_paths(table, "names", item.names);
  reader.path(table, "outlook", item.outlook);
  reader.paths(table, "scenarios", item.scenarios);
  item.inputs = inputs_of(item.scenarios);
  std::int64_t cells = 0;
  if (table.read("cells", cells)) {
    require_range(table, "cells", cells, 0);
    item.cells = cells;
  }
  read_settings_of(table, reader, world, item);
  item.name = "atlas";
  if (table.read("name", item.name)) check_name(table, item.name);
  table.finish();
  require_new(table, item, config.atlases, "atlas");
  return item;
}

}  // namespace potentia::nightly
