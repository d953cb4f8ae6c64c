#include "host/commands/scenario_run.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "host/commands/result_run.hpp"
#include "host/scenario/own_tariffs.hpp"
#include "io/import/own_tariffs.hpp"

namespace potentia {
namespace {

ScenarioResult run_with_tariffs(World& world, const Settings& settings, int threads, const Scenario& scenario,
                                const Parties& parties, const ScenarioRequest& request, std::vector<Notice>& notices) {
  const ScenarioTariffs& files = scenario.tariffs;
  const Tariffs own = read_own_tariffs(world, files.rates, files.members, files.where, notices);
  Tariffs joined = joined_tariffs(world, own, files.where);
  std::swap(world.tariffs, joined);
  const auto backend = make_backend(BackendChoice::cpu, threads);
  const auto base = std::make_unique<ScenarioBase>(world, settings, *backend, ProgressSink{});
  ScenarioResult result = run_scenario(base->solved(world, *backend), scenario, parties, request);
  std::swap(world.tariffs, joined);
  return result;
}

}  // namespace

std::vector<Scenario> read_scenarios(const std::vector<std::string>& paths) {
  std::vector<Scenario> scenarios;
  for (const std::string& path : paths) scenarios.push_back(read_scenario(path));
  std::sort(scenarios.begin(), scenarios.end(), [](const Scenario& a, const Scenario& b) { return a.name < b.name; });
  for (std::size_t at = 1; at < scenarios.size(); ++at)
    if (scenarios[at].name == scenarios[at - 1].name)
      throw input_error("two scenarios are called \"" + scenarios[at].name + "\"", scenarios[at].path,
                        "give each a name of its own; the other is " + scenarios[at - 1].path);
  return scenarios;
}

ScenarioBase::ScenarioBase(const World& world, const Settings& settings, Backend& backend, const ProgressSink& progress)
    : built(build_problem(world, settings, std::max(backend.threads(), 1))) {
  backend.load(built.problem);
  margins = backend.evaluate({}, progress);
}

std::vector<ScenarioResult> run_scenarios(World& world, const Settings& settings, const ScenarioBase& base,
                                          const Backend& backend, const std::vector<Scenario>& scenarios,
                                          const Parties& parties, const ScenarioRequest& request,
                                          const ProgressSink& progress, std::vector<Notice>& notices) {
  std::vector<ScenarioResult> results;
  ScenarioGroundwork groundwork(world, base.built, backend);
  SolvedWorld solved = base.solved(world, backend);
  solved.groundwork = &groundwork;
  for (const Scenario& scenario : scenarios) {
    if (!scenario.tariffs.given()) {
      results.push_back(run_scenario(solved, scenario, parties, request));
    } else {
      results.push_back(run_with_tariffs(world, settings, backend.threads(), scenario, parties, request, notices));
    }
    if (progress) progress("scenarios", results.size(), scenarios.size());
  }
  return results;
}

std::vector<SourceFile> scenario_fingerprints(const std::vector<Scenario>& scenarios) {
  std::set<std::string> files;
  for (const Scenario& scenario : scenarios) {
    files.insert(scenario.files.begin(), scenario.files.end());
    if (scenario.tariffs.given()) files.insert({scenario.tariffs.rates, scenario.tariffs.members});
  }
  std::vector<SourceFile> prints;
  for (const std::string& file : files) prints.push_back(fingerprint("scenario", file));
  return prints;
}

}  // namespace potentia
