// Targets: what a total takes, and whether potential reaches it.
#pragma once

#include "host/scenario/run.hpp"
#include "io/result/scenario_part.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// What the products of `problem`, which is the scenario's, have to do with a target.
TargetPart target_part(const SolvedWorld& solved, const ResolvedInstrument& target, const Problem& problem,
                       const Tables& tables);

/// The judgement, on all products. @param products world indices of the result's columns
/// @param result with its tables of pairs
TargetLine judge_target(const TargetPart& target, const std::vector<std::int32_t>& products, std::int32_t base_year,
                        std::size_t countries, const ScenarioResult& result);

/// A constant growth a year: NaN over no years, infinite from nothing.
double growth_a_year(double from, double to, double years);

}  // namespace potentia
