// Trade of the exporter with the world and with the market, year by year and product by product.
//
// All products count, also those out of scope. A group is the sum of its members: what they sell each other is part of
// the group's exports and of its imports, as it is part of its potential, and is also told apart as `within`.
#pragma once

#include <cstdint>
#include <vector>

#include "host/drilldown/facts/context.hpp"

namespace potentia::drilldown {

/// Sums of flows, USD.
struct PartyTrade {
  double exports = 0.0, imports = 0.0;                ///< with all countries
  double market_exports = 0.0, market_imports = 0.0;  ///< with the market's members
  double rest_exports = 0.0, rest_imports = 0.0;      ///< with all others
  double within = 0.0;                                ///< between members of the exporter
};

/// Of each year of the world's trade, ascending.
struct YearTrade {
  std::int32_t year = 0;
  PartyTrade trade;
};
std::vector<YearTrade> trade_by_year(const Context& context);

/// Of the base period, by product of the world.
std::vector<PartyTrade> trade_by_product(const Context& context);

/// The sum in ascending order.
PartyTrade sum_of(const std::vector<PartyTrade>& parts);

/// Which way trade goes, seen from the exporter.
enum class Direction { exports, imports };

inline double with_world(const PartyTrade& trade, Direction direction) {
  return direction == Direction::exports ? trade.exports : trade.imports;
}
inline double with_market(const PartyTrade& trade, Direction direction) {
  return direction == Direction::exports ? trade.market_exports : trade.market_imports;
}
inline double with_rest(const PartyTrade& trade, Direction direction) {
  return direction == Direction::exports ? trade.rest_exports : trade.rest_imports;
}

}  // namespace potentia::drilldown
