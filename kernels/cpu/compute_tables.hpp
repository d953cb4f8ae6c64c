// All factor tables of a problem, on the processor's cores.
#pragma once

#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/country_tables.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// @param threads worker threads, >= 1
/// @param sum_pieces as Backend::load
/// @throws Error(resources), Error(interrupted)
Tables compute_tables(const Problem& problem, int threads, const SumPieces& sum_pieces = {});

/// What the scan of the flows adds up, beside the tables of the result.
struct FlowSums {
  CountryTables country;
  // Memory of others, of tables that are made of these sums, entry by entry in their place; null without tariffs.
  double* duty_paid = nullptr;                                    ///< [product][exporter] Σ v t now
  double *duty_paid_now = nullptr, *duty_paid_horizon = nullptr;  ///< [product][market]
  std::vector<double> world_exports, projected_exports, world_duty_paid;  ///< [product]
  Buffer<double> rate;                          ///< [product][row]
};

/// Scans the flows of a product: fills its rows of `tables` (exports, imports; Σ v ln d and Σ v over known distances in the
/// two tables of typical distance; where the flows of an exporter begin) and of `sums`, and adds Σ_k v_ij to `traded`.
/// @param traded [exporter][stride]
void scan_flows(const Problem& problem, Tables& tables, FlowSums& sums, std::int32_t product, double* traded);

}  // namespace potentia
