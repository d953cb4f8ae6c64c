// Everything the parts of a report are computed from. No part evaluates a formula of its own: potentials come from the
// engine, cell by cell, and every total is a sum of cells in a fixed order.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/drilldown/report.hpp"
#include "io/settings.hpp"
#include "io/solution.hpp"
#include "io/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::drilldown {

/// The twelve value columns by product of the result (Solution::axes.products), USD.
struct ProductColumns {
  std::array<std::vector<double>, column_count> columns;

  double total(Column column) const;  ///< sum over products in ascending order
};

/// Tariffs that the exporter's members face in the market's members, by product of the result. Means over member pairs
/// are weighted by their trade in the product, equally where they have none; a pair without known tariffs has none.
struct FacedTariffs {
  bool known = false;                        ///< whether any member of the market has a schedule
  std::vector<double> now, horizon;          ///< [products] fractions; NaN where no member of the market has a schedule
  std::vector<double> rivals_now, rivals_horizon;  ///< [products] trade-weighted mean of all other exporters' tariffs
                                             ///< there; NaN where none of them exports the product to the market
  std::vector<std::string> regime_now, regime_horizon;  ///< [products] the regime that grants the lowest rate, "MFN free"
                                             ///< where MFN is 0 already, "MFN" where nothing beats it; of the largest
                                             ///< member pair by trade (by code where they trade nothing)
};

struct Context {
  const World* world = nullptr;
  const Solution* solution = nullptr;  ///< of the exporter's members towards all markets
  Party exporter, market;
  std::vector<bool> is_exporter, is_market;  ///< [countries]
  ProductColumns pair;                 ///< exporter's members to market's members
  std::vector<ProductColumns> by_market_member;  ///< the same for each member of the market, in order (groups only: else one)
  FacedTariffs tariffs;
  Settings settings;                   ///< as used
};

}  // namespace potentia::drilldown
