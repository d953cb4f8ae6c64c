// The chance that a cell without trade starts, or that a flow survives: logits, judged out of sample.
#pragma once

#include <string>

#include "host/statistics/logit.hpp"
#include "io/result/backtest_result.hpp"

namespace potentia::backtest {

struct ChanceResult {
  BacktestChance model;
  std::vector<std::array<double, 2>> roc;  ///< as BacktestPredictor::roc
};

/// @param each is given every probability out of sample; may be empty
/// @throws Error(input) as statistics::fit_logit()
ChanceResult judge_chance(const statistics::RowStream& rows, const std::string& name, const std::string& where, int threads,
                          const statistics::ProbabilitySink& each = {});

}  // namespace potentia::backtest
