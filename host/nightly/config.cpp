// See config.hpp.
#include "host/nightly/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>

#include "host/model/groups.hpp"
#include "io/import/lenient.hpp"
#include "io/nearest.hpp"
#include "io/settings.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

constexpr std::int64_t most_jobs = 1024;
constexpr std::size_t longest_name = 100;
const std::vector<std::string> all_forms = {"html", "json", "csv", "xlsx"};

/// Reads paths, which are relative to the configuration, as absolute ones: steps run in a folder of their own.
class Reader {
public:
  explicit Reader(const std::string& path) : folder_(std::filesystem::absolute(path).parent_path()) {}

  bool path(TomlTable& table, const std::string& key, std::string& value) const {
    if (!table.read(key, value)) return false;
    if (value.empty())
      throw input_error(table.full_name(key) + " is empty", table.where(key), "name a file or take the key out");
    value = (folder_ / value).lexically_normal().string();
    return true;
  }

private:
  std::filesystem::path folder_;
};

void require_range(const TomlTable& table, const std::string& key, std::int64_t value, std::int64_t least,
                   std::int64_t most = std::numeric_limits<std::int32_t>::max()) {
  if (value < least || value > most)
    throw input_error(fmt::format("{} is {}, {}", table.full_name(key), value,
                                  value < least ? fmt::format("below {}", least) : fmt::format("above {}", most)),
                      table.where(key), "correct the value");
}

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

void read_nightly(TomlTable table, const Reader& reader, Config& config) {
  if (table.absent()) throw input_error("no table [nightly]", table.where(), "add it; see configs/nightly.toml");
  if (!reader.path(table, "folder", config.folder))
    throw input_error("no key nightly.folder", table.where(), "name the folder that runs are kept in");
  while (config.folder.size() > 1 && config.folder.back() == '/') config.folder.pop_back();
  table.read("title", config.title);
  if (table.read("jobs", config.jobs)) require_range(table, "jobs", config.jobs, 0, most_jobs);
  table.read_choice("backend", config.backend, {"auto", "cpu", "cuda"});
  if (table.read("on_alarm", config.on_alarm) && !config.on_alarm.empty() && config.on_alarm[0].empty())
    throw input_error("nightly.on_alarm begins with an empty text", table.where("on_alarm"),
                      "name a program, then its arguments");
  table.finish();
}

void read_keep(TomlTable table, Config& config) {
  if (table.read("runs", config.keep_runs)) require_range(table, "runs", config.keep_runs, 1);
  if (table.read("days", config.keep_days)) require_range(table, "days", config.keep_days, 0);
  table.finish();
}

WorldConfig read_world(TomlTable table, const Reader& reader, const Config& config) {
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

const WorldConfig& world_of(TomlTable& table, const Config& config, ReportConfig& report) {
  if (!table.read("world", report.world)) {
    if (config.worlds.size() != 1)
      throw input_error("a report that does not say of which world", table.where(), "add world = \"…\"");
    report.world = config.worlds[0].name;
  }
  std::vector<std::string> names;
  for (const WorldConfig& world : config.worlds) {
    if (world.name == report.world) return world;
    names.push_back(world.name);
  }
  throw input_error(fmt::format("no world is called \"{}\"", report.world), table.where("world"),
                    "did you mean \"" + nearest_name(report.world, names) + "\"?");
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

ReportConfig read_report(TomlTable table, const Reader& reader, const Config& config) {
  ReportConfig report;
  const WorldConfig& world = world_of(table, config, report);
  table.read("exporter", report.exporter);
  table.read("market", report.market);
  if (!reader.path(table, "settings", report.settings)) report.settings = world.settings;
  const DrilldownSettings settings = drilldown_settings(report.settings);
  if (!reader.path(table, "groups", report.groups)) report.groups = settings.groups;
  if (!report.groups.empty()) read_groups(report.groups);
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
  for (const ReportConfig& other : config.reports)
    if (other.world == report.world && other.name == report.name)
      throw input_error(fmt::format("two reports on world \"{}\" are called \"{}\"", report.world, report.name),
                        table.where(), "give each a name of its own");
  return report;
}

void read_share(TomlTable& table, const std::string& key, std::optional<double>& value) {
  double share = 0;
  if (!table.read(key, share)) return;
  if (!std::isfinite(share) || share < 0)
    throw input_error(fmt::format("{} is {}, not a relative change", table.full_name(key), share), table.where(key),
                      "give a fraction: 0.1 is 10 %");
  value = share;
}

void read_count(TomlTable& table, const std::string& key, std::optional<std::int64_t>& value) {
  std::int64_t count = 0;
  if (!table.read(key, count)) return;
  require_range(table, key, count, 0);
  value = count;
}

AlarmConfig read_alarm(TomlTable table) {
  AlarmConfig alarm;
  read_share(table, "total", alarm.total);
  read_share(table, "exporter", alarm.exporter);
  read_share(table, "market", alarm.market);
  read_share(table, "product", alarm.product);
  if (table.read("smallest", alarm.smallest) && !(std::isfinite(alarm.smallest) && alarm.smallest >= 0))
    throw input_error(fmt::format("alarm.smallest is {}", alarm.smallest), table.where("smallest"),
                      "give US dollars, at least 0");
  read_count(table, "drops", alarm.drops);
  read_count(table, "fills", alarm.fills);
  double days = 0;
  if (table.read("data_age_days", days)) {
    if (!std::isfinite(days) || days <= 0)
      throw input_error(fmt::format("alarm.data_age_days is {}", days), table.where("data_age_days"),
                        "give days, above 0");
    alarm.data_age_days = days;
  }
  table.finish();
  return alarm;
}

}  // namespace

Config read_config(const std::string& path) {
  const toml::table tree = parse_toml_file(path);
  TomlTable root(&tree, path, "");
  const Reader reader(path);
  Config config;
  config.path = std::filesystem::absolute(path).lexically_normal().string();
  // Tables nobody knows come first: a misspelt one often explains what is missing.
  TomlTable nightly = root.table("nightly"), keep = root.table("keep"), alarm = root.table("alarm"),
            metrics = root.table("metrics");
  std::vector<TomlTable> worlds = root.tables("world"), reports = root.tables("report");
  root.finish();
  read_nightly(std::move(nightly), reader, config);
  read_keep(std::move(keep), config);
  if (worlds.empty()) throw input_error("no world", path, "add a [[world]]; see configs/nightly.toml");
  for (TomlTable& table : worlds) config.worlds.push_back(read_world(std::move(table), reader, config));
  for (TomlTable& table : reports) config.reports.push_back(read_report(std::move(table), reader, config));
  config.alarm = read_alarm(std::move(alarm));
  if (!metrics.absent() && !reader.path(metrics, "file", config.metrics_file))
    throw input_error("no key metrics.file", metrics.where(), "name the file that the collector reads");
  metrics.finish();
  return config;
}

}  // namespace potentia::nightly
