// What the commands that run scenarios share: reading their files, and the worlds that they start from.
#pragma once

#include <string>
#include <vector>

#include "host/model/parties.hpp"
#include "host/model/problem_builder.hpp"
#include "host/scenario/run.hpp"
#include "io/scenario/scenario.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia {

/// By name, so that the order of files does not matter.
/// @throws Error(input) as read_scenario(), and for two of one name
std::vector<Scenario> read_scenarios(const std::vector<std::string>& paths);

/// A world solved on a backend, which holds its problem: what scenarios without tariffs of their own start from.
struct ScenarioBase {
  ScenarioBase(const World& world, const Settings& settings, Backend& backend, const ProgressSink& progress);
  SolvedWorld solved(const World& world, const Backend& backend) const { return {world, built, backend, margins}; }

  BuiltProblem built;
  Margins margins;  ///< of all exporters and markets
};

/// Runs one scenario after the other. Those that bring tariffs along start from a world of their own, solved on the
/// processor, so that `backend` keeps the one of all others; `world` is as it was afterwards.
/// @param notices receives what is told of these tariffs
/// @throws Error(input) as run_scenario()
std::vector<ScenarioResult> run_scenarios(World& world, const Settings& settings, const ScenarioBase& base,
                                          const Backend& backend, const std::vector<Scenario>& scenarios,
                                          const Parties& parties, const ScenarioRequest& request,
                                          const ProgressSink& progress, std::vector<Notice>& notices);

/// Every file that the scenarios were read from, once, tariffs of their own among them.
std::vector<SourceFile> scenario_fingerprints(const std::vector<Scenario>& scenarios);

}  // namespace potentia
