// What is said of a listed cell beside its potential: tariffs, growth of demand, flags, who supplies it.
#pragma once

#include <cstdint>
#include <vector>

#include "host/model/flags.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia::atlas {

/// All along the listed cells of a solution of the whole world.
struct CellFacts {
  std::vector<double> tariff_now, tariff;  ///< faced in the base period and at the horizon; NaN without a schedule
  std::vector<double> growth;              ///< projected demand of the market / demand of the base period − 1
  std::vector<double> imports;             ///< of the market in the base period, USD
  std::vector<FlagSet> flags;              ///< those of the drill-down for the same exporter and market
  std::vector<std::int32_t> supplier;      ///< largest supplier other than the exporter, -1 = none
  std::vector<double> supplier_share;      ///< its share of the market's imports
};

/// @param solution of all exporters and markets
CellFacts make_cell_facts(const World& world, const Solution& solution, int threads);

/// An exporter that another meets: both have a listed cell in the same market and product.
struct Rival {
  std::int32_t country = -1;
  std::int64_t cells = 0;  ///< in how many
  double size = 0.0;       ///< the smaller of the two unrealised potentials, added up, USD
};

/// By exporter: whom it meets, largest size first, ties by code.
std::vector<std::vector<Rival>> find_rivals(const Solution& solution, std::size_t at_most);

}  // namespace potentia::atlas
