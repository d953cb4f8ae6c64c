// A back-test in a screenful.
#pragma once

#include <string>
#include <vector>

#include "io/result/backtest_result.hpp"

namespace potentia {

std::vector<std::string> backtest_lines(const Backtest& backtest);

}  // namespace potentia
