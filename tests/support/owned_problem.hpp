// A problem with the tables that it points into: both live and die together.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/problem.hpp"

namespace potentia::testing {

struct OwnedProblem {
  std::vector<std::int32_t> sector_begin, product_column;
  std::vector<std::uint64_t> product_begin, product_end;
  std::vector<std::uint16_t> exporter, market;
  std::vector<double> value, distance, gdp_growth, population_growth, sigma, income_elasticity, rate;
  std::vector<std::int32_t> row_now, row_horizon;
  std::vector<double> multiplier, sigma_horizon, ease_given;
  Problem problem;

  /// Once all tables but those of a variant have been filled.
  /// @param tariff_rows of `rate`; 0 where there are no tariffs
  void point(std::int32_t countries, std::int32_t products, std::int32_t sectors, std::size_t tariff_rows) {
    problem.countries = countries;
    problem.products = products;
    problem.sectors = sectors;
    problem.sector_begin = sector_begin.data();
    problem.product_column = product_column.data();
    problem.flows = {product_begin.data(), product_end.data(), exporter.data(), market.data(), value.data(), value.size()};
    problem.distance = distance.data();
    problem.gdp_growth = gdp_growth.data();
    problem.population_growth = population_growth.data();
    problem.sigma = sigma.data();
    problem.income_elasticity = income_elasticity.data();
    if (tariff_rows > 0)
      problem.tariffs = {static_cast<std::int32_t>(tariff_rows), rate.data(), row_now.data(), row_horizon.data()};
  }
};

}  // namespace potentia::testing
