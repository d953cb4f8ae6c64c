// From a world and settings to every potential.
#pragma once

#include <cstdint>
#include <vector>

#include "io/result/solution.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia {

/// Countries to evaluate and write, as ascending indices into World::countries; empty = all of them.
struct Selection {
  std::vector<std::int32_t> exporters;
  std::vector<std::int32_t> markets;
};

struct BuiltProblem;
struct OutlookModels;

/// Axes, settings and notices of a solution; takes them out of what was built.
void describe_solution(const World& world, BuiltProblem& built, const Selection& selection, Solution& solution);

/// Frees what a world need not keep once its problem has been built: the flows that the base period does not look at (of
/// several base years a merge has been made, one is looked at where it lies), and tariff lines.
/// @param settings with base years resolved
void release_inputs(World& world, const Settings& settings);

/// What settings list.
ListingRule listing_rule(const Settings& settings);

/// Evaluates the world. The factors always come from the whole world, so a restricted solution is a slice of the full
/// one, bit for bit. After it returns, `backend` still holds the problem and serves `dense_tile`, as long as `world` lives.
/// @throws Error(input) for settings that the world cannot answer (a base year without a record, a horizon before the
///         base, negative or all-zero weights …), Error(resources), Error(interrupted)
/// @param outlook models to apply to the same cells; may be null
Solution solve(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
               const ProgressSink& progress, const OutlookModels* outlook = nullptr);

/// The same, for a result that is written and a world that is not needed afterwards. The flows of its years are freed as
/// soon as they are merged, and the tariff lines as soon as rows of rates are made of them, so that several base years
/// cost no more memory than one. Tables that are made while they are written are left to that (see Solution), and cells
/// are still being listed when it returns. `world` and `backend` live, and hold this problem, until all that is done.
Solution solve_to_write(World& world, const Settings& settings, const Selection& selection, Backend& backend,
                        const ProgressSink& progress, const OutlookModels* outlook = nullptr);

}  // namespace potentia
