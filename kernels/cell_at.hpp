// A cell from the tables: eight markets at a time on the CPU, one on a device or in a list.
#pragma once

#include <cstdint>

#include "kernels/cell.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Reads one entry, or eight neighbours.
template <class Real>
PT_HD Real load_as(const double* from) {
  return *from;
}

/// What the exporter faces in the market: (1 + t)^−σ of both vintages and ln(A/A⁰).
template <class Real>
struct AccessTerms {
  Real now, horizon, growth;
};

/// A cell with the logarithms that explain its change.
template <class Real>
struct ExplainedCell {
  Cell<Real> cell;
  Real actual, log_population, log_income, log_access;
};

/// @param market the first of the markets, a multiple of eight where Real holds eight
/// @tparam tariff_change false leaves ln(A/A⁰) = 0 out of the growth
template <bool tariff_change, class Real>
PT_HD ExplainedCell<Real> cell_at(const TableView& view, const SupplyPoint& supply, std::int64_t product,
                                  std::int64_t exporter, std::int64_t market, const AccessTerms<Real>& access,
                                  const Real& actual) {
  const std::int64_t pair = exporter * view.stride + market, entry = product * view.stride + market;
  const Real reach = distance_fit(load_as<Real>(view.distance + pair), load_as<Real>(view.inverse_distance + pair),
                                  load_as<Real>(view.typical + entry), load_as<Real>(view.inverse_typical + entry)) *
                     load_as<Real>(view.ease + pair);
  ExplainedCell<Real> out;
  out.actual = actual;
  out.log_population = load_as<Real>(view.log_population + market);
  out.log_income = load_as<Real>(view.log_income + (view.income_by_product ? entry : market));
  out.log_access = access.growth;
  Real growth = growth_of(supply, out.log_population, out.log_income);
  if (tariff_change) growth = growth + access.growth;
  out.cell = evaluate_cell(supply, load_as<Real>(view.pull_now + entry), load_as<Real>(view.pull + entry), reach,
                           access.now, access.horizon, growth, actual);
  return out;
}

/// The access terms of one cell by table look-up. @pre the view has tariffs
PT_HD AccessTerms<double> access_at(const TableView& view, std::int64_t product, std::int64_t exporter,
                                    std::int64_t market) {
  const std::int64_t pair = exporter * view.countries + market;
  const int now = view.row_now[pair], horizon = view.row_horizon[pair];
  const double* access = view.access + product * view.tariff_rows;
  const double* log_cost = view.log_cost + product * view.tariff_rows;
  AccessTerms<double> terms;
  terms.now = now < 0 ? 1.0 : access[now];
  terms.horizon = horizon < 0 ? 1.0 : access[horizon];
  terms.growth = view.log_pull[product * view.stride + market] -
                 ((horizon < 0 ? 0.0 : log_cost[horizon]) - (now < 0 ? 0.0 : log_cost[now]));
  return terms;
}

}  // namespace potentia
