// Fitted models as backtest.h5 holds them.
#pragma once

#include <string>
#include <vector>

#include "host/statistics/rows.hpp"
#include "io/result/backtest_result.hpp"

namespace potentia::backtest {

/// Regressors with a constant in front, scaling and coefficients.
inline void describe_model(const std::vector<std::string>& columns, const statistics::Scaling& scaling,
                           const std::vector<double>& coefficient, BacktestModel& model) {
  model.regressor = {"constant"};
  model.regressor.insert(model.regressor.end(), columns.begin(), columns.end());
  model.coefficient = coefficient;
  model.mean = {0.0};
  model.mean.insert(model.mean.end(), scaling.mean.begin(), scaling.mean.end());
  model.deviation = {1.0};
  model.deviation.insert(model.deviation.end(), scaling.deviation.begin(), scaling.deviation.end());
}

}  // namespace potentia::backtest
