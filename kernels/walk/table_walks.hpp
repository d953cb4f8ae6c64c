// The sums over trade that feed the factor tables, each along one axis, in the order that kernels/sums.hpp states: the
// functors that the device's launcher calls (and a test's plain loops).
#pragma once

#include <cstdint>

#include "kernels/cell_at.hpp"
#include "kernels/factors.hpp"
#include "kernels/tables.hpp"
#include "kernels/walk/flow_lookup.hpp"

namespace potentia {

/// Tariff rates by pair; `row_now` is null without tariffs.
struct PairRates {
  const double* rate;  ///< [product][row]
  const std::int32_t* row_now;
  const std::int32_t* row_horizon;
  std::int32_t countries, rows;

  PT_HD double of(const std::int32_t* row_of, std::int64_t product, std::int64_t exporter, std::int64_t market) const {
    const int row = row_of[exporter * countries + market];
    return row < 0 ? 0.0 : rate[product * rows + row];
  }
};

/// Eight lanes a row: x_ik and the duty paid on it.
struct ExporterTotals {
  static constexpr int slots = 2;
  FlowLookup flows;
  PairRates rates;
  std::int64_t stride;
  double* exports;    ///< [product][exporter]
  double* duty_paid;  ///< null without tariffs

  PT_HD void lane(std::int64_t product, std::int64_t exporter, int lane, double* slot) const {
    if (exporter >= flows.countries) return;
    for (std::int64_t market = lane; market < flows.countries; market += sum_lanes) {
      const double value = flows(product, exporter, market);
      if (value == 0.0) continue;
      slot[0] += value;
      if (rates.row_now != nullptr) slot[1] += value * rates.of(rates.row_now, product, exporter, market);
    }
  }
  PT_HD void finish(std::int64_t product, std::int64_t exporter, const double* slot) const {
    exports[product * stride + exporter] = slot[0];
    if (rates.row_now != nullptr) duty_paid[product * stride + exporter] = slot[1];
  }
};

/// One entry of every sum over exporters.
struct MarketTotals {
  FlowLookup flows;
  PairRates rates;
  const double* log_distance;
  const double* known_distance;
  double* imports;
  double* weighted_log;
  double* known_trade;
  double* duty_now;
  double* duty_horizon;
  std::int64_t stride;

  PT_HD void operator()(std::int64_t product, std::int64_t market) const {
    double sum = 0.0, logs = 0.0, known = 0.0, now = 0.0, horizon = 0.0;
    if (market < flows.countries)
      for (std::int64_t exporter = 0; exporter < flows.countries; ++exporter) {
        const double value = flows(product, exporter, market);
        if (value == 0.0) continue;
        sum += value;
        logs += value * log_distance[exporter * stride + market];
        known += value * known_distance[exporter * stride + market];
        if (rates.row_now == nullptr) continue;
        now += value * rates.of(rates.row_now, product, exporter, market);
        horizon += value * rates.of(rates.row_horizon, product, exporter, market);
      }
    const std::int64_t at = product * stride + market;
    imports[at] = sum;
    weighted_log[at] = logs;
    known_trade[at] = known;
    if (rates.row_now == nullptr) return;
    duty_now[at] = now;
    duty_horizon[at] = horizon;
  }
};

/// World totals of a product, over exporters in ascending order.
struct ProductTotals {
  const double* exports;
  const double* duty_paid;  ///< null without tariffs
  const double* gdp_growth;
  std::int64_t countries, stride;
  double* world_exports;
  double* projected_exports;
  double* world_duty_paid;
  double* log_share_shift;

  PT_HD void operator()(std::int64_t product, std::int64_t) const {
    double world = 0.0, projected = 0.0, duty = 0.0;
    for (std::int64_t exporter = 0; exporter < countries; ++exporter) {
      const double x = exports[product * stride + exporter];
      world += x;
      projected += x * gdp_growth[exporter];
      if (duty_paid != nullptr) duty += duty_paid[product * stride + exporter];
    }
    world_exports[product] = world;
    projected_exports[product] = projected;
    world_duty_paid[product] = duty;
    log_share_shift[product] = world > 0.0 ? log(world / projected) : 0.0;
  }
};

/// Σ_k v_ij and what ease divides it by, for one segment of products.
struct PairTrade {
  TableView view;
  FlowLookup flows;
  const Segment* segments;
  const double* world_exports;
  bool calibrated;
  double* traded;    ///< [segment][exporter][market]
  double* expected;

  PT_HD void operator()(std::int64_t segment_number, std::int64_t pair) const {
    const std::int64_t exporter = pair / view.stride, market = pair % view.stride;
    const Segment segment = segments[segment_number];
    double sum = 0.0, expects = 0.0;
    for (std::int64_t product = segment.first; product < segment.last; ++product) {
      const std::int64_t own = product * view.stride + exporter, entry = product * view.stride + market;
      if (market < view.countries) sum += flows(product, exporter, market);
      if (!calibrated) {
        const double world = world_exports[product];
        const double share = world > 0.0 ? view.exports[own] / world : 0.0;
        expects += share * view.imports[entry];
      } else if (view.supply_now[own] != 0.0) {
        const std::int64_t at = exporter * view.stride + market;
        const double reach = distance_fit(view.distance[at], view.inverse_distance[at], view.typical[entry],
                                          view.inverse_typical[entry]);
        const double access = view.row_now == nullptr || market >= view.countries
                                  ? 1.0
                                  : access_at(view, product, exporter, market).now;
        expects += potential_of(view.supply_now[own], view.pull_now[entry], reach, access);
      }
    }
    const std::int64_t at = segment_number * view.countries * view.stride + pair;
    traded[at] = sum;
    expected[at] = expects;
  }
};

/// Segments of a sector one after the other, then sectors.
struct EaseTable {
  TableView view;
  const Segment* segments;
  std::int32_t segment_count;
  const double* traded;
  const double* expected;
  const double* given;  ///< [exporter, market], null = nowhere
  double* ease;

  PT_HD void operator()(std::int64_t exporter, std::int64_t market) const {
    const std::int64_t square = static_cast<std::int64_t>(view.countries) * view.stride;
    const std::int64_t at = exporter * view.stride + market;
    double all_traded = 0.0, all_expected = 0.0;
    for (std::int32_t s = 0; s < segment_count;) {
      const std::int32_t sector = segments[s].sector;
      double sector_traded = 0.0, sector_expected = 0.0;
      for (; s < segment_count && segments[s].sector == sector; ++s) {
        sector_traded += traded[s * square + at];
        sector_expected += expected[s * square + at];
      }
      all_traded += sector_traded;
      all_expected += sector_expected;
    }
    ease[at] = market < view.countries ? ease_or_given(ease_of(all_traded, all_expected, exporter == market), given,
                                                       exporter * view.countries + market)
                                       : 0.0;
  }
};

/// ln income of a market where ε is one number.
struct UniformLogIncome {
  const double* log_income_growth;
  const double* income_elasticity;
  double* log_income;
  PT_HD void operator()(std::int64_t, std::int64_t market) const {
    log_income[market] = income_elasticity[0] * log_income_growth[market];
  }
};

}  // namespace potentia
