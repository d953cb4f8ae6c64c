#include "host/statistics/rows.hpp"

#include <cmath>

#include "host/statistics/block_sums.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::statistics {
namespace {

/// Σ (x − shift)^power of each column, over all rows.
std::vector<double> sums_of(const RowStream& stream, const std::vector<double>& shift, bool squared, int threads) {
  const std::size_t columns = stream.columns().size();
  const std::int32_t clusters = stream.clusters();
  const Scaling shifted{shift, std::vector<double>(columns, 1.0)};
  std::vector<double> of_clusters(columns * clusters);
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    std::vector<double> lanes(columns * 8);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < clusters; ++cluster) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      lanes.assign(lanes.size(), 0.0);
      for_blocks(stream, shifted, cluster, 1, memory.x.data(), memory.y.data(),
                 [&](std::uint64_t, std::int32_t count, const double* x, const double*) {
                   for (std::size_t column = 0; column < columns; ++column) {
                     const double* values = x + column * block_rows;
                     if (squared)
                       add_products(values, values, count, lanes.data() + column * 8);
                     else
                       add_values(values, count, lanes.data() + column * 8);
                   }
                 });
      for (std::size_t column = 0; column < columns; ++column)
        of_clusters[cluster * columns + column] = lane_total(lanes.data() + column * 8);
    }
  }
  check_interrupted();
  std::vector<double> sums(columns, 0.0);
  for (std::int32_t cluster = 0; cluster < clusters; ++cluster)
    for (std::size_t column = 0; column < columns; ++column) sums[column] += of_clusters[cluster * columns + column];
  return sums;
}

}  // namespace

std::uint64_t all_rows(const RowStream& stream) {
  std::uint64_t rows = 0;
  for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) rows += stream.rows(cluster);
  return rows;
}

Scaling scaling_of(const RowStream& stream, int threads, const std::string& where) {
  const std::size_t columns = stream.columns().size();
  const std::uint64_t rows = all_rows(stream);
  if (rows == 0) throw input_error("there is nothing to estimate from", where, "choose other years, or a larger world");
  const auto number = static_cast<double>(rows);
  Scaling scaling;
  scaling.mean = sums_of(stream, std::vector<double>(columns, 0.0), false, threads);
  for (double& mean : scaling.mean) mean /= number;
  scaling.deviation = sums_of(stream, scaling.mean, true, threads);
  for (std::size_t column = 0; column < columns; ++column) {
    double& deviation = scaling.deviation[column];
    deviation = std::sqrt(deviation / number);
    if (!(deviation > 1e-12 * std::fabs(scaling.mean[column])) || !std::isfinite(deviation))
      throw input_error("the regressor " + stream.columns()[column] + " is the same everywhere, and says nothing", where,
                        "use a world in which it differs");
  }
  return scaling;
}

}  // namespace potentia::statistics
