#include "host/statistics/block_sums.hpp"

#include <cmath>

#include "host/statistics/rows.hpp"
#include "kernels/cpu/vec8.hpp"
#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia::statistics {

PT_CLONES void add_values(const double* values, std::int32_t count, double* lanes) {
  vec8 sum = load(lanes);
  for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(values + row);
  store(lanes, sum);
}

PT_CLONES void add_products(const double* left, const double* right, std::int32_t count, double* lanes) {
  vec8 sum = load(lanes);
  for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(left + row) * load(right + row);
  store(lanes, sum);
}

PT_CLONES void add_moments(const double* x, const double* value, std::size_t columns, std::int32_t count, double* lanes) {
  vec8 sum = load(lanes);
  for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(value + row);
  store(lanes, sum);
  for (std::size_t column = 0; column < columns; ++column) {
    const double* values = x + column * column_stride;
    double* to = lanes + (column + 1) * 8;
    sum = load(to);
    for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(value + row) * load(values + row);
    store(to, sum);
  }
}

PT_CLONES void add_cross_products(const double* x, const double* weight, std::size_t columns, std::int32_t count,
                                  double* lanes) {
  double weighted[block_rows];
  for (std::size_t a = 0; a <= columns; ++a) {
    for (std::int32_t row = 0; row < count; row += 8)
      store(weighted + row, a == 0 ? load(weight + row) : load(weight + row) * load(x + (a - 1) * column_stride + row));
    if (a == 0) {
      vec8 sum = load(lanes);
      for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(weighted + row);
      store(lanes, sum);
      lanes += 8;
    }
    for (std::size_t b = a == 0 ? 1 : a; b <= columns; ++b, lanes += 8) {
      const double* values = x + (b - 1) * column_stride;
      vec8 sum = load(lanes);
      for (std::int32_t row = 0; row < count; row += 8) sum = sum + load(weighted + row) * load(values + row);
      store(lanes, sum);
    }
  }
}

PT_CLONES void combine(const double* x, const double* coefficient, std::size_t columns, std::int32_t count, double* out) {
  for (std::int32_t row = 0; row < count; row += 8) {
    vec8 sum = vec8{} + coefficient[0];
    for (std::size_t column = 0; column < columns; ++column)
      sum = sum + coefficient[column + 1] * load(x + column * column_stride + row);
    store(out + row, sum);
  }
}

namespace {

// Loops of one thing each, so that compilers find vectors in them.
PT_HD void exponentials(const double* PT_RESTRICT from, std::int32_t count, double* PT_RESTRICT to) {
  for (std::int32_t row = 0; row < count; ++row) to[row] = exp(from[row]);
}
PT_HD void logarithms(const double* PT_RESTRICT from, std::int32_t count, double* PT_RESTRICT to) {
  for (std::int32_t row = 0; row < count; ++row) to[row] = log(from[row]);
}

}  // namespace

PT_CLONES void logit_rows(const double* index, const double* y, std::int32_t count, const LogitRows& out) {
  double* PT_RESTRICT probability = out.probability;
  double* PT_RESTRICT weight = out.weight;
  double* PT_RESTRICT residual = out.residual;
  double* PT_RESTRICT likelihood = out.likelihood;
  const double* PT_RESTRICT eta = index;
  const double* PT_RESTRICT happened = y;
  double below[block_rows], e[block_rows], one[block_rows], log_one[block_rows];
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t row = 0; row < padded; ++row) below[row] = -std::fabs(eta[row]);  // no overflow on either side
  exponentials(below, padded, e);
  for (std::int32_t row = 0; row < padded; ++row) {
    one[row] = 1.0 + e[row];
    const double p = (eta[row] < 0.0 ? e[row] : 1.0) / one[row];
    probability[row] = p;
    weight[row] = e[row] / (one[row] * one[row]);
    residual[row] = happened[row] - p;
  }
  for (std::int32_t row = count; row < padded; ++row) probability[row] = weight[row] = residual[row] = 0.0;
  if (likelihood == nullptr) return;
  logarithms(one, padded, log_one);
  for (std::int32_t row = 0; row < padded; ++row) {
    const double positive = eta[row] < 0.0 ? 0.0 : eta[row];
    likelihood[row] = happened[row] * eta[row] - (positive + log_one[row]);
  }
  for (std::int32_t row = count; row < padded; ++row) likelihood[row] = 0.0;
}

PT_CLONES void take_logarithms(double* values, std::size_t count) {
  for (std::size_t at = 0; at < count; ++at) values[at] = log(values[at]);
}

}  // namespace potentia::statistics
