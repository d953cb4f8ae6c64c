// What is worth waking somebody for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/nightly/config.hpp"
#include "host/nightly/record.hpp"

namespace potentia::nightly {

/// "12.3 billion USD"
std::string amount_text(double dollars);
/// "+12.3 %"; "new" from nothing, "gone" to nothing
std::string change_text(double was, double is);

/// A line for each step that failed or did not run.
std::vector<std::string> step_alarms(const std::vector<StepRecord>& steps);

/// A line for each threshold that a world passes.
/// @param before  the same world in the run before; null if there was none
/// @param changes since then, of exporters, markets and products; those of one side that are too many to tell are
/// counted
/// @param now     seconds since 1970
std::vector<std::string> world_alarms(const AlarmConfig& limits, const WorldRecord& world, const WorldRecord* before,
                                      const std::vector<MoveRecord>& changes, std::int64_t now);

}  // namespace potentia::nightly
