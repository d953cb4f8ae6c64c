#include "kernels/cpu/evaluate_row.hpp"

#include "kernels/cell.hpp"
#include "kernels/cpu/vec8.hpp"

namespace potentia {
namespace {

PT_HD double total(const vec8& sum) {
  double lane[sum_lanes];
  store(lane, sum);
  return lane_total(lane);
}

template <bool income_by_product, bool tariffs, bool tariff_change>
PT_CLONES void row_of_cells(const RowArguments row) {
  const TableView& view = *row.view;
  const std::int64_t stride = view.stride;
  const SupplyPoint supply = view.supply_point(row.product, row.exporter);
  const double* PT_RESTRICT distance = view.distance + row.exporter * stride;
  const double* PT_RESTRICT inverse_distance = view.inverse_distance + row.exporter * stride;
  const double* PT_RESTRICT ease = view.ease + row.exporter * stride;
  const double* PT_RESTRICT typical = view.typical + row.product * stride;
  const double* PT_RESTRICT inverse_typical = view.inverse_typical + row.product * stride;
  const double* PT_RESTRICT pull_now = view.pull_now + row.product * stride;
  const double* PT_RESTRICT pull = view.pull + row.product * stride;
  const double* PT_RESTRICT log_income = view.log_income + (income_by_product ? row.product * stride : 0);
  const double* PT_RESTRICT log_population = view.log_population;
  double* PT_RESTRICT pair = row.pair;
  double* PT_RESTRICT market = row.market;

  const vec8 one = vec8{} + 1.0;
  vec8 sum_now{}, sum_potential{}, sum_unrealized{}, sum_static{}, sum_weight{}, sum_population{}, sum_income{},
      sum_tariff{};
  for (std::int64_t at = 0; at < stride; at += 8) {
    const vec8 reach = distance_fit(load(distance + at), load(inverse_distance + at), load(typical + at),
                                    load(inverse_typical + at)) * load(ease + at);
    const vec8 population = load(log_population + at), income = load(log_income + at);
    vec8 growth = growth_of(supply, population, income);
    if (tariff_change) growth += load(row.access_growth + at);
    const Cell<vec8> cell = evaluate_cell(supply, load(pull_now + at), load(pull + at), reach,
                                          tariffs ? load(row.access_now + at) : one,
                                          tariffs ? load(row.access + at) : one, growth, load(row.actual + at));
    const vec8 by_supply = cell.weight * supply.growth;
    const vec8 by_income = cell.weight * income;
    store(row.potential + at, cell.potential);

    sum_now += cell.potential_now;
    sum_potential += cell.potential;
    sum_unrealized += cell.unrealized;
    sum_static += cell.static_part;
    sum_weight += cell.weight;
    sum_population += cell.weight * population;
    sum_income += by_income;

    add_to(pair + pair_now * stride + at, cell.potential_now);
    add_to(pair + pair_potential * stride + at, cell.potential);
    add_to(pair + pair_unrealized * stride + at, cell.unrealized);
    add_to(pair + pair_static * stride + at, cell.static_part);
    add_to(pair + pair_weight * stride + at, cell.weight);
    add_to(pair + pair_supply * stride + at, by_supply);
    if (income_by_product) add_to(pair + pair_income * stride + at, by_income);

    add_to(market + market_now * stride + at, cell.potential_now);
    add_to(market + market_potential * stride + at, cell.potential);
    add_to(market + market_unrealized * stride + at, cell.unrealized);
    add_to(market + market_static * stride + at, cell.static_part);
    add_to(market + market_weight * stride + at, cell.weight);
    add_to(market + market_supply * stride + at, by_supply);

    if (tariff_change) {
      const vec8 by_tariff = cell.weight * load(row.access_growth + at);
      sum_tariff += by_tariff;
      add_to(pair + pair_tariff * stride + at, by_tariff);
      add_to(market + market_tariff * stride + at, by_tariff);
    }
  }
  row.exporter_sums[exporter_now] = total(sum_now);
  row.exporter_sums[exporter_potential] = total(sum_potential);
  row.exporter_sums[exporter_unrealized] = total(sum_unrealized);
  row.exporter_sums[exporter_static] = total(sum_static);
  row.exporter_sums[exporter_weight] = total(sum_weight);
  row.exporter_sums[exporter_population] = total(sum_population);
  row.exporter_sums[exporter_income] = total(sum_income);
  row.exporter_sums[exporter_tariff] = total(sum_tariff);
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
