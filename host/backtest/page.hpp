// A back-test as one page: what was foretold, what came of it, where it fails. One file without scripts or requests.
#pragma once

#include <string>

#include "io/result/backtest_result.hpp"
#include "io/world/world.hpp"

namespace potentia::backtest {

/// @param backtest with its detail
std::string page(const World& world, const Backtest& backtest);

/// Text of page.css, compiled in.
const char* page_style();

}  // namespace potentia::backtest
