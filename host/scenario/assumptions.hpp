// What a scenario rests on, line by line: first in every result.
#pragma once

#include <vector>

#include "host/scenario/resolve.hpp"
#include "io/result/scenario_result.hpp"

namespace potentia {

/// One line for each number, eligibility and `like` of the instruments, in their order.
/// Tariffs of the scenario's own come first.
std::vector<AssumptionLine> assumption_lines(const Scenario& scenario,
                                             const std::vector<ResolvedInstrument>& instruments);

}  // namespace potentia
