// Everything the parts of a report are computed from. No part evaluates a formula of its own: potentials come from the
// engine, cell by cell, and every total is a sum of cells in a fixed order.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/drilldown/facts/tariffs.hpp"
#include "host/drilldown/report.hpp"
#include "host/model/base_trade.hpp"
#include "io/result/solution.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::drilldown {

/// The twelve value columns by product of the result (Solution::axes.products), USD.
struct ProductColumns {
  std::array<std::vector<double>, column_count> columns;

  /// Sum over products in ascending order.
  double total(Column column) const;
};

struct Context {
  const World* world = nullptr;
  const Solution* solution = nullptr;  ///< of the exporter's members (its rows) towards all markets
  const Backend* backend = nullptr;    ///< holds the solved problem: `pair_cells` gives any pair's cells
  std::shared_ptr<const BaseTrade> base_trade;  ///< flows of the base period, of all products
  Party exporter, market;
  std::vector<char> is_exporter, is_market;      ///< [countries]
  ProductColumns pair;                           ///< exporter's members to market's members, markets in ascending order
  FacedTariffs tariffs;
  std::vector<std::string> short_names;          ///< [products of the world] for sentences and charts
};

/// Evaluates the pair's cells. @pre `solution` is of exactly the exporter's members and all markets
Context make_context(const World& world, const Solution& solution, const Backend& backend, Party exporter, Party market);

}  // namespace potentia::drilldown
