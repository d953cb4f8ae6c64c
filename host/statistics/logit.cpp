#include "host/statistics/logit.hpp"

#include <algorithm>
#include <cmath>

#include "host/statistics/block_sums.hpp"
#include "host/statistics/dense.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::statistics {
namespace {

constexpr double converged = 1e-9;      ///< largest change of a coefficient of a scaled regressor
constexpr double fold_converged = 1e-7; ///< the same of the last step without a fold; what is left of steps that shrink is smaller
constexpr double too_large = 50.0;      ///< a coefficient that says separation: odds of e^50 a standard deviation
constexpr int most_steps = 60;
constexpr std::uint64_t sparse_stride = 8;  ///< the first guess looks at one block in eight

/// Sums of one cluster, or of several.
struct Sums {
  std::vector<double> hessian, gradient;
  double likelihood = 0.0;

  void reset(std::size_t columns) {
    hessian.assign(packed_size(columns), 0.0);
    gradient.assign(columns + 1, 0.0);
    likelihood = 0.0;
  }
  void add(const Sums& other) {
    for (std::size_t at = 0; at < hessian.size(); ++at) hessian[at] += other.hessian[at];
    for (std::size_t at = 0; at < gradient.size(); ++at) gradient[at] += other.gradient[at];
    likelihood += other.likelihood;
  }
};

struct RowMemory {
  double index[block_rows], probability[block_rows], weight[block_rows], residual[block_rows], likelihood[block_rows];
  LogitRows rows() { return {probability, weight, residual, likelihood}; }
};

std::vector<double> lane_totals(const std::vector<double>& lanes) {
  std::vector<double> totals(lanes.size() / 8);
  for (std::size_t at = 0; at < totals.size(); ++at) totals[at] = lane_total(lanes.data() + at * 8);
  return totals;
}

/// Likelihood, gradient and Hessian of every cluster at `coefficient`.
std::vector<Sums> evaluate(const RowStream& stream, const Scaling& scaling, const std::vector<double>& coefficient,
                           std::uint64_t stride, int threads) {
  const std::size_t columns = scaling.mean.size();
  std::vector<Sums> clusters(stream.clusters());
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    RowMemory rows;
    std::vector<double> hessian, gradient, likelihood;
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) {
      hessian.assign(packed_size(columns) * 8, 0.0);
      gradient.assign((columns + 1) * 8, 0.0);
      likelihood.assign(8, 0.0);
      if (!stop_requested.load(std::memory_order_relaxed))
        for_blocks(stream, scaling, cluster, stride, memory.x.data(), memory.y.data(),
                   [&](std::uint64_t, std::int32_t count, const double* x, const double* y) {
                     combine(x, coefficient.data(), columns, count, rows.index);
                     logit_rows(rows.index, y, count, rows.rows());
                     add_cross_products(x, rows.weight, columns, count, hessian.data());
                     add_moments(x, rows.residual, columns, count, gradient.data());
                     add_values(rows.likelihood, count, likelihood.data());
                   });
      clusters[cluster] = {lane_totals(hessian), lane_totals(gradient), lane_total(likelihood.data())};
    }
  }
  check_interrupted();
  return clusters;
}

/// Gradients alone of every fold's own model over the rows that it may see. @return [fold][column]
std::vector<std::vector<double>> fold_gradients(const RowStream& stream, const Scaling& scaling,
                                                const std::vector<std::vector<double>>& folds, int threads) {
  const std::size_t columns = scaling.mean.size();
  std::vector<std::vector<double>> clusters(stream.clusters());
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    RowMemory rows;
    std::vector<double> lanes;
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster) {
      lanes.assign(fold_count * (columns + 1) * 8, 0.0);
      if (!stop_requested.load(std::memory_order_relaxed))
        for_blocks(stream, scaling, cluster, 1, memory.x.data(), memory.y.data(),
                   [&](std::uint64_t, std::int32_t count, const double* x, const double* y) {
                     for (std::int32_t fold = 0; fold < fold_count; ++fold) {
                       if (fold == fold_of(cluster)) continue;
                       combine(x, folds[fold].data(), columns, count, rows.index);
                       logit_rows(rows.index, y, count, {rows.probability, rows.weight, rows.residual, nullptr});
                       add_moments(x, rows.residual, columns, count, lanes.data() + fold * (columns + 1) * 8);
                     }
                   });
      clusters[cluster] = lane_totals(lanes);
    }
  }
  check_interrupted();
  std::vector<std::vector<double>> gradients(fold_count, std::vector<double>(columns + 1, 0.0));
  for (const std::vector<double>& cluster : clusters)
    for (std::int32_t fold = 0; fold < fold_count; ++fold)
      for (std::size_t at = 0; at <= columns; ++at) gradients[fold][at] += cluster[fold * (columns + 1) + at];
  return gradients;
}

Sums total_of(const std::vector<Sums>& clusters, std::size_t columns, std::int32_t without_fold = -1) {
  Sums total;
  total.reset(columns);
  for (std::size_t cluster = 0; cluster < clusters.size(); ++cluster)
    if (without_fold < 0 || fold_of(static_cast<std::int32_t>(cluster)) != without_fold) total.add(clusters[cluster]);
  return total;
}

class Fit {
public:
  Fit(const RowStream& stream, const Scaling& scaling, int threads, const std::string& where)
      : stream_(stream), scaling_(scaling), threads_(threads), where_(where), columns_(scaling.mean.size()) {}

  /// Newton's method, halving steps that overshoot, until the next step would be smaller than `enough`.
  /// @return sums of every cluster there
  std::vector<Sums> maximise(std::vector<double>& coefficient, std::uint64_t stride, double enough) const {
    std::vector<Sums> clusters = evaluate(stream_, scaling_, coefficient, stride, threads_);
    Sums now = total_of(clusters, columns_);
    for (int step = 0; step < most_steps; ++step) {
      std::vector<double> change = taken_apart(now.hessian).solve(now.gradient);
      if (largest(change) < enough) return clusters;
      for (;;) {
        std::vector<double> next = coefficient;
        move(next, change);
        refuse_separation(next);
        clusters = evaluate(stream_, scaling_, next, stride, threads_);
        const Sums then = total_of(clusters, columns_);
        if (then.likelihood >= now.likelihood || largest(change) < enough) {
          coefficient = next;
          now = then;
          break;
        }
        for (double& part : change) part *= 0.5;
      }
    }
    throw separation("");
  }

  /// Coefficients without each fold, starting from those of all rows, whose sums are given: one step of Newton's method,
  /// then steps with the same matrix, which differs little.
  std::vector<std::vector<double>> folds(const std::vector<double>& all, const std::vector<Sums>& clusters) const {
    std::vector<Symmetric> matrices;
    std::vector<std::vector<double>> fitted(fold_count, all);
    for (std::int32_t fold = 0; fold < fold_count; ++fold) {
      const Sums rest = total_of(clusters, columns_, fold);
      matrices.push_back(taken_apart(rest.hessian));
      move(fitted[fold], matrices[fold].solve(rest.gradient));
    }
    double before = infinity_;
    for (int step = 0; step < most_steps; ++step) {
      const std::vector<std::vector<double>> gradients = fold_gradients(stream_, scaling_, fitted, threads_);
      double size = 0.0;
      for (std::int32_t fold = 0; fold < fold_count; ++fold)
        size = std::max(size, move(fitted[fold], matrices[fold].solve(gradients[fold])));
      if (size < fold_converged) return fitted;
      if (size > 0.5 * before) break;  // a fold that is not like the others
      before = size;
    }
    for (std::int32_t fold = 0; fold < fold_count; ++fold) {
      fitted[fold] = all;
      alone(fitted[fold], fold);
    }
    return fitted;
  }

private:
  /// Newton's method for one fold, as for all rows.
  void alone(std::vector<double>& coefficient, std::int32_t fold) const {
    for (int step = 0; step < most_steps; ++step) {
      const Sums rest = total_of(evaluate(stream_, scaling_, coefficient, 1, threads_), columns_, fold);
      const double size = move(coefficient, taken_apart(rest.hessian).solve(rest.gradient));
      refuse_separation(coefficient);
      if (size < converged) return;
    }
    throw separation("");
  }

  static double largest(const std::vector<double>& change) {
    double size = 0.0;
    for (const double part : change) size = std::max(size, std::fabs(part));
    return size;
  }
  static double move(std::vector<double>& coefficient, const std::vector<double>& change) {
    for (std::size_t at = 0; at < change.size(); ++at) coefficient[at] += change[at];
    return largest(change);
  }

  Symmetric taken_apart(const std::vector<double>& hessian) const {
    Symmetric matrix(hessian, columns_ + 1);
    if (matrix.dependent() >= 0)
      throw input_error("the regressor " + name(matrix.dependent()) + " follows from the others, or they tell exactly what happens",
                        where_, "use a larger world, or other years");
    return matrix;
  }
  std::string name(int at) const { return at == 0 ? "constant" : stream_.columns()[at - 1]; }

  Error separation(const std::string& whose) const {
    return input_error("no chance can be estimated: the regressors" + whose + " tell exactly what happens", where_,
                       "use a larger world, or other years");
  }
  void refuse_separation(const std::vector<double>& coefficient) const {
    for (std::size_t at = 0; at < coefficient.size(); ++at)
      if (!(std::fabs(coefficient[at]) < too_large)) throw separation(" (" + name(static_cast<int>(at)) + " above all)");
  }

  static constexpr double infinity_ = 1e300;
  const RowStream& stream_;
  const Scaling& scaling_;
  int threads_;
  std::string where_;
  std::size_t columns_;
};

/// Rows and ones of every cluster.
struct Count {
  std::uint64_t rows = 0, events = 0;
};

std::vector<Count> count_events(const RowStream& stream, int threads) {
  std::vector<Count> counts(stream.clusters());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int32_t cluster = 0; cluster < stream.clusters(); ++cluster)
    counts[cluster] = {stream.rows(cluster), stream.events(cluster)};
  return counts;
}

void check_counts(const std::vector<Count>& counts, const Logit& logit, const std::string& where) {
  if (logit.events == 0 || logit.events == logit.rows)
    throw input_error(logit.events == 0 ? "none of these happened, so that no chance can be estimated"
                                        : "all of these happened, so that no chance can be estimated",
                      where, "choose other years, or a larger world");
  std::int32_t with_rows = 0;
  for (std::int32_t fold = 0; fold < fold_count; ++fold) {
    Count rest, own;
    for (std::size_t cluster = 0; cluster < counts.size(); ++cluster) {
      Count& to = fold_of(static_cast<std::int32_t>(cluster)) == fold ? own : rest;
      to.rows += counts[cluster].rows;
      to.events += counts[cluster].events;
    }
    with_rows += own.rows > 0;
    if (rest.rows == 0 || (own.rows > 0 && (rest.events == 0 || rest.events == rest.rows)))
      throw input_error("too few exporters: without the fold that is judged there is nothing to learn from", where,
                        "use a world with more exporters");
  }
  if (with_rows < 2) throw input_error("there are too few exporters to judge out of sample", where, "use a world with more");
}

/// Σ of outer products of the clusters' gradients, packed.
std::vector<double> clustered_meat(const std::vector<Sums>& clusters, std::size_t columns) {
  std::vector<double> meat(packed_size(columns), 0.0);
  for (const Sums& cluster : clusters) {
    std::size_t at = 0;
    for (std::size_t a = 0; a <= columns; ++a)
      for (std::size_t b = a; b <= columns; ++b) meat[at++] += cluster.gradient[a] * cluster.gradient[b];
  }
  return meat;
}

}  // namespace

Logit fit_logit(const RowStream& stream, int threads, const std::string& where) {
  Logit logit;
  const std::vector<Count> counts = count_events(stream, threads);
  double with_rows = 0.0;
  for (const Count& count : counts) {
    logit.rows += count.rows;
    logit.events += count.events;
    with_rows += count.rows > 0 ? 1.0 : 0.0;
  }
  if (logit.rows > 0) check_counts(counts, logit, where);
  logit.scaling = scaling_of(stream, threads, where);
  const std::size_t columns = logit.scaling.mean.size();

  const Fit fit(stream, logit.scaling, threads, where);
  logit.coefficient.assign(columns + 1, 0.0);
  logit.coefficient[0] = std::log(static_cast<double>(logit.events) / static_cast<double>(logit.rows - logit.events));
  if (logit.rows > 1000000) fit.maximise(logit.coefficient, sparse_stride, 1e-3);
  const std::vector<Sums> clusters = fit.maximise(logit.coefficient, 1, 1e-5);  // the step after it is below 1e-9
  const Sums total = total_of(clusters, columns);
  const Symmetric bread(total.hessian, columns + 1);
  const std::vector<double> last = bread.solve(total.gradient);
  for (std::size_t at = 0; at <= columns; ++at) logit.coefficient[at] += last[at];
  logit.log_likelihood = total.likelihood;  // a step below 1e-5 off its maximum, that is, below 1e-9 of it
  logit.standard_error = bread.sandwich(clustered_meat(clusters, columns));
  for (double& error : logit.standard_error) error = std::sqrt(error * with_rows / (with_rows - 1.0));
  logit.folds = fit.folds(logit.coefficient, clusters);
  return logit;
}

LogitScore score_folds(const RowStream& stream, const Logit& logit, int threads, const ProbabilitySink& each) {
  const std::size_t columns = logit.scaling.mean.size();
  const std::int32_t clusters = stream.clusters();
  struct Part {
    std::vector<double> starters, others;
    double squares = 0.0, likelihood = 0.0;
  };
  std::vector<Part> parts(clusters);
#pragma omp parallel num_threads(threads)
  {
    BlockMemory memory(columns);
    RowMemory rows;
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t cluster = 0; cluster < clusters; ++cluster) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      Part& part = parts[cluster];
      double squares[8] = {}, likelihood[8] = {};
      for_blocks(stream, logit.scaling, cluster, 1, memory.x.data(), memory.y.data(),
                 [&](std::uint64_t first, std::int32_t count, const double* x, const double* y) {
                   combine(x, logit.folds[fold_of(cluster)].data(), columns, count, rows.index);
                   logit_rows(rows.index, y, count, rows.rows());
                   add_products(rows.residual, rows.residual, count, squares);
                   add_values(rows.likelihood, count, likelihood);
                   for (std::int32_t row = 0; row < count; ++row)
                     (y[row] > 0.0 ? part.starters : part.others).push_back(rows.probability[row]);
                   if (each) each(cluster, first, count, rows.probability);
                 });
      part.squares = lane_total(squares);
      part.likelihood = lane_total(likelihood);
    }
  }
  check_interrupted();
  LogitScore score;
  score.starters.reserve(logit.events);
  score.others.reserve(logit.rows - logit.events);
  for (Part& part : parts) {
    score.starters.insert(score.starters.end(), part.starters.begin(), part.starters.end());
    score.others.insert(score.others.end(), part.others.begin(), part.others.end());
    score.brier += part.squares;
    score.log_loss -= part.likelihood;
    part = {};
  }
  const auto number = static_cast<double>(logit.rows);
  score.brier /= number;
  score.log_loss /= number;
  return score;
}

}  // namespace potentia::statistics
