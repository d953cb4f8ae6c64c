// The world of METHOD.md that is small enough to check by hand: Laos, China, Thailand and two products.
#pragma once

#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia::testing {

inline constexpr std::int32_t small_chn = 0, small_lao = 1, small_tha = 2;       ///< country indices
inline constexpr std::int32_t small_cassava = 0, small_rubber = 1;               ///< 071410, 400121

/// METHOD.md's worked example. GDP and population levels are such that their ratios are the growth factors.
World small_world();

/// One flow of a year, for worlds written out by hand.
struct Flow {
  std::int32_t product, exporter, market;
  double value;  ///< USD
};

/// A year's trade of `products` products; the flows may come in any order.
TradeYear trade_year(std::int32_t year, std::size_t products, std::vector<Flow> flows);

}  // namespace potentia::testing
