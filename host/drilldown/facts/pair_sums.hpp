// The twelve value columns of a report's parties, summed over members, sectors or products.
//
// Sums by market and by sector add up the engine's margins, so that they are those of result.h5 bit for bit where
// exporter and market are one country each; sums by product are in the context already.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/drilldown/facts/context.hpp"

namespace potentia::drilldown {

/// One value for each Column, USD.
using Sums = std::array<double, column_count>;

inline void add(Sums& to, const Sums& more) {
  for (int c = 0; c < column_count; ++c) to[c] += more[c];
}

/// Whether there is anything to show.
inline bool has_trade_or_potential(const Sums& sums) {
  return sums[column_actual] > 0.0 || sums[column_potential] > 0.0 || sums[column_potential_now] > 0.0;
}

/// Of the exporter's members to each country of the world; members in ascending order. [countries]
std::vector<Sums> sums_by_market(const Context& context);

/// Of the market's members, or of all countries, in ascending order.
Sums market_sums(const Context& context, const std::vector<Sums>& by_market);
Sums world_sums(const std::vector<Sums>& by_market);

/// Of the exporter's members to the market's members; markets in ascending order, exporters inside. [sectors]
std::vector<Sums> sums_by_sector(const Context& context);

/// Of one product (position along the result's products) between the parties.
Sums product_sums(const Context& context, std::int32_t product);

/// Indices with trade or potential, largest in `column` first, ties by index.
std::vector<std::int32_t> ranked(const std::vector<Sums>& rows, Column column);

/// The same of the result's products.
std::vector<std::int32_t> ranked_products(const Context& context, Column column);

/// Exports of the base period in all products, also those out of scope, USD.
struct AllExports {
  double world = 0.0;   ///< of the exporter's members to all countries
  double market = 0.0;  ///< to the market's members
};
AllExports all_exports(const Context& context);

}  // namespace potentia::drilldown
