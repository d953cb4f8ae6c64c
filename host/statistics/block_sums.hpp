// Sums over the rows of a block, in eight lanes: row modulo 8.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/sums.hpp"

namespace potentia::statistics {

/// All take `count` rows rounded up to a multiple of eight, with zeros behind the last one.
void add_values(const double* values, std::int32_t count, double* lanes);
void add_products(const double* left, const double* right, std::int32_t count, double* lanes);

/// Number of entries (a, b), a ≤ b, of a symmetric matrix: a constant and `columns` regressors.
inline std::size_t packed_size(std::size_t columns) { return (columns + 1) * (columns + 2) / 2; }

/// lanes[entry][8] += Σ weight · x_a · x_b for every a ≤ b in the order (0,0), (0,1), …, (1,1), …; x_0 = 1.
/// @param x [column][column_stride]
/// @param weight [block_rows]
void add_cross_products(const double* x, const double* weight, std::size_t columns, std::int32_t count, double* lanes);

/// lanes[a][8] += Σ value · x_a; x_0 = 1.
void add_moments(const double* x, const double* value, std::size_t columns, std::int32_t count, double* lanes);

/// out[row] = coefficient_0 + Σ coefficient_a · x_a
void combine(const double* x, const double* coefficient, std::size_t columns, std::int32_t count, double* out);

/// Probabilities of a logit and what follows from them; 0 behind the last row.
struct LogitRows {
  double* probability;  ///< [block_rows]
  double* weight;       ///< p (1 − p)
  double* residual;     ///< y − p
  double* likelihood;   ///< ln p or ln(1 − p), of what happened; may be null
};
/// @param index [block_rows] what the probability is a function of
void logit_rows(const double* index, const double* y, std::int32_t count, const LogitRows& out);

/// Every number by its natural logarithm.
void take_logarithms(double* values, std::size_t count);

}  // namespace potentia::statistics
