#include "host/model/growth.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "host/model/median.hpp"

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
                        ? "no " + name + " growth is known for any country: no growth is assumed"
                        : name + " growth unknown at base or horizon: the median of the known ratios, " +
                              std::to_string(filling) + ", is used";
    notices.push_back(std::move(notice));
  }
  return ratio;
}

}  // namespace

Growth make_growth(const World& world, std::int32_t base_year, std::int32_t horizon_year, std::vector<Notice>& notices) {
  Growth growth;
  growth.gdp = filled(world, ratios(world, world.macro.gdp, base_year, horizon_year), "growth.gdp", "GDP", notices);
  growth.population = filled(world, ratios(world, world.macro.population, base_year, horizon_year), "growth.population",
                             "population", notices);
  return growth;
}

}  // namespace potentia
