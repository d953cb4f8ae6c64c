// What a world is made of and what it is short of, and how much of its trade that concerns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/world/trade_shares.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// One line of the table of coverage: a variable that potentials are computed from.
struct Coverage {
  std::string variable;              ///< "exports 2022", "GDP 2024 and 2029", "distance" …
  std::string of;                    ///< "countries", "pairs that trade", "products in scope", "markets"
  std::uint64_t known = 0, all = 0;  ///< of these
  double missing_share = 0.0;        ///< of the trade of the base years, that concerns those without
  std::vector<std::string> missing;  ///< codes of the countries or products, by their trade in question, largest first
  std::string instead;               ///< what stands in where it is missing
  std::string rule;                  ///< of its notice, "coverage.distance"; empty where another one says it
  std::string warning;               ///< the notice in words, without the share
};

/// Every variable: exports and imports of each base year, GDP, population, distance, elasticities, tariffs. Who trades
/// in no base year at all is only a name in the country table and not counted among exporters and markets.
/// @param base_years, horizon_year ascending; the world's own, or others that settings ask for
std::vector<Coverage> coverage_table(const World& world, const TradeShares& trade,
                                     const std::vector<std::int32_t>& base_years, std::int32_t horizon_year);
inline std::vector<Coverage> coverage_table(const World& world, const TradeShares& trade) {
  return coverage_table(world, trade, world.base_years, world.horizon_year);
}

/// Warnings for the world's provenance, one for everything that is missing: coverage.growth (GDP or population),
/// coverage.distance, coverage.elasticity, coverage.tariffs (where the world has any), coverage.exporter_gap.YEAR and
/// coverage.market_gap.YEAR. Nothing missing = none.
std::vector<Notice> coverage_notices(const World& world, const TradeShares& trade);

/// "1.2 %"; what rounds to nothing is "below 0.1 %".
std::string share_in_words(double share);

}  // namespace potentia
