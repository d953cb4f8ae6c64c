#include "kernels/country_tables.hpp"

#include <cmath>

#include "kernels/real_math.hpp"
#include "kernels/tables.hpp"

namespace potentia {

CountryTables make_country_tables(const Problem& problem) {
  const std::size_t countries = problem.countries, stride = padded(problem.countries);
  CountryTables tables;
  tables.distance = Buffer<double>(countries * stride);
  tables.inverse_distance = Buffer<double>(countries * stride);
  tables.log_distance = Buffer<double>::zeroed(countries * stride);
  tables.known_distance = Buffer<double>::zeroed(countries * stride);
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < stride; ++market) {
      const std::size_t at = exporter * stride + market;
      const double km = market < countries ? problem.distance[exporter * countries + market] : not_a_number();
      const bool known = !std::isnan(km);
      tables.distance[at] = known && problem.distance_fit ? km : infinity();
      tables.inverse_distance[at] = known && problem.distance_fit ? 1.0 / km : infinity();
      if (known) {
        tables.log_distance[at] = log(km);
        tables.known_distance[at] = 1.0;
      }
    }

  tables.log_gdp_growth.assign(stride, 0.0);
  tables.log_population.assign(stride, 0.0);
  tables.income_growth.assign(stride, 1.0);
  tables.log_income_growth.assign(stride, 0.0);
  for (std::size_t country = 0; country < countries; ++country) {
    const double income = problem.gdp_growth[country] / problem.population_growth[country];
    tables.log_gdp_growth[country] = log(problem.gdp_growth[country]);
    tables.log_population[country] = log(problem.population_growth[country]);
    tables.income_growth[country] = income;
    tables.log_income_growth[country] = log(income);
  }
  return tables;
}

}  // namespace potentia
