#include "kernels/cpu/cell_tile.hpp"

#include "kernels/cpu/vec8.hpp"

#define PT_INLINE_LAMBDA __attribute__((always_inline))

namespace potentia {
namespace {

template <CellTerms terms, bool income_by_product, bool tariffs, bool tariff_change, bool pairs, bool markets, int exporters>
PT_CLONES void tile_of_cells(const TileArguments tile) {
  constexpr bool levels = terms != CellTerms::potential, drivers = terms == CellTerms::drivers;
  constexpr int pair_sums = used_pair_slots(terms, income_by_product, tariffs);
  constexpr int market_sums = markets ? used_market_slots(terms, tariffs) : 0;
  constexpr int factors = market_factors(terms, income_by_product);
  const vec8 one = vec8{} + 1.0;

  vec8 sum[exporters][exporter_slots] = {};
  for (std::int64_t v = 0; v < tile.vectors; ++v) {
    double* const market = tile.market + v * (8 * (factors + market_sums));
    const vec8 typical = load(market), inverse_typical = load(market + 8), pull = load(market + 16);
    const vec8 pull_now = levels ? load(market + 24) : vec8{};
    vec8 log_population{}, log_income{};
    if (drivers) {
      log_population = load(tile.growth + v * 16);
      log_income = income_by_product ? load(market + 32) : load(tile.growth + v * 16 + 8);
    }
    vec8 to_market[exporters][market_slots];  // what each exporter adds: few enough to stay in registers
#pragma GCC unroll 2
    for (int e = 0; e < exporters; ++e) {
      const double* const factor = tile.pair_factor[e] + v * (8 * pair_factors);
      const vec8 reach = distance_fit(load(factor), load(factor + 8), typical, inverse_typical) * load(factor + 16);
      ExplainedCell<vec8> at{};
      AccessTerms<vec8> access{one, one, vec8{}};
      if (tariffs) access.horizon = load(tile.access[e] + 8 * v);
      if (levels) {
        if (tariffs) access.now = load(tile.access_now[e] + 8 * v);
        vec8 growth{};
        if (drivers) {
          at.log_population = log_population;
          at.log_income = log_income;
          growth = growth_of(tile.supply[e], log_population, log_income);
          if (tariff_change) {
            access.growth = load(tile.access_growth[e] + 8 * v);
            at.log_access = access.growth;
            growth = growth + access.growth;
          }
        }
        at.cell = evaluate_cell(tile.supply[e], pull_now, pull, reach, access.now, access.horizon, growth,
                                load(tile.actual[e] + 8 * v));
        store(tile.potential[e] + 8 * v, at.cell.potential);
      } else {
        at.cell.potential = potential_of(tile.supply[e].horizon, pull, reach, access.horizon);
      }
      add_to_exporter<terms, tariff_change>(at, [&](int slot, const vec8& value) PT_INLINE_LAMBDA { sum[e][slot] += value; });
      if (pairs) {
        double* const pair = tile.pair[e] + v * (8 * pair_sums);
        add_to_pair<terms, income_by_product, tariff_change>(
            at, tile.supply[e], [&](int slot, const vec8& value) PT_INLINE_LAMBDA { add_to(pair + 8 * slot, value); });
      }
      if (markets)
        add_to_market<terms, tariff_change>(
            at, tile.supply[e], [&](int slot, const vec8& value) PT_INLINE_LAMBDA { to_market[e][slot] = value; });
    }
#pragma GCC unroll 9
    for (int slot = 0; slot < market_sums; ++slot) {
      // Trade is added elsewhere, and where access does not change there is nothing to add.
      if (slot == market_realized || slot == market_overtrade || (slot == market_tariff && !tariff_change)) continue;
      vec8 sum_of_market = load(market + 8 * (factors + slot));
#pragma GCC unroll 2
      for (int e = 0; e < exporters; ++e) sum_of_market += to_market[e][slot];
      store(market + 8 * (factors + slot), sum_of_market);
    }
  }
  // Unrolled, so that the sums have no address and stay in registers.
#pragma GCC unroll 2
  for (int e = 0; e < exporters; ++e)
#pragma GCC unroll 11
    for (int slot = 0; slot < exporter_slots; ++slot) {
      double lane[sum_lanes];
      store(lane, sum[e][slot]);
      tile.exporter_sums[e][slot] = lane_total(lane);
    }
}

template <CellTerms terms, bool income_by_product, bool tariffs, bool tariff_change>
TileLoop with_terms(const TileMode& mode, int exporters) {
  if (mode.pairs && mode.markets)
    return exporters == 2 ? tile_of_cells<terms, income_by_product, tariffs, tariff_change, true, true, 2>
                          : tile_of_cells<terms, income_by_product, tariffs, tariff_change, true, true, 1>;
  if (mode.pairs)
    return exporters == 2 ? tile_of_cells<terms, income_by_product, tariffs, tariff_change, true, false, 2>
                          : tile_of_cells<terms, income_by_product, tariffs, tariff_change, true, false, 1>;
  if (mode.markets)
    return exporters == 2 ? tile_of_cells<terms, income_by_product, tariffs, tariff_change, false, true, 2>
                          : tile_of_cells<terms, income_by_product, tariffs, tariff_change, false, true, 1>;
  return exporters == 2 ? tile_of_cells<terms, income_by_product, tariffs, tariff_change, false, false, 2>
                        : tile_of_cells<terms, income_by_product, tariffs, tariff_change, false, false, 1>;
}

template <bool income_by_product>
TileLoop with_drivers(const TileMode& mode, int exporters) {
  if (mode.tariff_change) return with_terms<CellTerms::drivers, income_by_product, true, true>(mode, exporters);
  if (mode.tariffs) return with_terms<CellTerms::drivers, income_by_product, true, false>(mode, exporters);
  return with_terms<CellTerms::drivers, income_by_product, false, false>(mode, exporters);
}

}  // namespace

TileLoop tile_loop(const TileMode& mode, int exporters) {
  if (mode.terms == CellTerms::drivers)
    return mode.income_by_product ? with_drivers<true>(mode, exporters) : with_drivers<false>(mode, exporters);
  if (mode.terms == CellTerms::levels)
    return mode.tariffs ? with_terms<CellTerms::levels, false, true, false>(mode, exporters)
                        : with_terms<CellTerms::levels, false, false, false>(mode, exporters);
  return mode.tariffs ? with_terms<CellTerms::potential, false, true, false>(mode, exporters)
                      : with_terms<CellTerms::potential, false, false, false>(mode, exporters);
}

}  // namespace potentia
