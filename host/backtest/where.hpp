// Where chances fail: by region, income, sector, size and exporter; and the calls that went best and worst.
#pragma once

#include <vector>

#include "host/backtest/origin.hpp"
#include "io/result/backtest_result.hpp"
#include "io/world/world.hpp"

namespace potentia::backtest {

inline constexpr std::size_t calls_told = 20;

/// @param chances [exporter][candidate] out of sample
/// @param product_of [products of the problem] indices into World::products
/// @param base_year whose GDP per head divides countries into three classes of income
BacktestDetail look_where(const World& world, const std::vector<std::int32_t>& product_of, const Origin& origin,
                          const std::vector<std::vector<double>>& chances, std::int32_t base_year);

}  // namespace potentia::backtest
