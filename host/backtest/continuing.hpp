// Flows that were there at the origin: survival, growth, intervals; and how much those that start sell.
#pragma once

#include "host/backtest/origin.hpp"
#include "io/result/backtest_result.hpp"

namespace potentia::backtest {

/// Fills the part of continuing flows. What cannot be estimated is left out with a notice.
/// @throws Error(input) where the growth of survivors cannot be estimated
void judge_continuing(const Origin& origin, int threads, Backtest& result);

/// The size of those that start. @throws Error(input) where it cannot be estimated
BacktestSize size_of_starters(const Origin& origin, int threads);

}  // namespace potentia::backtest
