#include "host/model/outlook_rows.hpp"

#include <cmath>
#include <cstdint>

#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia {

namespace {

// To an ulp or two, at a third of what half an ulp costs in the functions that tables are made with: these are the inner
// loop.

/// e^x; 0 below −708, as of 709 above it.
PT_HD double quick_exp(double x) {
  using namespace exp_parts;
  const double high = x > 709.0 ? 709.0 : x;
  const double clamped = high < -708.0 ? -708.0 : high;
  const double shifted = fused(clamped, inverse_ln2, round_to_integer);
  const double n = shifted - round_to_integer;
  const double r = fused(-n, ln2_low, fused(-n, ln2_high, clamped));
  const double mantissa = 1.0 + fused(r * r, exp_series(r), r);
  const double power = double_of((bits_of(shifted) + 1023) << 52);  // 2ⁿ, a normal number
  return x < -708.0 ? 0.0 : mantissa * power;
}

/// ln of (1 + s) / (1 − s) for |s| <= 3 − 2 √2: 2 artanh s = 2s (1 + s²/3 + s⁴/5 + …)
PT_HD double twice_artanh(double s) {
  const double z = s * s;
  double q = 1.0 / 23.0;
  q = fused(q, z, 1.0 / 21.0);
  q = fused(q, z, 1.0 / 19.0);
  q = fused(q, z, 1.0 / 17.0);
  q = fused(q, z, 1.0 / 15.0);
  q = fused(q, z, 1.0 / 13.0);
  q = fused(q, z, 1.0 / 11.0);
  q = fused(q, z, 1.0 / 9.0);
  q = fused(q, z, 1.0 / 7.0);
  q = fused(q, z, 1.0 / 5.0);
  q = fused(q, z, 1.0 / 3.0);
  const double twice = 2.0 * s;
  return fused(twice * z, q, twice);
}

constexpr double ln2 = 6.93147180559945309417e-01;

/// ln x of a normal x > 0.
PT_HD double quick_log(double x) {
  const AroundOne split = around_one(x);
  return fused(split.exponent, ln2, twice_artanh((split.m - 1.0) / (split.m + 1.0)));
}

/// ln(1 + e) for 0 <= e <= 1, exact for the smallest, too.
PT_HD double quick_log_of_one_and(double e) {
  const bool large = e > 0.41421356237309503;  // then 1 + e is 2 · (1 + e) / 2
  const double s = (large ? e - 1.0 : e) / (large ? e + 3.0 : e + 2.0);
  return twice_artanh(s) + (large ? ln2 : 0.0);
}

}  // namespace

PT_CLONES void outlook_logarithms(double* PT_RESTRICT values, std::int32_t count) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) values[at] = quick_log(values[at]);
}

PT_CLONES void outlook_chances(const double* PT_RESTRICT log_odds, std::int32_t count, double years,
                               double* PT_RESTRICT chance) {
  constexpr double small = 1e-5;  // below it 1 − exp(−z) loses digits, and three terms of the series are exact
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) chance[at] = quick_exp(-std::fabs(log_odds[at]));  // no overflow on either side
  // −ln((1 − p)^years), since 1 − p = 1 / (1 + e^η)
  for (std::int32_t at = 0; at < padded; ++at)
    chance[at] = years * ((log_odds[at] > 0.0 ? log_odds[at] : 0.0) + quick_log_of_one_and(chance[at]));
  for (std::int32_t at = 0; at < padded; ++at) {
    const double z = chance[at];
    const double series = z * (1.0 - z * (0.5 - z * (1.0 / 6.0)));
    chance[at] = z < small ? series : 1.0 - quick_exp(-z);
  }
}

PT_CLONES void outlook_exponentials(const double* PT_RESTRICT values, std::int32_t count, double factor,
                                    double* PT_RESTRICT out) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) out[at] = quick_exp(factor * values[at]);
}

PT_CLONES void outlook_classes(const double* PT_RESTRICT values, std::int32_t count, const double* PT_RESTRICT bounds,
                               std::int32_t bound_count, std::int32_t* PT_RESTRICT classes) {
  for (std::int32_t at = 0; at < count; ++at) classes[at] = 0;
  for (std::int32_t bound = 0; bound < bound_count; ++bound)
    for (std::int32_t at = 0; at < count; ++at) classes[at] += values[at] > bounds[bound] ? 1 : 0;
}

PT_CLONES void outlook_index(const OutlookSum& sum, const std::uint16_t* PT_RESTRICT market,
                             const double* PT_RESTRICT log_potential, const double* PT_RESTRICT log_trade, std::int32_t count,
                             double* PT_RESTRICT out) {
  const double row = sum.row, potential = sum.potential, trade = sum.trade;
  const double* PT_RESTRICT by_product = sum.by_product;
  const double* PT_RESTRICT by_pair = sum.by_pair;
  for (std::int32_t at = 0; at < count; ++at)
    out[at] = ((row + by_product[market[at]]) + by_pair[market[at]]) + potential * log_potential[at];
  if (log_trade == nullptr) return;
  for (std::int32_t at = 0; at < count; ++at) out[at] = out[at] + trade * log_trade[at];
}

}  // namespace potentia
