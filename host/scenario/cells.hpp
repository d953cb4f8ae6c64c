// Cells of the countries asked for, before and after, and their sums by product.
#pragma once

#include "host/scenario/run.hpp"
#include "kernels/cpu/difference.hpp"
#include "kernels/cpu/listing.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// The two ends of a scenario.
struct ScenarioEnds {
  const Problem& baseline_problem;
  const Tables& baseline;
  const Problem& scenario_problem;
  const Tables& scenario;
  const InstrumentShares& shares;  ///< none where nothing differs
};

/// Fills `result.products`, and `result.cells` if they are wanted, from all pairs of its sector_exporters and
/// sector_markets. @param products world indices in the problem's order
void fill_cells(const SolvedWorld& solved, const ScenarioEnds& ends, const std::vector<std::int32_t>& products,
                bool cells, ScenarioResult& result);

}  // namespace potentia
