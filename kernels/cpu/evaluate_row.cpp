#include "kernels/cpu/evaluate_row.hpp"

#include "kernels/cpu/vec8.hpp"

#define PT_INLINE_LAMBDA __attribute__((always_inline))

namespace potentia {
namespace {

template <bool income_by_product, bool tariffs, bool tariff_change>
PT_CLONES void row_of_cells(const RowArguments row) {
  TableView view = *row.view;
  view.income_by_product = income_by_product;
  const std::int64_t stride = view.stride;
  const SupplyPoint supply = view.supply_point(row.product, row.exporter);
  double* PT_RESTRICT pair = row.pair;
  double* PT_RESTRICT market = row.market;
  double* PT_RESTRICT potential = row.potential;

  const vec8 one = vec8{} + 1.0;
  AccessTerms<vec8> access{one, one, vec8{}};
  vec8 sum[exporter_slots] = {};
  for (std::int64_t at = 0; at < stride; at += 8) {
    if (tariffs) access.now = load(row.access_now + at);
    if (tariffs) access.horizon = load(row.access + at);
    if (tariff_change) access.growth = load(row.access_growth + at);
    const ExplainedCell<vec8> cell =
        cell_at<tariff_change>(view, supply, row.product, row.exporter, at, access, load(row.actual + at));
    store(potential + at, cell.cell.potential);
    add_to_exporter<tariff_change>(cell, [&](int slot, const vec8& value) PT_INLINE_LAMBDA { sum[slot] += value; });
    add_to_pair<income_by_product, tariff_change>(
        cell, supply, [&](int slot, const vec8& value) PT_INLINE_LAMBDA { add_to(pair + slot * stride + at, value); });
    add_to_market<tariff_change>(
        cell, supply, [&](int slot, const vec8& value) PT_INLINE_LAMBDA { add_to(market + slot * stride + at, value); });
  }
  for (int slot = 0; slot < exporter_slots; ++slot) {
    double lane[sum_lanes];
    store(lane, sum[slot]);
    row.exporter_sums[slot] = lane_total(lane);
  }
}

}  // namespace

void evaluate_row(const RowMode& mode, const RowArguments& row) {
  if (mode.income_by_product) {
    if (mode.tariff_change) return row_of_cells<true, true, true>(row);
    if (mode.tariffs) return row_of_cells<true, true, false>(row);
    return row_of_cells<true, false, false>(row);
  }
  if (mode.tariff_change) return row_of_cells<false, true, true>(row);
  if (mode.tariffs) return row_of_cells<false, true, false>(row);
  return row_of_cells<false, false, false>(row);
}

}  // namespace potentia
