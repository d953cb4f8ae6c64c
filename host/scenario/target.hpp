// Whether a total that somebody wants trade to reach is within its potential, and what growth it takes.
#pragma once

#include "host/scenario/run.hpp"

namespace potentia {

/// Growth a year that leads from one value to another; infinite from 0.
double growth_a_year(double from, double to, double years);

/// @param result with the pairs of baseline and scenario
/// @param problem, tables of the scenario
TargetLine meet_target(const SolvedWorld& solved, const ResolvedInstrument& target, const ScenarioResult& result,
                       const Problem& problem, const Tables& tables);

}  // namespace potentia
