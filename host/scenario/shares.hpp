// What part of ln(EP'/EP) each instrument has, by Shapley values of the factors' logarithms (METHOD.md, "Scenarios").
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "host/scenario/compile.hpp"
#include "kernels/cpu/difference.hpp"

namespace potentia {

/// So many instruments on one factor can be shared exactly.
inline constexpr std::size_t most_sharing = 8;

/// A world with a set of instruments: its tables, and what they were computed from.
struct VariantState {
  std::shared_ptr<const Problem> problem;
  const Tables* tables = nullptr;
};

/// @param players what differs between baseline and scenario; at least one
/// @param baseline, scenario the two ends, already computed
/// @throws Error(input) where more than `most_sharing` instruments act on one factor
InstrumentShares share_instruments(const VariantCompiler& compiler, const std::vector<ResolvedInstrument>& instruments,
                                   const std::vector<Player>& players, const VariantState& world,
                                   const VariantState& baseline, const VariantState& scenario,
                                   const std::vector<std::int32_t>& markets, FlowsByMarket& flows,
                                   const SumPieces& sums, int threads);

/// Weights of Shapley's value: of player n, Σ over sets of w[set] · f(set), sets as bits of the players in them.
/// @return [player][set]
std::vector<std::vector<double>> shapley_weights(std::size_t players);

}  // namespace potentia
