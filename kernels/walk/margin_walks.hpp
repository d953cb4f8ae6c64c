// The walks that sum cells to the four margins: the functors that the device's launcher calls (and a test's plain loops).
//
// A cell adds to three sums that run along three different axes; each axis is walked by threads of its own, which compute
// the cells anew instead of exchanging partial sums: a cell is some fifty operations on registers, and no sum needs a
// floating-point atomic or an order of blocks.
//
//   pair      one thread per (segment, exporter, market) walks along the segment's products
//   market    one thread per (product, market) walks along exporters
//   exporter  eight threads per (product, exporter) walk along markets, lane-strided
//
// `product` counts from the first product of the run of segments that is evaluated, `first_product`.
#pragma once

#include <cstdint>

#include "kernels/margins.hpp"
#include "kernels/walk/flow_lookup.hpp"

namespace potentia {

/// The cell at one place, with the trade found by the look-up.
template <bool tariffs>
PT_HD ExplainedCell<double> cell_of(const TableView& view, const FlowLookup& flows,
                                                         const SupplyPoint& supply, std::int64_t product,
                                                         std::int64_t exporter, std::int64_t market) {
  const AccessTerms<double> access =
      tariffs ? access_at(view, product, exporter, market) : AccessTerms<double>{1.0, 1.0, 0.0};
  return cell_at<tariffs>(view, supply, product, exporter, market, access,
                          flows(product, exporter, market));
}

/// Columns that were asked for lie one behind the other.
struct WalkColumns {
  double* values;  ///< [column asked for][size]; null = none
  std::int64_t size;
  ColumnSet asked;

  PT_HD void write(const CellSums& sums, std::int64_t at) const {
    double value[column_count];
    value_columns(sums, value);
    std::int64_t place = at;
    for (int c = 0; c < column_count; ++c) {
      if (!asked.has(c)) continue;
      values[place] = value[c];
      place += size;
    }
  }
};

/// Adds a cell's trade to the slots of a margin whose terms have it.
template <int actual_slot, int realized_slot, int overtrade_slot>
PT_HD void add_trade(const ExplainedCell<double>& cell, double* slot) {
  const TradedParts traded = traded_parts(cell.actual, cell.cell.potential);
  if (actual_slot >= 0) slot[actual_slot >= 0 ? actual_slot : 0] += traded.actual;
  slot[realized_slot] += traded.realized;
  slot[overtrade_slot] += traded.overtrade;
}

template <CellTerms terms, bool income_by_product, bool tariffs>
struct PairPass {
  TableView view;
  FlowLookup flows;
  const Segment* segments;
  const std::int32_t* exporters;
  const std::int32_t* markets;
  std::int64_t exporter_count, market_count;
  double* partial;  ///< [segment][slot][exporter][market]

  PT_HD void operator()(std::int64_t segment_number, std::int64_t pair) const {
    const std::int64_t exporter = exporters[pair / market_count], market = markets[pair % market_count];
    const Segment segment = segments[segment_number];
    double slot[pair_slots] = {};
#if defined(__CUDA_ARCH__)
#pragma unroll 1  // the short loop of few terms would be unrolled until registers spill
#endif
    for (std::int64_t product = segment.first; product < segment.last; ++product) {
      if (!(view.exports[product * view.stride + exporter] > 0.0)) continue;
      const SupplyPoint supply = view.supply_point(product, exporter);
      const ExplainedCell<double> cell = cell_of<tariffs>(view, flows, supply, product, exporter, market);
      add_to_pair<terms, income_by_product, tariffs>(cell, supply, [&](int at, double value) { slot[at] += value; });
      if (terms != CellTerms::potential) add_trade<pair_actual, pair_realized, pair_overtrade>(cell, slot);
    }
    const std::int64_t pairs = exporter_count * market_count;
    constexpr int slots = used_pair_slots(terms, income_by_product, tariffs);
    for (int s = 0; s < slots; ++s) partial[(segment_number * slots + s) * pairs + pair] = slot[s];
  }
};

/// Segments of a sector one after the other, then sectors.
struct PairTotals {
  TableView view;
  const Segment* segments;
  std::int32_t segment_count;
  const std::int32_t* markets;
  std::int64_t exporter_count, market_count;
  CellTerms terms;
  const double* partial;  ///< as PairPass leaves it
  WalkColumns pair_columns, sector_columns;

  PT_HD void operator()(std::int64_t row, std::int64_t column) const {
    const std::int64_t pairs = exporter_count * market_count, pair = row * market_count + column;
    const std::int64_t market = markets[column];
    const int slots = used_pair_slots(terms, view.income_by_product, view.tariff_rows > 0);
    double total[pair_slots] = {};
    std::int32_t s = 0;
    for (std::int32_t sector = 0; sector < view.sectors; ++sector) {
      double slot[pair_slots] = {};
      for (; s < segment_count && segments[s].sector == sector; ++s)
        for (int at = 0; at < slots; ++at)
          slot[at] += partial[(static_cast<std::int64_t>(s) * slots + at) * pairs + pair];
      for (int at = 0; at < slots; ++at) total[at] += slot[at];
      sector_columns.write(pair_sums(view, market, slot, 1, terms), pair * view.sectors + sector);
    }
    pair_columns.write(pair_sums(view, market, total, 1, terms), pair);
  }
};

template <CellTerms terms, bool tariffs>
struct MarketPass {
  TableView view;
  FlowLookup flows;
  std::int64_t first_product;
  const std::int32_t* product_column;
  WalkColumns columns;

  PT_HD void operator()(std::int64_t row, std::int64_t market) const {
    const std::int64_t product = first_product + row;
    double slot[market_slots] = {};
    for (std::int64_t exporter = 0; exporter < view.countries; ++exporter) {
      if (!(view.exports[product * view.stride + exporter] > 0.0)) continue;
      const SupplyPoint supply = view.supply_point(product, exporter);
      const ExplainedCell<double> cell = cell_of<tariffs>(view, flows, supply, product, exporter, market);
      add_to_market<terms, tariffs>(cell, supply, [&](int at, double value) { slot[at] += value; });
      if (terms != CellTerms::potential) add_trade<-1, market_realized, market_overtrade>(cell, slot);
    }
    columns.write(market_sums(view, product, market, slot, 1, terms), market * view.products + product_column[product]);
  }
};

/// Also what reporting thresholds are judged on. There are no columns where sums over chosen markets would be partial.
template <CellTerms terms, bool tariffs>
struct ExporterPass {
  static constexpr int slots = exporter_slots;
  TableView view;
  FlowLookup flows;
  const std::int32_t* exporters;
  std::int64_t exporter_count;
  std::int64_t first_product;
  const std::int32_t* product_column;
  WalkColumns columns;
  double* world_potential;   ///< null = not asked for
  double* world_unrealized;

  PT_HD void lane(std::int64_t in_run, std::int64_t row, int lane, double* slot) const {
    const std::int64_t product = first_product + in_run, exporter = exporters[row];
    if (!(view.exports[product * view.stride + exporter] > 0.0)) return;
    const SupplyPoint supply = view.supply_point(product, exporter);
    for (std::int64_t market = lane; market < view.countries; market += sum_lanes) {
      const ExplainedCell<double> cell = cell_of<tariffs>(view, flows, supply, product, exporter, market);
      add_to_exporter<terms, tariffs>(cell, [&](int at, double value) { slot[at] += value; });
      if (terms != CellTerms::potential) add_trade<exporter_actual, exporter_realized, exporter_overtrade>(cell, slot);
    }
  }
  PT_HD void finish(std::int64_t in_run, std::int64_t row, const double* slot) const {
    const std::int64_t product = first_product + in_run, exporter = exporters[row], at = row * view.products + product_column[product];
    SupplyPoint supply{};
    if (view.exports[product * view.stride + exporter] > 0.0) supply = view.supply_point(product, exporter);
    if (world_potential != nullptr) {
      world_potential[at] = slot[exporter_potential];
      world_unrealized[at] = slot[exporter_unrealized];
    }
    columns.write(exporter_sums(supply, slot), at);
  }
};

}  // namespace potentia
