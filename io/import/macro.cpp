// GDP and population: reading of the three layouts, and the chaining of projections to history.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "io/import/macro_series.hpp"
#include "io/import/side_tables.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// Later years than history has: its level in the last year that both have, times the growth since then.
void chain(MacroSeries::Levels& history, const MacroSeries::Levels& projection, const std::string& iso3,
           const std::string& what, NoticeBook& notices) {
  if (projection.empty()) return;
  const auto common = std::find_if(history.rbegin(), history.rend(),
                                   [&projection](const auto& level) { return projection.count(level.first) != 0; });
  if (common == history.rend()) {
    notices.add("drop", "macro.projection_without_history",
                "projections of GDP or population without a year that history has too", iso3);
    return;
  }
  const std::int32_t base = common->first;
  const double level = common->second;
  const double projected_base = projection.at(base);
  for (auto later = projection.upper_bound(base); later != projection.end(); ++later) {
    if (!history.emplace(later->first, level * (later->second / projected_base)).second) continue;
    notices.add("note", "macro." + what + "_chained", "years of GDP or population chained on by growth", iso3);
  }
}

void note_missing_ratios(const SideTables& tables, const std::vector<MacroSeries::Levels>& levels,
                         const std::string& what) {
  const std::int32_t base = tables.manifest.base_years.back();
  const std::int32_t horizon = tables.manifest.horizon_year;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].count(base) != 0 && levels[i].count(horizon) != 0) continue;
    tables.notices.add("note", "macro." + what + "_ratio_missing",
                       "countries without " + (what == "gdp" ? "GDP" : what) + " in " + std::to_string(base) + " or " + std::to_string(horizon) +
                           ": they get the median growth",
                       tables.world.countries[i].iso3);
  }
}

std::vector<double> table_of(const std::vector<MacroSeries::Levels>& levels, const std::vector<std::int32_t>& years) {
  std::vector<double> values(levels.size() * years.size(), missing_value);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    for (const auto& [year, level] : levels[i]) {
      const auto at = std::lower_bound(years.begin(), years.end(), year) - years.begin();
      values[i * years.size() + static_cast<std::size_t>(at)] = level;
    }
  }
  return values;
}

void require(const std::vector<MacroSeries::Levels>& levels, const std::string& what, const std::string& where) {
  const bool any = std::any_of(levels.begin(), levels.end(), [](const auto& country) { return !country.empty(); });
  if (!any) throw input_error("no " + what + " of any country of this world", where, "check the format");
}

}  // namespace

void import_macro(const SideTables& tables) {
  const Manifest& manifest = tables.manifest;
  MacroSeries history = read_macro_files(tables, manifest.macro, manifest.macro_format, "macro");
  const std::string& where = manifest.macro.front().path;
  require(history.gdp, "GDP", where);
  require(history.population, "population", where);
  if (!manifest.projection.empty()) {
    const MacroSeries projection =
        read_macro_files(tables, manifest.projection, manifest.projection_format, "projection");
    for (std::size_t i = 0; i < history.gdp.size(); ++i) {
      const std::string& iso3 = tables.world.countries[i].iso3;
      chain(history.gdp[i], projection.gdp[i], iso3, "gdp", tables.notices);
      chain(history.population[i], projection.population[i], iso3, "population", tables.notices);
    }
  }
  std::set<std::int32_t> years;
  for (const std::vector<MacroSeries::Levels>* levels : {&history.gdp, &history.population}) {
    for (const MacroSeries::Levels& country : *levels) {
      for (const auto& level : country) years.insert(level.first);
    }
  }
  Macro& macro = tables.world.macro;
  macro.years.assign(years.begin(), years.end());
  macro.gdp = table_of(history.gdp, macro.years);
  macro.population = table_of(history.population, macro.years);
  note_missing_ratios(tables, history.gdp, "gdp");
  note_missing_ratios(tables, history.population, "population");
}

}  // namespace potentia
