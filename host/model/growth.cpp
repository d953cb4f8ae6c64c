#include "host/model/growth.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "host/model/median.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// level(horizon) / level(base) of each country, NaN where either is missing.
std::vector<double> ratios(const World& world, const std::vector<double>& levels, std::int32_t base_year,
                           std::int32_t horizon_year) {
  const std::vector<std::int32_t>& years = world.macro.years;
  const auto base = std::find(years.begin(), years.end(), base_year);
  const auto horizon = std::find(years.begin(), years.end(), horizon_year);
  std::vector<double> ratio(world.country_count(), missing_value);
  if (base == years.end() || horizon == years.end()) return ratio;
  for (std::size_t country = 0; country < ratio.size(); ++country) {
    const double* row = levels.data() + country * years.size();
    ratio[country] = row[horizon - years.begin()] / row[base - years.begin()];
  }
  return ratio;
}

/// "2015-2028", or "none" where no country has a level of any year.
std::string covered_years(const World& world, const std::vector<double>& levels) {
  const std::vector<std::int32_t>& years = world.macro.years;
  std::int32_t first = 0, last = 0;
  for (std::size_t at = 0; at < levels.size(); ++at) {
    if (std::isnan(levels[at])) continue;
    const std::int32_t year = years[at % years.size()];
    first = first == 0 ? year : std::min(first, year);
    last = std::max(last, year);
  }
  if (first == 0) return "no year at all";
  return first == last ? std::to_string(first) + " alone" : std::to_string(first) + " to " + std::to_string(last);
}

/// A table that says nothing about this growth is a mistake, not a world that stands still.
void require_some(const World& world, const std::vector<double>& levels, const std::vector<double>& ratio,
                  std::int32_t base_year, std::int32_t horizon_year, const std::string& name, const std::string& where) {
  if (world.macro.years.empty() || base_year == horizon_year || world.countries.empty()) return;
  if (std::any_of(ratio.begin(), ratio.end(), [](double known) { return !std::isnan(known); })) return;
  const std::string base = std::to_string(base_year), horizon = std::to_string(horizon_year);
  throw input_error("no country has " + name + " in both " + base + " and " + horizon + ": the table covers " +
                        covered_years(world, levels),
                    where, "add projections up to " + horizon + " and import again, or choose another horizon_year");
}

std::vector<double> filled(const World& world, std::vector<double> ratio, const std::string& rule,
                           const std::string& name, std::vector<Notice>& notices) {
  const double median = median_of_known(ratio);
  const double filling = std::isnan(median) ? 1.0 : median;
  Notice notice{"fill", rule, 0, "", {}};
  for (std::size_t country = 0; country < ratio.size(); ++country) {
    if (!std::isnan(ratio[country])) continue;
    ratio[country] = filling;
    notice.whose.push_back(world.countries[country].iso3);
  }
  notice.count = notice.whose.size();
  if (notice.count > 0) {
    notice.detail = std::isnan(median)
                        ? "the world has no " + name + " table: no growth is assumed"
                        : name + " growth unknown at base or horizon: the median of the known ratios, " +
                              std::to_string(filling) + ", is used";
    notices.push_back(std::move(notice));
  }
  return ratio;
}

}  // namespace

Growth make_growth(const World& world, std::int32_t base_year, std::int32_t horizon_year, std::vector<Notice>& notices) {
  const auto series = [&](const std::vector<double>& levels, const std::string& key, const std::string& name) {
    std::vector<double> ratio = ratios(world, levels, base_year, horizon_year);
    require_some(world, levels, ratio, base_year, horizon_year, name, "/macro/" + key);
    return filled(world, std::move(ratio), "growth." + key, name, notices);
  };
  Growth growth;
  growth.gdp = series(world.macro.gdp, "gdp", "GDP");
  growth.population = series(world.macro.population, "population", "population");
  if (world.macro.years.empty() && base_year != horizon_year)
    notices.push_back({"warning", "growth.none", 1, "the world has no GDP and population: potentials at the horizon have no growth in them", {}});
  return growth;
}

}  // namespace potentia
