#include "host/model/outlook_rows.hpp"

#include <cmath>
#include <cstdint>

#include "kernels/cpu/vec8.hpp"
#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia {

namespace {

// To an ulp or two, at a third of what half an ulp costs in the functions that tables are made with: these are the inner
// loop.

/// e^x = power · (1 + rest), the power one of 2.
struct QuickExp {
  double power, rest;
};

/// @param x between −708 and 709
PT_HD QuickExp quick_exp_parts(double x) {
  using namespace exp_parts;
  const double shifted = fused(x, inverse_ln2, round_to_integer);
  const double n = shifted - round_to_integer;
  const double r = fused(-n, ln2_low, fused(-n, ln2_high, x));
  return {double_of((bits_of(shifted) + 1023) << 52), fused(r * r, exp_series(r), r)};
}

/// e^x; 0 below −708, as of 709 above it.
PT_HD double quick_exp(double x) {
  const double high = x > 709.0 ? 709.0 : x;
  const QuickExp parts = quick_exp_parts(high < -708.0 ? -708.0 : high);
  return x < -708.0 ? 0.0 : (1.0 + parts.rest) * parts.power;
}

constexpr double ln2 = 6.93147180559945309417e-01;

/// ln(1 + f) for 1 + f between √½ and √2: 2 artanh s = 2s (1 + s²/3 + s⁴/5 + …), s = f / (2 + f)
PT_HD double quick_log_around_one(double f) {
  const double s = f / (2.0 + f), z = s * s;
  double q = 0.07308224842521703;
  q = fused(q, z, 0.07665860800278021);
  q = fused(q, z, 0.09091444562630861);
  q = fused(q, z, 0.1111110556739754);
  q = fused(q, z, 0.14285714312987743);
  q = fused(q, z, 0.19999999999949752);
  q = fused(q, z, 0.3333333333333335);
  const double twice = 2.0 * s;
  return fused(twice * z, q, twice);
}

/// ln x of a normal x > 0.
PT_HD double quick_log(double x) {
  const AroundOne split = around_one(x);
  return fused(split.exponent, ln2, quick_log_around_one(split.m - 1.0));
}

/// ln(1 + x) for x >= 0, exact for the smallest, too.
PT_HD double quick_log_of_one_and(double x) {
  const AroundOne split = around_one(1.0 + x);
  return fused(split.exponent, ln2, quick_log_around_one(x < 0.41421356237309503 ? x : split.m - 1.0));
}

}  // namespace

PT_CLONES void outlook_logarithms(double* PT_RESTRICT values, std::int32_t count) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) values[at] = quick_log(values[at]);
}

PT_CLONES void outlook_chances(double* PT_RESTRICT odds, std::int32_t count, double years) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) {
    const double lost = -years * quick_log_of_one_and(odds[at]);
    const QuickExp kept = quick_exp_parts(lost < -708.0 ? -708.0 : lost);
    odds[at] = fused(-kept.power, kept.rest, 1.0 - kept.power);  // 1 - e^lost, with all digits where that is small
  }
}

PT_CLONES void outlook_exponentials(const double* PT_RESTRICT values, std::int32_t count, double factor,
                                    double* PT_RESTRICT out) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) out[at] = quick_exp(factor * values[at]);
}

PT_CLONES void outlook_classes(const double* PT_RESTRICT values, std::int32_t count, const double* PT_RESTRICT bounds,
                               std::int32_t bound_count, std::int32_t* PT_RESTRICT classes) {
  for (std::int32_t at = 0; at < count; at += 8) {
    const vec8 value = load(values + at), one = vec8{} + 1.0, none{};
    vec8 exceeded{};
    for (std::int32_t bound = 0; bound < bound_count; ++bound) exceeded += value > bounds[bound] ? one : none;
    double lane[8];
    store(lane, exceeded);
    for (int n = 0; n < 8; ++n) classes[at + n] = static_cast<std::int32_t>(lane[n]);
  }
}

PT_CLONES void outlook_log_distances(double* PT_RESTRICT values, std::int32_t count) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at)
    values[at] = values[at] < infinity() ? quick_log(values[at]) : not_a_number();
}

PT_CLONES void outlook_factors(const double* PT_RESTRICT parts, const double* PT_RESTRICT log_distances, double weight,
                               std::int32_t count, const OutlookFactors& out) {
  const double unknown = weight >= 0.0 ? infinity() : 0.0;  // the smallest is chosen, or with a weight below 0 the largest
  double* PT_RESTRICT alone = out.alone;
  double* PT_RESTRICT times = out.times;
  double* PT_RESTRICT over = out.over;
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) {
    const double factor = quick_exp(parts[at]), distance = weight * log_distances[at];
    const bool known = distance == distance;
    alone[at] = factor;
    times[at] = known ? factor * quick_exp(distance) : unknown;
    over[at] = known ? factor * quick_exp(-distance) : unknown;
  }
}

namespace {

/// Products of one block. A fit's power is the smallest of 1, (d/g)^w and (g/d)^w, where w < 0 the largest. What is NaN, 0
/// times unknown, is not chosen.
template <bool smallest>
PT_HD vec8 product_of(const OutlookPieces& pieces, std::int32_t market, std::int32_t at) {
  const OutlookFactors &own = pieces.of_markets, &pair = pieces.of_pair;
  vec8 product = load(own.alone + market) * load(pair.alone + at);
  const vec8 farther = load(own.over + market) * load(pair.times + at), nearer = load(own.times + market) * load(pair.over + at);
  product = smallest ? (farther < product ? farther : product) : (farther > product ? farther : product);
  product = smallest ? (nearer < product ? nearer : product) : (nearer > product ? nearer : product);
  return pieces.of_exporter * product;
}

template <bool first_smallest, bool second_smallest>
PT_CLONES void products_of(const std::int32_t* PT_RESTRICT blocks, std::int32_t count, const OutlookPieces first,
                           const OutlookPieces second, double* PT_RESTRICT first_out, double* PT_RESTRICT second_out) {
  for (std::int32_t block = 0; block < count; ++block) {
    store(first_out + 8 * block, product_of<first_smallest>(first, blocks[block], 8 * block));
    store(second_out + 8 * block, product_of<second_smallest>(second, blocks[block], 8 * block));
  }
}

}  // namespace

void outlook_products(const std::int32_t* blocks, std::int32_t count, const OutlookPieces& first, const OutlookPieces& second,
                      double* first_out, double* second_out) {
  const bool first_smallest = first.weight >= 0.0, second_smallest = second.weight >= 0.0;
  const auto products = first_smallest ? (second_smallest ? products_of<true, true> : products_of<true, false>)
                                       : (second_smallest ? products_of<false, true> : products_of<false, false>);
  products(blocks, count, first, second, first_out, second_out);
}

PT_CLONES void outlook_index_of_flows(const IndexOfFlows& parts, const std::uint16_t* PT_RESTRICT place, std::int32_t count,
                                      double* PT_RESTRICT out) {
  const IndexOfFlows own = parts;
  for (std::int32_t at = 0; at < count; ++at) {
    const std::uint16_t from = place[at], market = own.market[from];
    const double apart = std::fabs(own.distance[from] - own.typical[market]);
    const double misfit = apart == apart ? apart : 0.0;  // NaN: one of the two is not known
    out[at] = (own.of_exporter + (own.of_markets[market] + own.of_pair[from])) - own.weight * (misfit - own.log_access[from]);
  }
}

PT_CLONES void outlook_add_starts(const double* PT_RESTRICT chance, const double* PT_RESTRICT size, double smearing,
                                  std::int32_t count, double* PT_RESTRICT expected, double* PT_RESTRICT starts) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) {
    expected[at] += chance[at] * (smearing * size[at]);
    starts[at] += chance[at];
  }
}

}  // namespace potentia
