// The small tables of countries and pairs, made on the host for both backends: a few logarithms.
#pragma once

#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/problem.hpp"

namespace potentia {

struct CountryTables {
  // [exporter][market], rows padded
  Buffer<double> distance, inverse_distance;  ///< km and 1/km; infinite where unknown or not wanted, which makes the fit 1
  Buffer<double> log_distance;                ///< ln d, 0 where unknown
  Buffer<double> known_distance;              ///< 1 or 0
  // [country], padded
  std::vector<double> log_gdp_growth;         ///< ln G
  std::vector<double> log_population;         ///< ln P
  std::vector<double> income_growth;          ///< G / P
  std::vector<double> log_income_growth;      ///< ln(G / P)
};

CountryTables make_country_tables(const Problem& problem);

}  // namespace potentia
