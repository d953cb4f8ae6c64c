// Logit by maximum likelihood: Newton's method on streamed rows, folds of clusters, errors clustered.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/statistics/rows.hpp"

namespace potentia::statistics {

inline constexpr std::int32_t fold_count = 5;

/// The fold in which a cluster is judged: the models that judge it have not seen it.
inline std::int32_t fold_of(std::int32_t cluster) { return cluster % fold_count; }

struct Logit {
  Scaling scaling;
  std::vector<double> coefficient;     ///< constant first, then the scaled regressors; all rows
  std::vector<double> standard_error;  ///< sandwich, clustered, times √(clusters / (clusters − 1))
  std::vector<std::vector<double>> folds;  ///< [fold] coefficients from all other folds
  std::uint64_t rows = 0, events = 0;
  double log_likelihood = 0.0;
};

/// y is 1 or 0.
/// @param where what the rows are, for errors
/// @throws Error(input) where all y are the same, a regressor is constant or follows from the others, one or several
///         regressors separate ones from zeros, or there are clusters with rows in fewer than two folds
Logit fit_logit(const RowStream& stream, int threads, const std::string& where);

/// How good probabilities are.
struct LogitScore {
  std::vector<double> starters, others;  ///< probabilities where y is 1 and where it is 0, in order of rows
  double brier = 0.0, log_loss = 0.0;
};

/// Probabilities out of sample: of each row by the fold that has not seen it.
/// @param each called for every block, from several threads: cluster, first row, count, probabilities
using ProbabilitySink = std::function<void(std::int32_t cluster, std::uint64_t first, std::int32_t count, const double* p)>;
LogitScore score_folds(const RowStream& stream, const Logit& logit, int threads, const ProbabilitySink& each = {});

}  // namespace potentia::statistics
