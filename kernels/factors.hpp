// The factor tables, one functor a table, each writing one entry (METHOD.md, "Factors").
//
//   supply     S_ik = (x_ik G_i / Σ x G) · min(1, x_ik / m_ik) · ((1 + t̄_ik) / (1 + t̄_k))^σ      (exporter, product)
//   demand     D_jk = m_jk · P_j · (G_j / P_j)^ε                                                  (market, product)
//   pull       D_jk · (1 + t̄_jk)^σ, now and at the horizon                                        (market, product)
//   typical    g_jk = exp(Σ v ln d / Σ v over suppliers whose distance is known)                  (market, product)
//   access     (1 + t)^−σ for each row of tariffs                                                  (row, product)
//
// Tables are product-major, [product][country] with a row length of `stride`, because a cell loop walks one product at
// a time. Pointers are to host or device memory; the backends only choose who calls operator() for which entry.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia {

/// part / whole for a part that is 0 where the whole is: 0 then. Without a condition, which would keep compilers from
/// working on several entries at a time.
PT_HD double share_of(double part, double whole) {
  constexpr double least = 0x1p-1074;  // no positive number is smaller
  return part / (whole > least ? whole : least);
}

/// Trade-weighted mean of what was summed; 0 where there is no trade.
PT_HD double mean_or_zero(double weighted, double weight) { return share_of(weighted, weight); }

/// a^σ, exactly 1 where the two tariffs are equal.
PT_HD double tariff_term(double over, double under, double sigma) {
  const double term = pow_of_positive((1.0 + over) / (1.0 + under), sigma);
  return over == under ? 1.0 : term;
}

/// In: Σ v ln d in `typical` and Σ v over known distances in `inverse_typical`. Out: g and 1/g, infinite if unknown.
struct TypicalDistanceTable {
  double* typical;
  double* inverse_typical;
  std::int64_t stride;

  PT_HD void operator()(std::int64_t product, std::int64_t market) const {
    const std::int64_t at = product * stride + market;
    const double known = inverse_typical[at];
    const double g = exp(typical[at] / (known > 0.0 ? known : 1.0));
    typical[at] = known > 0.0 ? g : infinity();
    inverse_typical[at] = known > 0.0 ? 1.0 / g : infinity();
  }
};

struct SupplyInputs {
  const double* exports;               ///< [product][exporter]
  const double* imports;               ///< [product][country]
  const double* world_exports;         ///< [product] Σ x
  const double* projected_exports;     ///< [product] Σ x G
  const double* gdp_growth;            ///< [exporter]
  const double* duty_paid;             ///< [product][exporter] Σ v t of now; not read without tariffs
  const double* world_duty_paid;       ///< [product]
  const double* sigma;                 ///< [product]
  bool net_importer_correction;
  double* supply_now;
  double* supply;
  std::int64_t stride;
};

/// @tparam duties whether there are tariffs
template <bool duties>
struct SupplyTable : SupplyInputs {
  explicit SupplyTable(const SupplyInputs& inputs) : SupplyInputs(inputs) {}

  PT_HD void operator()(std::int64_t product, std::int64_t exporter) const {
    const std::int64_t at = product * stride + exporter;
    const double x = exports[at];
    // First, so that little else is in registers while it is raised.
    const double term = duties ? tariff_term(mean_or_zero(duty_paid[at], x),
                                             mean_or_zero(world_duty_paid[product], world_exports[product]), sigma[product])
                               : 1.0;
    const double m = imports[at];
    const double common = share_of(x, net_importer_correction && m > x ? m : x) * term;  // x / x is 1
    supply_now[at] = share_of(x, world_exports[product]) * common;
    supply[at] = share_of(x * gdp_growth[exporter], projected_exports[product]) * common;
  }
};

struct DemandTable {
  const double* imports;               ///< [product][market]
  const double* population_growth;     ///< [market]
  const double* income_growth;         ///< [market] G / P
  const double* income_elasticity;     ///< [product], or [market, product] with `elasticity_products` columns
  std::int64_t elasticity_products;    ///< 0 = not by market
  double* demand;
  std::int64_t stride;

  PT_HD void operator()(std::int64_t product, std::int64_t market) const {
    const std::int64_t at = product * stride + market;
    const double elasticity = income_elasticity[elasticity_products == 0 ? product : market * elasticity_products + product];
    demand[at] = imports[at] * (population_growth[market] * pow(income_growth[market], elasticity));
  }
};

/// Demand times (1 + t̄_jk)^σ of both vintages, and the market's part of ln(A/A⁰).
struct PullTable {
  const double* imports;               ///< demand of now
  const double* demand;
  const double* duty_paid_now;         ///< [product][market] Σ v t
  const double* duty_paid_horizon;
  const double* sigma;
  const double* sigma_horizon;         ///< the same as `sigma` but in variants
  double* pull_now;
  double* pull;
  double* log_pull;                    ///< σ (ln(1 + t̄ horizon) − ln(1 + t̄ now)), each with its own σ
  std::int64_t stride;

  PT_HD void operator()(std::int64_t product, std::int64_t market) const {
    const std::int64_t at = product * stride + market;
    const double now = 1.0 + mean_or_zero(duty_paid_now[at], imports[at]);
    const double horizon = 1.0 + mean_or_zero(duty_paid_horizon[at], imports[at]);
    const double s = sigma[product], s_horizon = sigma_horizon[product];
    pull_now[at] = imports[at] * pow(now, s);
    pull[at] = demand[at] * pow(horizon, s_horizon);
    if (s == s_horizon)
      log_pull[at] = now == horizon ? 0.0 : s * (log(horizon) - log(now));
    else
      log_pull[at] = s_horizon * log(horizon) - s * log(now);
  }
};

/// ln of a multiplier. A number so low that it stands for ln 0: a change to or from 0 is then all its doing, and no
/// product with it is infinite.
PT_HD double log_multiplier(double multiplier) { return multiplier > 0.0 ? log(multiplier) : -0x1p600; }

struct AccessTable {
  const double* rate;                  ///< [row][product]
  const double* multiplier;            ///< [row][product], null = 1
  const double* sigma;                 ///< [product]
  const double* sigma_horizon;         ///< [product] of rows from `first_horizon_row` on
  std::int64_t first_horizon_row;
  std::int64_t products, rows;
  double* rate_by_product;             ///< [product][row], null = not wanted
  double* access;                      ///< [product][row] (1 + t)^−σ · multiplier
  double* log_cost;                    ///< [product][row] σ ln(1 + t) − ln multiplier

  PT_HD void operator()(std::int64_t product, std::int64_t row) const {
    const double t = rate[row * products + product];
    const std::int64_t at = product * rows + row;
    if (rate_by_product != nullptr) rate_by_product[at] = t;
    const double s = row < first_horizon_row ? sigma[product] : sigma_horizon[product];
    access[at] = t == 0.0 ? 1.0 : pow(1.0 + t, -s);
    log_cost[at] = t == 0.0 ? 0.0 : s * log(1.0 + t);
    if (multiplier == nullptr || multiplier[row * products + product] == 1.0) return;
    access[at] *= multiplier[row * products + product];
    log_cost[at] -= log_multiplier(multiplier[row * products + product]);
  }
};

/// ε ln(G/P) where elasticities differ between products; [product][market].
struct LogIncomeTable {
  const double* log_income_growth;     ///< [market] ln(G / P)
  const double* income_elasticity;
  std::int64_t elasticity_products;    ///< 0 = not by market
  double* log_income;
  std::int64_t stride;

  PT_HD void operator()(std::int64_t product, std::int64_t market) const {
    const double elasticity = income_elasticity[elasticity_products == 0 ? product : market * elasticity_products + product];
    log_income[product * stride + market] = elasticity * log_income_growth[market];
  }
};

/// E_ij = actual / expected; 0 where nothing is expected and on the diagonal.
PT_HD double ease_of(double actual, double expected, bool same_country) {
  return expected > 0.0 && !same_country ? actual / expected : 0.0;
}

/// The same where a variant may give it; `given` is [exporter, market] or null.
PT_HD double ease_or_given(double computed, const double* given, std::int64_t pair) {
  return given == nullptr || given[pair] != given[pair] ? computed : given[pair];
}

}  // namespace potentia
