// What a run of segments tells of a scenario: what shards and ranks hand on, and checkpoints keep.
#pragma once

#include <cstdint>
#include <vector>

#include "io/result/scenario_result.hpp"
#include "io/settings.hpp"
#include "kernels/partial_sums.hpp"

namespace potentia {

/// A target, and what its pairs have by product.
struct TargetPart {
  TargetLine line;                              ///< without sums
  std::vector<double> unrealized, static_part;  ///< [columns of the part] USD, scenario
};

/// Sums of pairs over the part's segments, and of which pairs.
struct PairSums {
  std::vector<std::int32_t> markets;  ///< ascending country indices; empty = there are none
  PairTerms terms;
  std::vector<PairPiece> pieces;
};

struct ScenarioPart {
  /// Tables along products, cells and sums by product have the part's columns; tables of pairs, targets and
  /// opportunities are empty. What does not depend on products is the same in every part.
  ScenarioResult told;
  PairSums start;               ///< of the baseline's world, as an evaluation sums it: where that is the scenario's own
  PairSums baseline, scenario;  ///< differences (DifferenceLayout)
  std::vector<TargetPart> targets;
};

/// What the parts of one share have in common.
struct ScenarioShare {
  std::int32_t first = 0, last = 0, segments = 0;  ///< the share's, and of the whole world
  std::vector<std::int32_t> columns;               ///< [columns of the part] in the whole, ascending
  PairSums start;                                  ///< of the world that scenarios start from
};

}  // namespace potentia
