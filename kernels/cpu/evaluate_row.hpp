// One row of cells: all markets of one exporter and product, added to three margins at once.
#pragma once

#include <cstdint>

#include "kernels/tables.hpp"

namespace potentia {

/// Which terms a world has; the others are left out of the loops, which changes no bits (they would add zeros).
struct RowMode {
  bool income_by_product;  ///< ε differs between products
  bool tariffs;            ///< the row has access terms
  bool tariff_change;      ///< and they change until the horizon
};

/// Sums over products for one exporter, [slot][market]; `income` and `tariff` are used where the mode asks for them.
enum PairSlot {
  pair_now, pair_potential, pair_unrealized, pair_static, pair_weight, pair_supply, pair_actual, pair_realized,
  pair_overtrade, pair_income, pair_tariff, pair_slots
};

/// Sums over exporters for one product, [slot][market].
enum MarketSlot {
  market_now, market_potential, market_unrealized, market_static, market_weight, market_supply, market_realized,
  market_overtrade, market_tariff, market_slots
};

/// Sums over markets for one exporter and product.
enum ExporterSlot {
  exporter_now, exporter_potential, exporter_unrealized, exporter_static, exporter_weight, exporter_population,
  exporter_income, exporter_tariff, exporter_slots
};

struct RowArguments {
  const TableView* view;
  std::int64_t product, exporter;
  const double* actual;            ///< [stride] v_ijk, zeros where nothing is traded
  const double* access_now;        ///< [stride], where the mode has tariffs
  const double* access;
  const double* access_growth;     ///< [stride] ln(A/A⁰), where the mode has tariff change
  double* potential;               ///< [stride] out: EP
  double* pair;                    ///< [pair_slots][stride] added to
  double* market;                  ///< [market_slots][stride] added to
  double* exporter_sums;           ///< [exporter_slots] out
};

void evaluate_row(const RowMode& mode, const RowArguments& row);

}  // namespace potentia
