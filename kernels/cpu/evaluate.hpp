// All cells of the world, summed to the four margins, on the processor's cores.
#pragma once

#include "kernels/backend.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Per evaluated exporter and product, over all markets: what the reporting thresholds are judged on, and a bound on
/// the largest unrealised cell of a row. Filled for every evaluation, whatever markets are written.
struct WorldTotals {
  std::vector<std::int32_t> exporters;  ///< country indices, ascending
  Buffer<double> potential;             ///< [exporters, product column]
  Buffer<double> unrealized;            ///< [exporters, product column]
};

/// @param rows empty lists mean all countries
Margins evaluate_margins(const Problem& problem, const Tables& tables, const Rows& rows, int threads,
                         WorldTotals& world, const ProgressSink& progress);

/// The countries of a list, or all of them.
std::vector<std::int32_t> listed_or_all(const std::vector<std::int32_t>& listed, std::int32_t countries);

}  // namespace potentia
