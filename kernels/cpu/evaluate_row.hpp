// One row of cells: all markets of one exporter and product, added to three margins at once.
#pragma once

#include <cstdint>

#include "kernels/margins.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Which terms a world has; the others are left out of the loops, which changes no bits (they would add zeros).
struct RowMode {
  bool income_by_product;  ///< ε differs between products
  bool tariffs;            ///< the row has access terms
  bool tariff_change;      ///< and they change until the horizon
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
  double* exporter_sums;           ///< [exporter_slots] out, but for the slots of trade itself
};

void evaluate_row(const RowMode& mode, const RowArguments& row);

}  // namespace potentia
