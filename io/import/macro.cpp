// GDP and population: from the series of history and projections to the world's table.
#include <fmt/format.h>

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

using Levels = MacroSeries::Levels;
using Path = std::vector<Levels>;  // [countries]

/// Least and most growth from base to horizon that is not worth a warning.
constexpr double usual_gdp[] = {0.2, 5.0}, usual_population[] = {0.5, 2.0};

/// Later years than history has: its level in the last year that both have, times the growth since then. Where history
/// knows nothing of a country, the projection's own levels stand.
void chain(Levels& history, const Levels& projection, const std::string& iso3, const std::string& what, NoticeBook& notices) {
  if (projection.empty()) return;
  if (history.empty()) {
    history = projection;
    notices.add("note", "macro." + what + "_projection_alone", "countries of which only the projections know " + what, iso3);
    return;
  }
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

Path levels_of(std::vector<MacroSeries::Kept>& kept) {
  Path path;
  for (MacroSeries::Kept& country : kept) path.push_back(std::move(country.levels));
  return path;
}

/// One quantity from one source.
Path read_path(const SideTables& tables, const MacroSource& source, Quantity quantity, MacroSeries& series, MacroSeries& projection) {
  const bool is_gdp = quantity == Quantity::gdp;
  const std::string what = is_gdp ? "gdp" : "population";
  Path path = levels_of(series.of(quantity));
  const bool any = std::any_of(path.begin(), path.end(), [](const Levels& country) { return !country.empty(); });
  if (!any) {
    const std::string& wanted = is_gdp ? series.wanted_gdp : series.wanted_population;
    const std::string held = series.found.empty() ? "" : fmt::format("; the files hold {}", fmt::join(series.found, ", "));
    throw input_error(fmt::format("no {} ({}) of any country of this world{}", is_gdp ? "GDP at constant prices" : "population", wanted, held),
                      series.files, fmt::format("add the file that holds {}, or name another source under [macro.{}]", wanted, what));
  }
  if (source.projection.empty()) return path;
  std::vector<MacroSeries::Kept>& later = projection.of(quantity);
  for (std::size_t i = 0; i < path.size(); ++i)
    chain(path[i], later[i].levels, tables.world.countries[i].iso3, what, tables.notices);
  return path;
}

/// A table in which no country has both years would take all growth away.
void require_growth(const SideTables& tables, const Path& path, const std::string& name, const std::string& files) {
  const std::int32_t base = tables.manifest.base_years.back(), horizon = tables.manifest.horizon_year;
  if (base == horizon) return;
  std::int32_t first = 9999, last = 0;
  for (const Levels& country : path) {
    if (country.count(base) != 0 && country.count(horizon) != 0) return;
    if (country.empty()) continue;
    first = std::min(first, country.begin()->first);
    last = std::max(last, country.rbegin()->first);
  }
  throw input_error(fmt::format("no country has {} in both {} and {}: the table covers {} to {}", name, base, horizon, first, last), files,
                    fmt::format("add projections up to {} (macro.projection_file, for instance the IMF's WEO), or choose another "
                                "horizon_year", horizon));
}

void note_growth(const SideTables& tables, const Path& path, const std::string& name, const double (&usual)[2]) {
  const std::int32_t base = tables.manifest.base_years.back(), horizon = tables.manifest.horizon_year;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string& iso3 = tables.world.countries[i].iso3;
    const auto from = path[i].find(base), to = path[i].find(horizon);
    if (from == path[i].end() || to == path[i].end()) {
      tables.notices.add("note", "macro." + std::string(name == "GDP" ? "gdp" : name) + "_ratio_missing",
                         fmt::format("countries without {} in {} or {}: they get the median growth", name, base, horizon), iso3);
      continue;
    }
    const double ratio = to->second / from->second;
    if (ratio >= usual[0] && ratio <= usual[1]) continue;
    tables.notices.add("warning", "macro.unusual_" + std::string(name == "GDP" ? "gdp" : name) + "_growth",
                       fmt::format("{} of {} is less than {:g} or more than {:g} times that of {}", name, horizon, usual[0], usual[1], base),
                       fmt::format("{} {:.4g}", iso3, ratio));
  }
}

std::vector<double> table_of(const Path& path, const std::vector<std::int32_t>& years) {
  std::vector<double> values(path.size() * years.size(), missing_value);
  for (std::size_t i = 0; i < path.size(); ++i)
    for (const auto& [year, level] : path[i]) {
      const auto at = std::lower_bound(years.begin(), years.end(), year) - years.begin();
      values[i * years.size() + static_cast<std::size_t>(at)] = level;
    }
  return values;
}

}  // namespace

void import_macro(const SideTables& tables) {
  const Manifest& manifest = tables.manifest;
  // Files that serve both are read once.
  std::map<const MacroSource*, std::pair<MacroSeries, MacroSeries>> read;
  const auto path_of = [&](const MacroSource& own, Quantity quantity) {
    const MacroSource& source = own.given() ? own : manifest.macro;
    auto found = read.find(&source);
    if (found == read.end()) {
      MacroSeries history = read_macro_files(tables, source.files, source.format, source.columns, "macro"), later;
      if (!source.projection.empty())
        later = read_macro_files(tables, source.projection, source.projection_format, source.projection_columns, "projection");
      found = read.emplace(&source, std::make_pair(std::move(history), std::move(later))).first;
    }
    Path path = read_path(tables, source, quantity, found->second.first, found->second.second);
    require_growth(tables, path, quantity == Quantity::gdp ? "GDP" : "population", found->second.first.files);
    return path;
  };
  const Path gdp = path_of(manifest.macro_gdp, Quantity::gdp);
  const Path population = path_of(manifest.macro_population, Quantity::population);

  std::set<std::int32_t> years;
  for (const Path* path : {&gdp, &population})
    for (const Levels& country : *path)
      for (const auto& level : country) years.insert(level.first);
  Macro& macro = tables.world.macro;
  macro.years.assign(years.begin(), years.end());
  macro.gdp = table_of(gdp, macro.years);
  macro.population = table_of(population, macro.years);
  note_growth(tables, gdp, "GDP", usual_gdp);
  note_growth(tables, population, "population", usual_population);
}

}  // namespace potentia
