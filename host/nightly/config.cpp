// See config.hpp.
#include "host/nightly/config.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <utility>

#include "host/nightly/config_items.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

constexpr std::int64_t most_jobs = 1024;

void read_nightly(TomlTable table, const PathReader& reader, Config& config) {
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
  const PathReader reader(path);
  Config config;
  config.path = std::filesystem::absolute(path).lexically_normal().string();
  // Tables nobody knows come first: a misspelt one often explains what is missing.
  TomlTable nightly = root.table("nightly"), keep = root.table("keep"), alarm = root.table("alarm"),
            metrics = root.table("metrics");
  std::vector<TomlTable> worlds = root.tables("world"), reports = root.tables("report"),
                         scenarios = root.tables("scenario"), atlases = root.tables("atlas");
  root.finish();
  read_nightly(std::move(nightly), reader, config);
  read_keep(std::move(keep), config);
  if (worlds.empty()) throw input_error("no world", path, "add a [[world]]; see configs/nightly.toml");
  for (TomlTable& table : worlds) config.worlds.push_back(read_world(std::move(table), reader, config));
  for (TomlTable& table : reports) config.reports.push_back(read_report(std::move(table), reader, config));
  for (TomlTable& table : scenarios) config.scenarios.push_back(read_scenarios(std::move(table), reader, config));
  for (TomlTable& table : atlases) config.atlases.push_back(read_atlas(std::move(table), reader, config));
  config.alarm = read_alarm(std::move(alarm));
  if (!metrics.absent() && !reader.path(metrics, "file", config.metrics_file))
    throw input_error("no key metrics.file", metrics.where(), "name the file that the collector reads");
  metrics.finish();
  return config;
}

}  // namespace potentia::nightly
