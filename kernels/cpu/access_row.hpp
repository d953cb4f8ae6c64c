// The access terms of one exporter and product towards every market.
#pragma once

#include <cstdint>

#include "kernels/tables.hpp"

namespace potentia {

/// Fills the entries of markets with tariffs; all others keep what the caller put there once (1, 1 and 0).
/// @param now,horizon [stride] (1 + t)^−σ of the two vintages
/// @param growth [stride] ln(A/A⁰), may be null
inline void fill_access_row(const TableView& view, const std::int32_t* markets, std::size_t market_count,
                            std::int64_t product, std::int64_t exporter, double* now, double* horizon, double* growth) {
  const double* access = view.access + product * view.tariff_rows;
  const double* log_cost = view.log_cost + product * view.tariff_rows;
  const double* log_pull = view.log_pull + product * view.stride;
  const std::int32_t* row_now = view.row_now + exporter * view.countries;
  const std::int32_t* row_horizon = view.row_horizon + exporter * view.countries;
  for (std::size_t at = 0; at < market_count; ++at) {
    const std::int32_t market = markets[at];
    const int from = row_now[market], to = row_horizon[market];
    now[market] = from < 0 ? 1.0 : access[from];
    horizon[market] = to < 0 ? 1.0 : access[to];
    if (growth != nullptr)
      growth[market] = log_pull[market] - ((to < 0 ? 0.0 : log_cost[to]) - (from < 0 ? 0.0 : log_cost[from]));
  }
}

}  // namespace potentia
