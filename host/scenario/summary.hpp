// A scenario in a screenful: what it rests on, what changes, for whom, and why.
#pragma once

#include <string>
#include <vector>

#include "host/model/party.hpp"
#include "host/scenario/run.hpp"

namespace potentia {

/// @param exporter, market whose cells the result has; a party without members stands for everyone
std::vector<std::string> scenario_lines(const SolvedWorld& solved, const ScenarioResult& result, const Party& exporter,
                                        const Party& market);

}  // namespace potentia
