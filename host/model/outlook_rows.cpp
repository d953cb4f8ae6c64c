#include "host/model/outlook_rows.hpp"

#include <cmath>

#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia {

PT_CLONES void outlook_logarithms(double* PT_RESTRICT values, std::int32_t count) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) values[at] = log(values[at]);
}

PT_CLONES void outlook_chances(const double* PT_RESTRICT log_odds, std::int32_t count, double years,
                               double* PT_RESTRICT chance) {
  constexpr double small = 1e-5;  // below it 1 + e and 1 − e lose digits, and three terms of the series are exact
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) {
    const double e = exp(-std::fabs(log_odds[at]));  // no overflow on either side
    const double series = e * (1.0 - e * (0.5 - e * (1.0 / 3.0)));
    const double softplus = (log_odds[at] > 0.0 ? log_odds[at] : 0.0) + (e < small ? series : log(1.0 + e));
    chance[at] = years * softplus;  // −ln((1 − p)^years), since 1 − p = 1 / (1 + e^η)
  }
  for (std::int32_t at = 0; at < padded; ++at) {
    const double z = chance[at];
    const double series = z * (1.0 - z * (0.5 - z * (1.0 / 6.0)));
    chance[at] = z < small ? series : 1.0 - exp(-z);
  }
}

PT_CLONES void outlook_exponentials(const double* PT_RESTRICT values, std::int32_t count, double factor,
                                    double* PT_RESTRICT out) {
  const std::int32_t padded = (count + 7) / 8 * 8;
  for (std::int32_t at = 0; at < padded; ++at) out[at] = exp(factor * values[at]);
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
