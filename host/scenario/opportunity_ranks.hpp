// How the list of opportunities moves: products by unrealised potential, under the baseline and under a scenario.
#pragma once

#include "io/result/scenario_result.hpp"

namespace potentia {

/// Fills `opportunities` from the sums by product of the countries asked for; leaves it empty where nobody was.
void rank_opportunities(ScenarioResult& result);

}  // namespace potentia
