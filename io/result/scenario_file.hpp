// scenario.h5: baseline, scenario and difference of one or more scenarios of one world. Its datasets are a contract,
// listed in io/README.md.
#pragma once

#include <string>
#include <vector>

#include "io/result/result_file.hpp"
#include "io/result/scenario_result.hpp"
#include "io/result/solution.hpp"

namespace potentia {

inline constexpr const char* scenario_format = "potentia-scenario";
inline constexpr std::int64_t scenario_format_version = 1;

/// Writes scenario.h5, whole or not at all. Several scenarios get a leading axis `scenario`.
/// @param baseline axes, settings and notices of the solve that all start from; its tables are not looked at
/// @param scenarios at least one, of different names; all with the same axes and cells
/// @throws Error(input) when the path cannot be an output, Error(resources) for a full disk, Error(interrupted)
ResultReport write_scenarios(const std::string& path, const World& world, const Solution& baseline,
                             const std::vector<ScenarioResult>& scenarios, const ResultOptions& options);

}  // namespace potentia
