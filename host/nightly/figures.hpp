// The key numbers of a result, and what moved since another.
#pragma once

#include <string>
#include <vector>

#include "host/nightly/record.hpp"

namespace potentia::nightly {

/// Key numbers of a result: all of WorldRecord that the file itself says. @throws Error(input)
WorldRecord figures_of(const std::string& result);

/// Potential and unrealised potential of every exporter, market and product that either result has and whose value
/// differs; one that only one of them has counts as 0 in the other. In no particular order. @throws Error(input)
std::vector<MoveRecord> changes_between(const std::string& older, const std::string& newer);

/// Names of files that a world's result is made of, of its solve and the import before, and that are others than
/// before: changed, new, or gone.
/// @param import name of the import step; empty where the world is given
std::vector<std::string> changed_inputs(const std::vector<StepRecord>& before, const std::vector<StepRecord>& now,
                                        const std::string& world, const std::string& import);
/// "base: changed since run 2026-11-25-0011: macro.csv, the program"
std::string changed_text(const WorldRecord& world);

/// The largest of each side and column by their absolute change in USD, largest first; sides in the order exporter,
/// market, product.
std::vector<MoveRecord> largest_moves(std::vector<MoveRecord> changes, std::size_t most);

}  // namespace potentia::nightly
