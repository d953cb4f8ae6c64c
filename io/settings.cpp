// See settings.hpp. Each key is named once for reading, once for writing and once in the commented file of defaults; a
// test compares the three.
#include "io/settings.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::int32_t earliest_year = 1900;
constexpr std::int32_t latest_year = 2200;

void check_year(std::int32_t year, const TomlTable& table, const std::string& key) {
  if (year >= earliest_year && year <= latest_year) return;
  throw input_error(fmt::format("{} {} is not a year", table.full_name(key), year), table.where(key),
                    fmt::format("give a year between {} and {}", earliest_year, latest_year));
}

YearSettings read_years(TomlTable table) {
  YearSettings years;
  if (table.read("base_years", years.base_years)) {
    for (std::size_t n = 0; n < years.base_years.size(); ++n) {
      check_year(years.base_years[n], table, "base_years");
      if (n > 0 && years.base_years[n] <= years.base_years[n - 1]) {
        throw input_error("world.base_years must be in ascending order, each year once", table.where("base_years"),
                          "sort the years");
      }
    }
  }
  if (table.read("horizon_year", years.horizon_year) && years.horizon_year != 0) {
    check_year(years.horizon_year, table, "horizon_year");
    if (!years.base_years.empty() && years.horizon_year < years.base_years.back()) {
      throw input_error(fmt::format("horizon_year {} lies before the last base year {}", years.horizon_year,
                                    years.base_years.back()),
                        table.where("horizon_year"), "choose a later horizon or earlier base years");
    }
  }
  table.finish();
  return years;
}

void check_weights(const std::vector<double>& weights, const TomlTable& table) {
  bool any = weights.empty();
  for (const double weight : weights) {
    if (!std::isfinite(weight) || weight < 0) {
      throw input_error(fmt::format("method.weights holds {}, which is not a finite number of at least 0", weight),
                        table.where("weights"), "correct the weight");
    }
    any = any || weight > 0;
  }
  if (!any) {
    throw input_error("method.weights are all zero", table.where("weights"), "give at least one year a weight above 0");
  }
}

MethodSettings read_method(TomlTable table, const YearSettings& years) {
  MethodSettings method;
  table.read_choice("ease", method.ease, {"trade_share", "calibrated"});
  table.read("distance_fit", method.distance_fit);
  table.read("net_importer_correction", method.net_importer_correction);
  table.read("tariffs", method.tariffs);
  if (table.read("weights", method.weights)) {
    check_weights(method.weights, table);
    if (!method.weights.empty() && !years.base_years.empty() && method.weights.size() != years.base_years.size()) {
      throw input_error(fmt::format("method.weights has {} values for {} base years", method.weights.size(),
                                    years.base_years.size()),
                        table.where("weights"), "give one weight for each base year");
    }
  }
  table.read_choice("missing_years", method.missing_years, {"zero", "skip"});
  table.finish();
  return method;
}

CellSettings read_cells(TomlTable table) {
  CellSettings cells;
  if (table.read("top", cells.top) && cells.top < 0) {
    throw input_error(fmt::format("cells.top is {}, below 0", cells.top), table.where("top"),
                      "give a number of cells, or 0 for all");
  }
  table.read("thresholds", cells.thresholds);
  table.finish();
  return cells;
}

DrilldownSettings read_drilldown(TomlTable table, const std::string& file) {
  DrilldownSettings drilldown;
  table.read("exporter", drilldown.exporter);
  table.read("market", drilldown.market);
  if (table.read("groups", drilldown.groups) && !drilldown.groups.empty())
    drilldown.groups = (std::filesystem::path(file).parent_path() / drilldown.groups).string();
  table.finish();
  return drilldown;
}

// The shortest text that reads back to the same number, always recognisable as a float.
std::string number(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

template <class T, class Write>
std::string list(const std::vector<T>& values, Write write) {
  std::string text = "[";
  for (const T& value : values) text += (text.size() == 1 ? "" : ", ") + write(value);
  return text + "]";
}

Settings settings_of(const toml::table& file, const std::string& name) {
  TomlTable root(&file, name, "");
  Settings settings;
  settings.world = read_years(root.table("world"));
  settings.method = read_method(root.table("method"), settings.world);
  settings.cells = read_cells(root.table("cells"));
  settings.drilldown = read_drilldown(root.table("drilldown"), name);
  root.finish();
  return settings;
}

}  // namespace

Settings read_settings(const std::string& path) { return settings_of(parse_toml_file(path), path); }

Settings parse_settings(const std::string& text, const std::string& name) {
  return settings_of(parse_toml_text(text, name), name);
}

std::string settings_to_toml(const Settings& settings) {
  const auto year = [](std::int32_t value) { return std::to_string(value); };
  return fmt::format(
      "[world]\n"
      "base_years = {}\n"
      "horizon_year = {}\n"
      "\n"
      "[method]\n"
      "ease = \"{}\"\n"
      "distance_fit = {}\n"
      "net_importer_correction = {}\n"
      "tariffs = {}\n"
      "weights = {}\n"
      "missing_years = \"{}\"\n"
      "\n"
      "[cells]\n"
      "top = {}\n"
      "thresholds = {}\n",
      list(settings.world.base_years, year), settings.world.horizon_year, settings.method.ease,
      settings.method.distance_fit, settings.method.net_importer_correction, settings.method.tariffs,
      list(settings.method.weights, number), settings.method.missing_years, settings.cells.top,
      settings.cells.thresholds);
}

const char* default_settings_toml() {
  return R"(# Settings of `potentia solve` and `potentia drilldown`, all of them, with their defaults. A flag on the command line
# beats this file.

[world]
base_years = []                      # years whose trade is averaged; empty = those of the world file
horizon_year = 0                     # year that potentials look ahead to; 0 = that of the world file

[method]
ease = "trade_share"                 # ease of trade: "trade_share", or "calibrated" (today's potentials add up to
                                     # today's trade for every pair of countries)
distance_fit = true                  # weigh a market by how typical its distance is for what it buys
net_importer_correction = true       # scale down what a country imports more of than it exports
tariffs = true                       # market access and tariff advantage; false = as if there were no tariffs
weights = []                         # one for each base year; empty = equal
missing_years = "zero"               # a base year without a record counts as 0; "skip" averages the years that have one

[cells]
top = 500                            # list so many of the largest unrealised cells of each exporter; 0 = all that
                                     # qualify
thresholds = true                    # list only what passes ITC's reporting thresholds; false = every cell with
                                     # potential qualifies. Sums always take every cell

[drilldown]
exporter = ""                        # what `potentia drilldown` reports on: a country (LAO), a group (ASEAN), a list
market = ""                          # (CHN,THA) or "world"; "all" writes tables of every pair instead. Flags beat these
groups = ""                          # a file of groups of your own, beside this one; those of configs/groups.toml are
                                     # built in
)";
}

}  // namespace potentia
