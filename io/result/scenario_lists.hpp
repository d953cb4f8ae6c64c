// The lists of scenario.h5: scenarios, what they rest on, how opportunities change places, and targets.
#pragma once

#include <vector>

#include "io/hdf5/handle.hpp"
#include "io/result/scenario_result.hpp"
#include "io/world/world.hpp"

namespace potentia {

void write_scenario_names(hid_t file, const std::vector<ScenarioResult>& scenarios);  ///< /scenarios
/// /difference/opportunities, if there are cells. @param products codes of the result's columns
void write_opportunities(hid_t difference, const std::vector<std::string>& products,
                         const std::vector<ScenarioResult>& scenarios);
void write_assumptions(hid_t file, const std::vector<ScenarioResult>& scenarios);  ///< /assumptions
void write_targets(hid_t file, const World& world,
                   const std::vector<ScenarioResult>& scenarios);  ///< /targets and /target_products, if any

}  // namespace potentia
