#include "host/statistics/least_squares.hpp"

#include <algorithm>

#include "host/statistics/block_sums.hpp"
#include "host/statistics/dense.hpp"
#include "host/statistics/logit.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::statistics {
namespace {

/// Entries of the used rows and columns, constant first.
std::vector<double> chosen(const std::vector<double>& packed, std::size_t columns, const std::vector<std::size_t>& used) {
  std::vector<std::size_t> at = {0};
  for (const std::size_t column : used) at.push_back(column + 1);
  const auto row_begin = [&](std::size_t a) { return a * (columns + 1) - a * (a + 1) / 2 + a; };  // of (a, a)
  std::vector<double> matrix;
  for (std::size_t a = 0; a < at.size(); ++a)
    for (std::size_t b = a; b < at.size(); ++b) matrix.push_back(packed[row_begin(at[a]) + at[b] - at[a]]);
  return matrix;
}

}  // namespace

CrossProducts cross_products(const RowStream& stream, int threads, const std::string& where) {
  CrossProducts products;
  products.scaling = scaling_of(stream, threads, where);
  const std::size_t columns = products.scaling.mean.size(), entries = packed_size(columns);
  std::vector<std::vector<double>> clusters(stream.clusters());
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    std::vector<double> lanes;
    const std::vector<double> ones(block_rows, 1.0);
    std::vector<double> last(block_rows);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) {
      lanes.assign((entries + columns + 1) * 8, 0.0);
      if (!stop_requested.load(std::memory_order_relaxed))
        for_blocks(stream, products.scaling, cluster, 1, memory.x.data(), memory.y.data(),
                   [&](std::uint64_t, std::int32_t count, const double* x, const double* y) {
                     const double* weight = ones.data();
                     if (count % 8 != 0) {  // no weight behind the last row
                       std::fill(std::copy_n(ones.begin(), count, last.begin()), last.end(), 0.0);
                       weight = last.data();
                     }
                     add_cross_products(x, weight, columns, count, lanes.data());
                     add_moments(x, y, columns, count, lanes.data() + entries * 8);
                   });
      for (std::size_t at = 0; at < entries + columns + 1; ++at)
        clusters[cluster].push_back(lane_total(lanes.data() + at * 8));
    }
  }
  check_interrupted();
  products.matrix.assign(fold_count, std::vector<double>(entries, 0.0));
  products.moment.assign(fold_count, std::vector<double>(columns + 1, 0.0));
  products.rows.assign(fold_count, 0);
  for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) {
    const std::int32_t fold = fold_of(cluster);
    for (std::size_t at = 0; at < entries; ++at) products.matrix[fold][at] += clusters[cluster][at];
    for (std::size_t at = 0; at <= columns; ++at) products.moment[fold][at] += clusters[cluster][entries + at];
    products.rows[fold] += stream.rows(cluster);
  }
  return products;
}

LeastSquares least_squares(const CrossProducts& products, const std::vector<std::size_t>& used,
                           const std::vector<std::string>& names, const std::string& where) {
  const std::size_t columns = products.scaling.mean.size();
  const auto fitted = [&](std::int32_t without_fold) {
    std::vector<double> matrix(packed_size(columns), 0.0), moment(columns + 1, 0.0);
    for (std::int32_t fold = 0; fold < fold_count; ++fold) {
      if (fold == without_fold) continue;
      for (std::size_t at = 0; at < matrix.size(); ++at) matrix[at] += products.matrix[fold][at];
      for (std::size_t at = 0; at <= columns; ++at) moment[at] += products.moment[fold][at];
    }
    const Symmetric parts(chosen(matrix, columns, used), used.size() + 1);
    if (parts.dependent() >= 0)
      throw input_error("too little to estimate growth from: the regressor " +
                            (parts.dependent() == 0 ? std::string("constant") : names[used[parts.dependent() - 1]]) +
                            " follows from the others",
                        where, "use a larger world, or other years");
    std::vector<double> right = {moment[0]};
    for (const std::size_t column : used) right.push_back(moment[column + 1]);
    const std::vector<double> solution = parts.solve(right);
    std::vector<double> coefficient(columns + 1, 0.0);
    coefficient[0] = solution[0];
    for (std::size_t at = 0; at < used.size(); ++at) coefficient[used[at] + 1] = solution[at + 1];
    return coefficient;
  };
  LeastSquares fit;
  fit.coefficient = fitted(-1);
  for (std::int32_t fold = 0; fold < fold_count; ++fold) {
    if (products.rows[fold] > 0)
      fit.folds.push_back(fitted(fold));
    else
      fit.folds.push_back(fit.coefficient);  // nobody is judged by it
  }
  return fit;
}

Predictions predict(const RowStream& stream, const Scaling& scaling, const std::vector<std::vector<double>>& coefficients,
                    int threads) {
  const std::size_t columns = scaling.mean.size();
  Predictions out;
  out.cluster_begin.push_back(0);
  for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster)
    out.cluster_begin.push_back(out.cluster_begin.back() + stream.rows(cluster));
  out.predicted.resize(out.cluster_begin.back());
  out.actual.resize(out.cluster_begin.back());
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    std::vector<double> values(block_rows);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster)
      for_blocks(stream, scaling, cluster, 1, memory.x.data(), memory.y.data(),
                 [&](std::uint64_t first, std::int32_t count, const double* x, const double* y) {
                   combine(x, coefficients[coefficients.size() == 1 ? 0 : fold_of(cluster)].data(), columns, count,
                           values.data());
                   const std::uint64_t to = out.cluster_begin[cluster] + first;
                   std::copy_n(values.data(), count, out.predicted.data() + to);
                   std::copy_n(y, count, out.actual.data() + to);
                 });
  }
  return out;
}

double explained(const Predictions& predictions) {
  double mean = 0.0, all = 0.0, left = 0.0;
  for (const double value : predictions.actual) mean += value;
  mean /= static_cast<double>(predictions.actual.size());
  for (std::size_t row = 0; row < predictions.actual.size(); ++row) {
    const double error = predictions.actual[row] - predictions.predicted[row], apart = predictions.actual[row] - mean;
    left += error * error;
    all += apart * apart;
  }
  return 1.0 - left / all;
}

}  // namespace potentia::statistics
