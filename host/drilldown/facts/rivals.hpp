// What the market buys of each product, from whom, and how its demand grows.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/drilldown/facts/context.hpp"

namespace potentia::drilldown {

/// A supplier other than the exporter's members.
struct Rival {
  std::int32_t country = -1;  ///< index into World::countries, -1 = none
  double value = 0.0;         ///< its sales to the market's members in the base period, USD
};

/// All by product of the result; members of the market taken together, trade among them included.
struct MarketDemand {
  std::vector<double> imports;  ///< of the base period, USD
  std::vector<double> growth;   ///< projected demand / base demand − 1; NaN where the market buys nothing
  std::vector<std::array<Rival, 3>> rivals;  ///< the largest, ties by code
};

MarketDemand market_demand(const Context& context);

}  // namespace potentia::drilldown
