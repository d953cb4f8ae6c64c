// How well plain figures rank the cells that might start: the indicator and its rivals (METHOD.md, "New flows").
#pragma once

#include <functional>
#include <vector>

#include "host/backtest/origin.hpp"
#include "io/result/backtest_result.hpp"

namespace potentia::backtest {

/// Potential, x_ik, m_jk, v_ij, x_k, n_ij, n_ik, n_jk and the exporter's revealed comparative advantage.
std::vector<BacktestPredictor> judge_rivals(const Origin& origin, int threads);

/// How much likelier a start is among each exporter's so many cells with the highest score than among all. Of cells that
/// tie at the end of the list each counts with its share of what is left.
/// @param scores writes the score of every cell of an exporter that might start
using Scores = std::function<void(std::int32_t exporter, double* scores)>;
std::array<double, 3> lifts(const Origin& origin, const Scores& scores, int threads);

}  // namespace potentia::backtest
