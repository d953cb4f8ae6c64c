// Scenarios as CSV tables for spreadsheets: assumptions, pairs, instruments, cells.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/scenario/run.hpp"

namespace potentia {

/// Name and text of each file. Pairs and cells whose potential stays the same are left out; USD, in full precision.
std::vector<std::pair<std::string, std::string>> scenario_csvs(const SolvedWorld& solved,
                                                               const std::vector<ScenarioResult>& results);

}  // namespace potentia
