// Many draws of a whole world: the distribution of every sum and of every listed cell.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "host/draws/draw_inputs.hpp"
#include "io/result/draws_result.hpp"
#include "kernels/backend.hpp"

namespace potentia {

struct DrawsRequest {
  std::uint32_t first = 1, draws = 1000;  ///< draws first, first + 1, …
  std::uint64_t seed = 1;
  Uncertainty uncertainty;
  std::size_t memory = std::size_t{2} << 30;  ///< bytes for the values of draws; more exporters at once need fewer passes
  ListingRule listing;                        ///< which cells are kept
};

/// Values of all draws of a segment of products are in memory together, since quantiles need them: the world goes by
/// blocks of exporters, and each block by segments. No result depends on the memory, the workers or the backend.
/// @param backend holds nothing afterwards that is of use
/// @param workers how many draws are evaluated side by side
/// @throws Error(input) as DrawMaker does, Error(resources), Error(interrupted)
DrawsResult run_draws(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
                      const MakeWorker& make_worker, int workers, const ProgressSink& progress);

}  // namespace potentia
