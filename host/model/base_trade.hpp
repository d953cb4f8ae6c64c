// Trade of the base period: the weighted mean of the base years (METHOD.md, "Inputs").
#pragma once

#include <cstdint>
#include <vector>

#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// Flows by product of the world, sorted by (exporter, market) inside each. One base year is looked at where it lies;
/// several are merged into memory of their own, with gaps between products.
struct BaseTrade {
  std::vector<std::uint64_t> product_begin, product_end;  ///< [products of the world]
  const std::uint16_t* exporter = nullptr;
  const std::uint16_t* market = nullptr;
  const double* value = nullptr;                          ///< USD
  std::uint64_t extent = 0;                               ///< length of the arrays, gaps included

  Buffer<std::uint16_t> own_exporter, own_market;
  Buffer<double> own_value;
};

/// The base years of the settings, or the world's, ascending and checked against the world's trade.
/// @throws Error(input) if there is none, one is given twice, or one has no record
std::vector<std::int32_t> resolve_base_years(const World& world, const Settings& settings);

/// @param base_years from resolve_base_years
/// @throws Error(input) for weights that are negative, not finite, all zero or of another number than the years
BaseTrade make_base_trade(const World& world, const Settings& settings, const std::vector<std::int32_t>& base_years,
                          int threads);

}  // namespace potentia
