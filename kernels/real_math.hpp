// exp, log and pow of our own: the C library's differ between machines, and the same bits are wanted everywhere.
//
// Correctly rounded operations only (+ − × ÷ and the explicit fused multiply-add), no tables and no branches, so that
// loops over them vectorise and the host and the device agree. Errors are below 1 ulp, measured against long double in
// tests/unit/kernels/real_math_test.cpp, over the range of arguments given at each function.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "kernels/portable.hpp"

namespace potentia {

/// An unevaluated sum of two doubles, |low| <= ulp(high) / 2.
struct DoubleDouble {
  double high, low;
};

PT_HD double infinity() { return HUGE_VAL; }

PT_HD double fused(double a, double b, double c) {
#if defined(__CUDA_ARCH__)
  return ::fma(a, b, c);
#else
  return __builtin_fma(a, b, c);
#endif
}

PT_HD std::uint64_t bits_of(double x) {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

PT_HD double double_of(std::uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

PT_HD double not_a_number() { return double_of(0x7FF8000000000000ull); }

/// x = 2^exponent m, m in [√½, √2).
struct AroundOne {
  double m, exponent;
};

/// For finite normal x > 0.
PT_HD AroundOne around_one(double x) {
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDull;                    // its bit pattern
  const std::uint64_t shifted = bits_of(x) - root_half;
  const std::uint64_t exponent_bits = (shifted >> 52) ^ 0x800u;               // the exponent as an offset number
  const double m = double_of((shifted & 0x000FFFFFFFFFFFFFull) + root_half);
  return {m, double_of(0x4330000000000000ull | (exponent_bits & 0xFFFu)) - (4503599627370496.0 + 2048.0)};
}

/// ln x as a double-double of some 65 bits, for finite normal x > 0.
/// s = (m − 1)/(m + 1), ln m = 2 artanh s = 2s + (2/3)s³ + (2/5)s⁵ + …
PT_HD DoubleDouble log_double_double(double x) {
  const AroundOne split = around_one(x);
  const double m = split.m, exponent = split.exponent;
  const double f = m - 1.0;                                                   // exact
  const double d = m + 1.0;
  const double d_low = (1.0 - d) + m;                                         // exact rest of m + 1
  const double s = f / d;
  const double s_low = fused(-s, d_low, fused(-s, d, f)) / d;                 // s + s_low = f / (m + 1)
  const double z = s * s;
  const double z_low = fused(s, s, -z) + 2.0 * s * s_low;

  // 2/5 + 2/7 z + 2/9 z² + …: z <= 0.0295, so z¹¹ is below 2⁻⁵⁵.
  double q = 2.0 / 25.0;
  q = fused(q, z, 2.0 / 23.0);
  q = fused(q, z, 2.0 / 21.0);
  q = fused(q, z, 2.0 / 19.0);
  q = fused(q, z, 2.0 / 17.0);
  q = fused(q, z, 2.0 / 15.0);
  q = fused(q, z, 2.0 / 13.0);
  q = fused(q, z, 2.0 / 11.0);
  q = fused(q, z, 2.0 / 9.0);
  q = fused(q, z, 2.0 / 7.0);
  q = fused(q, z, 2.0 / 5.0);

  // c = 2/3 + z q and then c z as double-doubles: ln m = 2s + s (c z).
  constexpr double two_thirds = 2.0 / 3.0;
  constexpr double two_thirds_low = 3.7007434154171886e-17;                    // 2/3 − double(2/3)
  const double t = z * q;
  const double c = two_thirds + t;
  const double c_low = ((two_thirds - c) + t) + (two_thirds_low + fused(z, q, -t));
  const double cz = c * z;
  const double cz_low = fused(c, z, -cz) + (c * z_low + c_low * z);
  const double tail = s * cz;
  const double tail_low = fused(s, cz, -tail) + (s * cz_low + s_low * cz);

  // e ln 2 + 2s + tail; ln2_high has 11 trailing zero bits, so that e ln2_high is exact.
  constexpr double ln2_high = 6.93147180559890330187e-01;
  constexpr double ln2_low = 5.49792301870837115524e-14;
  const double head = exponent * ln2_high;
  const double head_low = exponent * ln2_low;
  const double two_s = 2.0 * s;
  const double sum = head + two_s;                                            // |head| is 0 or exceeds |2s|
  const double sum_low = (head - sum) + two_s;
  const double total = sum + tail;                                            // |sum| exceeds |tail| or both vanish
  const double total_low = ((sum - total) + tail) + (sum_low + (tail_low + (head_low + 2.0 * s_low)));
  const double high = total + total_low;
  return {high, (total - high) + total_low};
}

/// How e^x is taken apart: x = n ln 2 + r.
namespace exp_parts {
constexpr double inverse_ln2 = 1.44269504088896338700e+00;
constexpr double ln2_high = 6.93147180369123816490e-01;                        // 32 bits: n ln2_high is exact
constexpr double ln2_low = 1.90821492927058770002e-10;
constexpr double round_to_integer = 6755399441055744.0;                        // 1.5 · 2⁵²
}  // namespace exp_parts

/// 1/2 + r/6 + r²/24 + …: e^r = 1 + r + r² · that. For |r| <= 0.347, where the term in r¹⁴ is below 2⁻⁵⁷.
PT_HD double exp_series(double r) {
  double p = 1.0 / 6227020800.0;
  p = fused(p, r, 1.0 / 479001600.0);
  p = fused(p, r, 1.0 / 39916800.0);
  p = fused(p, r, 1.0 / 3628800.0);
  p = fused(p, r, 1.0 / 362880.0);
  p = fused(p, r, 1.0 / 40320.0);
  p = fused(p, r, 1.0 / 5040.0);
  p = fused(p, r, 1.0 / 720.0);
  p = fused(p, r, 1.0 / 120.0);
  p = fused(p, r, 1.0 / 24.0);
  p = fused(p, r, 1.0 / 6.0);
  return fused(p, r, 0.5);
}

/// exp(x + x_low) for |x_low| far below |x|; 0 below −745.2, infinity above 709.79.
PT_HD double exp_double_double(double x, double x_low) {
  using namespace exp_parts;
  const double clamped = x < -746.0 ? -746.0 : (x > 710.0 ? 710.0 : x);
  const double shifted = fused(clamped, inverse_ln2, round_to_integer);
  const double n = shifted - round_to_integer;
  const double reduced = fused(-n, ln2_high, clamped);                         // exact
  const double product = n * ln2_low;
  const double first = reduced - product;
  const double first_low = ((reduced - first) - product) + (fused(-n, ln2_low, product) + x_low);
  const double r = first + first_low;                                          // so that r_low is below ulp(r)
  const double r_low = (first - r) + first_low;

  const double p = exp_series(r);
  const double head = 1.0 + r;
  const double rest = ((1.0 - head) + r) + (r_low * head + p * (r * r));
  const double mantissa = head + rest;

  // 2ⁿ in two steps, because n reaches beyond the exponents of normal numbers.
  const std::int64_t whole = static_cast<std::int64_t>(bits_of(shifted) << 12) >> 12;
  const std::int64_t n_integer = whole - (std::int64_t{1} << 51);
  const std::int64_t half = n_integer >> 1;
  const double scale_first = double_of(static_cast<std::uint64_t>(half + 1023) << 52);
  const double scale_second = double_of(static_cast<std::uint64_t>(n_integer - half + 1023) << 52);
  return mantissa * scale_first * scale_second;
}

/// e^x for |x| <= 745 (0 and infinity beyond); NaN for NaN.
PT_HD double exp(double x) { return x == x ? exp_double_double(x, 0.0) : x; }

/// ln x for finite normal x > 0; −infinity at 0, NaN below.
PT_HD double log(double x) {
  const DoubleDouble y = log_double_double(x);
  return x > 0.0 ? y.high : (x == 0.0 ? -infinity() : not_a_number());
}

/// x^y for finite normal x > 0 and |y ln x| <= 700, of ln x.
PT_HD double power_of_log(const DoubleDouble& log_x, double y) {
  const double product = y * log_x.high;
  const double product_low = fused(y, log_x.high, -product) + y * log_x.low;
  return exp_double_double(product, product_low);
}

/// x^y likewise.
PT_HD double pow_of_positive(double x, double y) { return power_of_log(log_double_double(x), y); }

/// The same; 0^y = 0 for y > 0.
PT_HD double pow(double x, double y) {
  const double power = pow_of_positive(x, y);
  return x > 0.0 ? power : (y > 0.0 ? 0.0 : infinity());
}

}  // namespace potentia
