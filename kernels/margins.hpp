// What is summed over cells for each margin, and how the twelve value columns follow from the sums.
//
// A logarithm that is constant along a sum is applied to the summed weight instead of to every cell: supply growth along
// markets, population along products and exporters, income along exporters (and along products where ε is uniform).
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/asked.hpp"
#include "kernels/cell_at.hpp"
#include "kernels/portable.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// Sums over products of one exporter and market. `pair_income` is used where ε differs between products,
/// `pair_tariff` where access changes until the horizon. What fewer terms need comes first (`CellTerms`).
enum PairSlot {
  pair_potential, pair_now, pair_unrealized, pair_static, pair_actual, pair_realized, pair_overtrade, pair_weight,
  pair_supply, pair_income, pair_tariff, pair_slots
};

/// Sums over exporters of one market and product.
enum MarketSlot {
  market_potential, market_now, market_unrealized, market_static, market_realized, market_overtrade, market_weight,
  market_supply, market_tariff, market_slots
};

/// Sums over markets of one exporter and product.
enum ExporterSlot {
  exporter_potential, exporter_now, exporter_unrealized, exporter_static, exporter_actual, exporter_realized,
  exporter_overtrade, exporter_weight, exporter_population, exporter_income, exporter_tariff, exporter_slots
};

/// Slots that a world and the terms carried need: those that they lack come last and are left out.
PT_HD constexpr int used_pair_slots(CellTerms terms, bool income_by_product, bool tariffs) {
  if (terms == CellTerms::potential) return pair_now;
  if (terms == CellTerms::levels) return pair_weight;
  return tariffs ? pair_slots : (income_by_product ? pair_tariff : pair_income);
}
PT_HD constexpr int used_market_slots(CellTerms terms, bool tariffs) {
  if (terms == CellTerms::potential) return market_now;
  if (terms == CellTerms::levels) return market_weight;
  return tariffs ? market_slots : market_tariff;
}

/// Calls add(slot, value) for what the cell adds to its pair; trade itself is added by `add_trade`.
template <CellTerms terms, bool income_by_product, bool tariff_change, class Supply, class Real, class Add>
PT_HD void add_to_pair(const ExplainedCell<Real>& at, const SupplyPoints<Supply>& supply, const Add& add) {
  add(pair_potential, at.cell.potential);
  if (terms == CellTerms::potential) return;
  add(pair_now, at.cell.potential_now);
  add(pair_unrealized, at.cell.unrealized);
  add(pair_static, at.cell.static_part);
  if (terms == CellTerms::levels) return;
  add(pair_weight, at.cell.weight);
  add(pair_supply, Real(at.cell.weight * supply.growth));
  if (income_by_product) add(pair_income, Real(at.cell.weight * at.log_income));
  if (tariff_change) add(pair_tariff, Real(at.cell.weight * at.log_access));
}

template <CellTerms terms, bool tariff_change, class Real, class Add>
PT_HD void add_to_market(const ExplainedCell<Real>& at, const SupplyPoint& supply, const Add& add) {
  add(market_potential, at.cell.potential);
  if (terms == CellTerms::potential) return;
  add(market_now, at.cell.potential_now);
  add(market_unrealized, at.cell.unrealized);
  add(market_static, at.cell.static_part);
  if (terms == CellTerms::levels) return;
  add(market_weight, at.cell.weight);
  add(market_supply, Real(at.cell.weight * supply.growth));
  if (tariff_change) add(market_tariff, Real(at.cell.weight * at.log_access));
}

template <CellTerms terms, bool tariff_change, class Real, class Add>
PT_HD void add_to_exporter(const ExplainedCell<Real>& at, const Add& add) {
  add(exporter_potential, at.cell.potential);
  if (terms == CellTerms::potential) return;
  add(exporter_now, at.cell.potential_now);
  add(exporter_unrealized, at.cell.unrealized);
  add(exporter_static, at.cell.static_part);
  if (terms == CellTerms::levels) return;
  add(exporter_weight, at.cell.weight);
  add(exporter_population, Real(at.cell.weight * at.log_population));
  add(exporter_income, Real(at.cell.weight * at.log_income));
  if (tariff_change) add(exporter_tariff, Real(at.cell.weight * at.log_access));
}

/// How much of a traded cell's value its potential explains.
struct TradedParts {
  double actual, realized, overtrade;
};

PT_HD TradedParts traded_parts(double actual, double potential) {
  const double realized = smaller(actual, potential);
  return {actual, realized, actual - realized};
}

/// The sums behind the value columns.
struct CellSums {
  double actual, potential_now, potential, realized, unrealized, static_part, overtrade;
  double change_supply, change_population, change_income, change_tariff;
};

/// The columns in the order of `Column`. Dynamic is what is left of unrealised: never negative, because both sums run
/// over the same cells in the same order and no cell's static part exceeds its unrealised part.
PT_HD void value_columns(const CellSums& sums, double* columns) {
  columns[column_actual] = sums.actual;
  columns[column_potential_now] = sums.potential_now;
  columns[column_potential] = sums.potential;
  columns[column_realized] = sums.realized;
  columns[column_unrealized] = sums.unrealized;
  columns[column_static] = sums.static_part;
  columns[column_dynamic] = sums.unrealized - sums.static_part;
  columns[column_overtrade] = sums.overtrade;
  columns[column_change_supply] = sums.change_supply;
  columns[column_change_population] = sums.change_population;
  columns[column_change_income] = sums.change_income;
  columns[column_change_tariff] = sums.change_tariff;
}

/// @param slot slot s of the pair is slot[s * step]; slots that `terms` have not are not read
PT_HD CellSums pair_sums(const TableView& view, std::int64_t market, const double* slot, std::int64_t step,
                         CellTerms terms = CellTerms::drivers) {
  CellSums sums{};
  sums.potential = slot[pair_potential * step];
  if (terms == CellTerms::potential) return sums;
  sums.actual = slot[pair_actual * step];
  sums.potential_now = slot[pair_now * step];
  sums.realized = slot[pair_realized * step];
  sums.unrealized = slot[pair_unrealized * step];
  sums.static_part = slot[pair_static * step];
  sums.overtrade = slot[pair_overtrade * step];
  if (terms == CellTerms::levels) return sums;
  const double weight = slot[pair_weight * step];
  sums.change_supply = slot[pair_supply * step];
  sums.change_population = view.log_population[market] * weight;
  sums.change_income = view.income_by_product ? slot[pair_income * step] : view.log_income[market] * weight;
  sums.change_tariff = view.tariff_rows > 0 ? slot[pair_tariff * step] : 0.0;
  return sums;
}

PT_HD CellSums market_sums(const TableView& view, std::int64_t product, std::int64_t market, const double* slot,
                           std::int64_t step, CellTerms terms = CellTerms::drivers) {
  CellSums sums{};
  sums.potential = slot[market_potential * step];
  if (terms == CellTerms::potential) return sums;
  const std::int64_t entry = product * view.stride + market;
  sums.actual = view.imports[entry];
  sums.potential_now = slot[market_now * step];
  sums.realized = slot[market_realized * step];
  sums.unrealized = slot[market_unrealized * step];
  sums.static_part = slot[market_static * step];
  sums.overtrade = slot[market_overtrade * step];
  if (terms == CellTerms::levels) return sums;
  const double weight = slot[market_weight * step];
  sums.change_supply = slot[market_supply * step];
  sums.change_population = view.log_population[market] * weight;
  sums.change_income = view.log_income[view.income_by_product ? entry : market] * weight;
  sums.change_tariff = view.tariff_rows > 0 ? slot[market_tariff * step] : 0.0;
  return sums;
}

/// Of a product that the market does not buy. Zeros have signs: a shrinking population's part is -0.
PT_HD CellSums market_sums_of_nothing(const TableView& view, std::int64_t market) {
  CellSums sums{};
  sums.change_population = view.log_population[market] * 0.0;
  if (!view.income_by_product) sums.change_income = view.log_income[market] * 0.0;
  return sums;
}
/// Whether market_sums() may be anything else. The income's part has the sign of its logarithm, which may be -0.
inline bool market_has_sums(const TableView& view, std::int64_t product, std::int64_t market) {
  const std::int64_t entry = product * view.stride + market;
  return view.imports[entry] > 0.0 || (view.income_by_product && std::signbit(view.log_income[entry]));
}

/// @param slot [exporter_slots], zeros where the terms have none
PT_HD CellSums exporter_sums(const SupplyPoint& supply, const double* slot) {
  return {slot[exporter_actual],     slot[exporter_now],    slot[exporter_potential], slot[exporter_realized],
          slot[exporter_unrealized], slot[exporter_static], slot[exporter_overtrade], supply.growth * slot[exporter_weight],
          slot[exporter_population], slot[exporter_income], slot[exporter_tariff]};
}

/// A single cell as if it were a sum.
PT_HD CellSums cell_sums(const ExplainedCell<double>& at, const SupplyPoint& supply) {
  const TradedParts traded = traded_parts(at.actual, at.cell.potential);
  const double weight = at.cell.weight;
  return {traded.actual,         at.cell.potential_now, at.cell.potential,      traded.realized,
          at.cell.unrealized,    at.cell.static_part,   traded.overtrade,       weight * supply.growth,
          weight * at.log_population, weight * at.log_income, weight * at.log_access};
}

}  // namespace potentia
