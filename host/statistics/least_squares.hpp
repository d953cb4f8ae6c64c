// Least squares on streamed rows, with folds of clusters, from cross products that are made once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/statistics/rows.hpp"

namespace potentia::statistics {

/// Cross products of a stream's scaled rows: everything that least squares on any of its regressors need.
struct CrossProducts {
  Scaling scaling;
  std::vector<std::vector<double>> matrix;  ///< [fold] packed, constant and all columns
  std::vector<std::vector<double>> moment;  ///< [fold][constant and columns] Σ y x
  std::vector<std::uint64_t> rows;          ///< [fold]
};

CrossProducts cross_products(const RowStream& stream, int threads, const std::string& where);

/// Least squares of y on a constant and some regressors. Coefficients of the others are 0.
struct LeastSquares {
  std::vector<double> coefficient;         ///< constant first, all folds
  std::vector<std::vector<double>> folds;  ///< [fold] from all other folds
};
/// @param used positions among the stream's columns, ascending
/// @throws Error(input) where one of them follows from the others, or a fold leaves too little
LeastSquares least_squares(const CrossProducts& products, const std::vector<std::size_t>& used,
                           const std::vector<std::string>& names, const std::string& where);

/// Predictions in order of rows, and y itself.
struct Predictions {
  std::vector<double> predicted, actual;
  std::vector<std::uint64_t> cluster_begin;  ///< [clusters + 1]
};
/// @param coefficients one for all rows, or [fold]: of each row those that have not seen it
Predictions predict(const RowStream& stream, const Scaling& scaling, const std::vector<std::vector<double>>& coefficients,
                    int threads);

/// 1 − Σ (y − prediction)² / Σ (y − mean y)², summed in order.
double explained(const Predictions& predictions);

}  // namespace potentia::statistics
