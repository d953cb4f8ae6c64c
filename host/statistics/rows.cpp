#include "host/statistics/rows.hpp"

#include <algorithm>
#include <cmath>

#include "host/statistics/block_sums.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::statistics {
namespace {

constexpr std::uint64_t sample_stride = 16;  ///< of blocks: what a first guess of the means is made of

/// Of each column: Σ (x − shift), then Σ (x − shift)², over the rows of every `stride`-th block.
struct ShiftedSums {
  std::vector<double> first, second;
  double rows = 0.0;
};

ShiftedSums sums_of(const RowStream& stream, const std::vector<double>& shift, std::uint64_t stride, int threads) {
  const std::size_t columns = stream.columns().size();
  const std::int32_t clusters = stream.clusters();
  const Scaling shifted{shift, std::vector<double>(columns, 1.0)};
  std::vector<double> of_clusters(2 * columns * clusters), rows(clusters, 0.0);
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    std::vector<double> lanes(2 * columns * 8);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < clusters; ++cluster) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      lanes.assign(lanes.size(), 0.0);
      for_blocks(stream, shifted, cluster, stride, memory.x.data(), memory.y.data(),
                 [&](std::uint64_t, std::int32_t count, const double* x, const double*) {
                   rows[cluster] += count;
                   for (std::size_t column = 0; column < columns; ++column) {
                     const double* values = x + column * column_stride;
                     add_values(values, count, lanes.data() + column * 8);
                     add_products(values, values, count, lanes.data() + (columns + column) * 8);
                   }
                 });
      for (std::size_t at = 0; at < 2 * columns; ++at)
        of_clusters[cluster * 2 * columns + at] = lane_total(lanes.data() + at * 8);
    }
  }
  check_interrupted();
  ShiftedSums sums{std::vector<double>(columns, 0.0), std::vector<double>(columns, 0.0)};
  for (std::int32_t cluster = 0; cluster < clusters; ++cluster) {
    sums.rows += rows[cluster];
    for (std::size_t column = 0; column < columns; ++column) {
      sums.first[column] += of_clusters[cluster * 2 * columns + column];
      sums.second[column] += of_clusters[cluster * 2 * columns + columns + column];
    }
  }
  return sums;
}

}  // namespace

std::uint64_t RowStream::events(std::int32_t cluster) const {
  BlockMemory memory(columns().size());
  std::uint64_t events = 0;
  for_blocks(*this, {}, cluster, 1, memory.x.data(), memory.y.data(),
             [&](std::uint64_t, std::int32_t count, const double*, const double* y) {
               for (std::int32_t row = 0; row < count; ++row) events += y[row] > 0.0;
             });
  return events;
}

std::uint64_t all_rows(const RowStream& stream) {
  std::uint64_t rows = 0;
  for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) rows += stream.rows(cluster);
  return rows;
}

Scaling scaling_of(const RowStream& stream, int threads, const std::string& where) {
  const std::size_t columns = stream.columns().size();
  const std::uint64_t rows = all_rows(stream);
  if (rows == 0) throw input_error("there is nothing to estimate from", where, "choose other years, or a larger world");
  // From means of a sample the squares of all rows lose no digits, and one look at them gives means and deviations.
  ShiftedSums sample = sums_of(stream, std::vector<double>(columns, 0.0), sample_stride, threads);
  for (double& sum : sample.first) sum /= sample.rows;
  const ShiftedSums all = sums_of(stream, sample.first, 1, threads);
  Scaling scaling;
  for (std::size_t column = 0; column < columns; ++column) {
    const double off = all.first[column] / all.rows;
    scaling.mean.push_back(sample.first[column] + off);
    scaling.deviation.push_back(std::sqrt(std::max(0.0, all.second[column] / all.rows - off * off)));
  }
  for (std::size_t column = 0; column < columns; ++column) {
    const double deviation = scaling.deviation[column];
    if (!(deviation > 1e-12 * std::fabs(scaling.mean[column])) || !std::isfinite(deviation))
      throw input_error("the regressor " + stream.columns()[column] + " is the same everywhere, and says nothing", where,
                        "use a world in which it differs");
  }
  return scaling;
}

}  // namespace potentia::statistics
