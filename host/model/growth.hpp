// Growth of GDP and population from base to horizon, with what is missing filled by rule.
#pragma once

#include <cstdint>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

struct Growth {
  std::vector<double> gdp;         ///< [countries] G = GDP(horizon) / GDP(base)
  std::vector<double> population;  ///< [countries] P
};

/// @param notices receives one fill per series, with whose; a warning where the world has no table at all
/// @throws Error(input) where there is a table, but no country has both years in it
Growth make_growth(const World& world, std::int32_t base_year, std::int32_t horizon_year, std::vector<Notice>& notices);

}  // namespace potentia
