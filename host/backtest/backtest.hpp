// Does it come true? The world as of an origin, judged by what came of it (METHOD.md, "Does it come true?").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/result/backtest_result.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::backtest {

/// @param world with both windows; products that are not traded in both are taken out of its scope
/// @param detail whether Backtest::detail is wanted, for a page
/// @param backend solves the origin; everything after it runs on its threads on the processor
/// @throws Error(usage) where the outcome does not lie after the origin; Error(input) for what the world cannot answer: a
///         year without trade, no start, too few exporters, regressors that say nothing or everything
Backtest run_backtest(World& world, const Settings& settings, const std::vector<std::int32_t>& origin,
                      const std::vector<std::int32_t>& outcome, bool detail, Backend& backend,
                      const ProgressSink& progress);

}  // namespace potentia::backtest
