// A tile of cells: one or two exporters, one product, all markets, added to up to three margins at once.
//
// Whatever a cell reads and adds to lies side by side for each eight markets, so that a tile follows few streams through
// the caches: one a market and product (its factors, then its sums), and two an exporter (its pairs' factors, their sums).
// Two exporters in a tile share what they read of a market, and load and store its sums once.
#pragma once

#include <cstdint>

#include "kernels/margins.hpp"
#include "kernels/tables.hpp"

namespace potentia {

inline constexpr int tile_exporters = 2;

/// Which terms a world has and which sums are wanted; the others are left out of the loops, which changes no bits (they
/// would add zeros).
struct TileMode {
  CellTerms terms = CellTerms::drivers;
  bool income_by_product = false;  ///< ε differs between products
  bool tariffs = false;            ///< cells have access terms
  bool tariff_change = false;      ///< and they change until the horizon
  bool pairs = true, markets = true;
};

/// Vectors of a pair's factors: distance, 1 / distance, ease.
inline constexpr int pair_factors = 3;

/// Vectors of a market and product: typical distance, 1 / typical distance, pull, then pull now, then ln income.
PT_HD constexpr int market_factors(CellTerms terms, bool income_by_product) {
  return terms == CellTerms::potential ? 3 : (terms == CellTerms::drivers && income_by_product ? 5 : 4);
}

struct TileArguments {
  std::int64_t vectors;                              ///< eight markets each
  const double* growth;                              ///< [vector][2][8] ln P and, where it is a market's own, ln income
  double* market;                                    ///< [vector][market_factors, then sums of markets][8]
  SupplyPoint supply[tile_exporters];
  const double* pair_factor[tile_exporters];         ///< [vector][pair_factors][8]
  double* pair[tile_exporters];                      ///< [vector][sums of pairs][8] added to
  const double* actual[tile_exporters];              ///< [stride] v_ijk, zeros where nothing is traded
  const double* access_now[tile_exporters];          ///< [stride], where the mode has tariffs
  const double* access[tile_exporters];
  const double* access_growth[tile_exporters];       ///< [stride] ln(A/A⁰), where the mode has tariff change
  double* potential[tile_exporters];                 ///< [stride] out: EP, where the terms have more than that
  double* exporter_sums[tile_exporters];             ///< [exporter_slots] out, but for the slots of trade
};

using TileLoop = void (*)(TileArguments);

/// The loop over the markets of a tile. @param exporters 1 or 2
TileLoop tile_loop(const TileMode& mode, int exporters);

}  // namespace potentia
