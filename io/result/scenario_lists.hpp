// The lists of scenario.h5: what scenarios rest on, and the targets that they judge.
#pragma once

#include <vector>

#include "io/hdf5/handle.hpp"
#include "io/result/scenario_result.hpp"
#include "io/world/world.hpp"

namespace potentia {

void write_assumptions(hid_t file, const std::vector<ScenarioResult>& scenarios);                  ///< /assumptions
void write_targets(hid_t file, const World& world, const std::vector<ScenarioResult>& scenarios);  ///< /targets, if any

}  // namespace potentia
