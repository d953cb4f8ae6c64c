// One scenario on a world that has been solved: its baseline, itself, and the difference.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/model/problem_builder.hpp"
#include "host/scenario/compile.hpp"
#include "host/scenario/resolve.hpp"
#include "io/result/scenario_part.hpp"
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

/// Where a process has a run of the products: the others', as far as they have a say.
struct WholeProducts {
  std::vector<std::int32_t> products;  ///< world indices, in the order of the whole problem
  std::int32_t first = 0;              ///< of this process, along these
  SumPieces sums;                ///< over all products, as the baseline was loaded with; empty = there are no others
  const World* trade = nullptr;  ///< with the flows of all products, if this process has it
};

/// A world on a backend: what all scenarios start from.
struct SolvedWorld {
  const World& world;
  const BuiltProblem& built;
  const Backend& backend;                    ///< holds the problem
  const Margins& margins;                    ///< of all exporters and markets
  ScenarioGroundwork* groundwork = nullptr;  ///< of this world; null = made for each scenario anew
  const WholeProducts* whole = nullptr;      ///< null = `built` has all products
};

struct ScenarioRequest {
  /// Whose cells and sectors are wanted, ascending country indices; none = everyone's sectors, and cells of all
  /// partners of whom the other list names, or no cells.
  std::vector<std::int32_t> exporters, markets;
  bool full = false;  ///< exporter_product and market_product too
  bool cells = true;  ///< false: their sums by product alone, where cells would be too many to keep
  bool sectors = true;  ///< false: pairs without their sectors
};

/// What the products of `solved.built` tell of a scenario; `solved.margins` needs no tables of pairs.
/// @throws Error(input) as resolve(), VariantCompiler and share_instruments() do
ScenarioPart evaluate_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                               const ScenarioRequest& request);

/// What a result's tables are made along.
struct ScenarioAxes {
  std::int32_t countries = 0, sectors = 0, base_year = 0;
  std::vector<std::int32_t> products;  ///< world indices of the result's columns, ascending
};

/// One result from the parts of all products.
/// @param start margins of pairs of the world that scenarios start from
/// @param columns of each part in the whole; @param parts in any order
ScenarioResult join_scenario(const Margins& start, const ScenarioAxes& axes,
                             const std::vector<std::vector<std::int32_t>>& columns, std::vector<ScenarioPart> parts,
                             int threads);

/// Both, where the process has all products.
ScenarioResult run_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                            const ScenarioRequest& request);

}  // namespace potentia
