// One cell of the cube: what an exporter could sell of a product in a market, and why (METHOD.md, "Potential and its
// parts").
//
//   potential     = supply · demand · access · distance fit · ease        now, and at the horizon
//   unrealized    = max(0, potential − actual)
//   static        = min(unrealized, max(0, potential now − actual)) = max(0, min(potential, potential now) − actual)
//   change        = potential − potential now = weight · (ln of each factor's growth), weight the logarithmic mean
//
// Written once for a plain double (device, lists) and for a vector of eight markets or exporters (CPU loops): the same
// operations in the same order, hence the same bits. No cell needs a logarithm or a power: those are table entries.
#pragma once

#include "kernels/portable.hpp"

namespace potentia {

template <class Real>
PT_HD Real smaller(Real a, Real b) {
  return a < b ? a : b;
}

template <class Real>
PT_HD Real larger(Real a, Real b) {
  return a > b ? a : b;
}

/// min(d/g, g/d) by reciprocals; infinite entries in either pair stand for "unknown" and give 1.
template <class Real>
PT_HD Real distance_fit(Real distance, Real inverse_distance, Real typical, Real inverse_typical) {
  const Real one = Real{} + 1.0;
  return smaller(one, smaller<Real>(distance * inverse_typical, typical * inverse_distance));
}

/// `pull` is demand times the access term of the market, (1 + mean tariff)^σ; `reach` is distance fit times ease;
/// `access` is the exporter's own term, (1 + tariff)^−σ.
template <class Supply, class Real>
PT_HD Real potential_of(Supply supply, Real pull, Real reach, Real access) {
  return supply * (pull * (reach * access));
}

/// The logarithmic mean of the two potentials, where `growth` is the logarithm of their ratio.
template <class Real>
PT_HD Real logarithmic_mean(Real potential_now, Real potential, Real growth) {
  constexpr double small = 0x1p-10;  // below it the quotient loses digits and four terms of the series are exact
  const Real quotient = (potential - potential_now) / growth;
  const Real series = potential_now * (1.0 + growth * (0.5 + growth * (1.0 / 6.0 + growth * (1.0 / 24.0))));
  const Real magnitude = growth < 0.0 ? -growth : growth;
  return magnitude >= small ? quotient : series;
}

/// What the sums over cells are made of; every value column follows from sums of these.
template <class Real>
struct Cell {
  Real potential_now, potential, unrealized, static_part, weight;
};

/// Pieces of a cell that depend on the exporter and the product only: of one exporter, or of eight.
template <class Real>
struct SupplyPoints {
  Real now, horizon, growth;  ///< S⁰, S, ln(S/S⁰)
};
using SupplyPoint = SupplyPoints<double>;

/// ln(EP/EP⁰) without tariff change; with it, ln(A/A⁰) is added last.
template <class Supply, class Real>
PT_HD Real growth_of(const SupplyPoints<Supply>& supply, Real log_population, Real log_income) {
  return (supply.growth + log_population) + log_income;
}

/// @param growth ln(EP/EP⁰), the sum of the four logarithms
template <class Supply, class Real>
PT_HD Cell<Real> evaluate_cell(const SupplyPoints<Supply>& supply, Real pull_now, Real pull, Real reach, Real access_now,
                               Real access, Real growth, Real actual) {
  Cell<Real> cell;
  const Real zero = Real{};
  cell.potential_now = potential_of(supply.now, pull_now, reach, access_now);
  cell.potential = potential_of(supply.horizon, pull, reach, access);
  cell.unrealized = larger<Real>(zero, cell.potential - actual);
  cell.static_part = larger<Real>(zero, smaller(cell.potential, cell.potential_now) - actual);
  cell.weight = logarithmic_mean(cell.potential_now, cell.potential, growth);
  return cell;
}

}  // namespace potentia
