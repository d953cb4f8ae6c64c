// Rows of an outlook: numbers of a few cells at a time, the same in any company.
#pragma once

#include <cstdint>

namespace potentia {

/// Rows are padded to a multiple of eight, with whatever lies there.

/// Every normal positive number by its natural logarithm.
void outlook_logarithms(double* values, std::int32_t count);

/// 1 − (1 − p)^years of log odds.
void outlook_chances(const double* log_odds, std::int32_t count, double years, double* chance);

/// out = exp(factor · values)
void outlook_exponentials(const double* values, std::int32_t count, double factor, double* out);

/// Class of each number: how many of the bounds it exceeds.
void outlook_classes(const double* values, std::int32_t count, const double* bounds, std::int32_t bound_count,
                     std::int32_t* classes);

/// What a sum over regressors has for the cells of one exporter and product.
struct OutlookSum {
  double row;                ///< of the exporter and the product
  const double* by_product;  ///< [market] of the market and the product
  const double* by_pair;     ///< [market] of the market and the exporter
  double potential, trade;   ///< weights of ln EP and ln v0
};

/// out = ((row + by_product) + by_pair) + potential · ln EP (+ trade · ln v0)
/// @param log_trade null where there is no trade
void outlook_index(const OutlookSum& sum, const std::uint16_t* market, const double* log_potential, const double* log_trade,
                   std::int32_t count, double* out);

}  // namespace potentia
