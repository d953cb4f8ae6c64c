// One scenario on a world that has been solved: its baseline, itself, and the difference.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/model/problem_builder.hpp"
#include "host/scenario/compile.hpp"
#include "host/scenario/resolve.hpp"
#include "io/result/scenario_result.hpp"
#include "kernels/backend.hpp"
#include "kernels/cpu/flows_by_market.hpp"

namespace potentia {

/// What scenarios of one world need and have in common; made when first asked for.
class ScenarioGroundwork {
public:
  /// @param built, backend must outlive this; the backend holds the problem
  ScenarioGroundwork(const World& world, const BuiltProblem& built, const Backend& backend);

  FlowsByMarket& flows() { return flows_; }
  const TariffKnowledge& tariffs();

private:
  const World& world_;
  const BuiltProblem& built_;
  FlowsByMarket flows_;
  std::unique_ptr<TariffKnowledge> tariffs_;
};

/// A world on a backend: what all scenarios start from.
struct SolvedWorld {
  const World& world;
  const BuiltProblem& built;
  const Backend& backend;                    ///< holds the problem
  const Margins& margins;                    ///< of all exporters and markets
  ScenarioGroundwork* groundwork = nullptr;  ///< of this world; null = made for each scenario anew
};

struct ScenarioRequest {
  /// Whose cells and sectors are wanted, ascending country indices; none = everyone's sectors, and cells of all
  /// partners of whom the other list names, or no cells.
  std::vector<std::int32_t> exporters, markets;
  bool full = false;  ///< exporter_product and market_product too
  bool cells = true;  ///< false: their sums by product alone, where cells would be too many to keep
};

/// @throws Error(input) as resolve(), VariantCompiler and share_instruments() do
ScenarioResult run_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                            const ScenarioRequest& request);

}  // namespace potentia
