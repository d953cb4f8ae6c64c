// Many draws of a whole world: the distribution of every sum and of every listed cell.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "host/draws/draw_inputs.hpp"
#include "io/result/draws_result.hpp"
#include "io/result/scenario_archive.hpp"
#include "kernels/backend.hpp"

namespace potentia {

struct DrawsRequest {
  std::uint32_t first = 1, draws = 1000;  ///< draws first, first + 1, …
  std::uint64_t seed = 1;
  Uncertainty uncertainty;
  std::size_t memory =
      std::size_t{2} << 30;  ///< bytes for the values of draws; more exporters at once need fewer passes
  ListingRule listing;       ///< which cells are kept
  bool sensitivity = false;  ///< also which group of inputs matters

  std::pair<int, int> share{0, 1};  ///< 1 of 3 as (1, 3), from (0, 3) on: exporters of about a third of the work
  bool all_rows = false;            ///< makes room for what other shares tell
  /// What a checkpoint has of this share: blocks of exporters by their first one.
  std::map<std::int32_t, Bytes> known;
  /// Takes a block that is done. @throws what saving throws
  std::function<void(std::int32_t first, Bytes block)> keep;
  /// Asked between segments; what is not kept by then is lost when it says so.
  std::function<bool()> stop;
};

/// Values of all draws of a segment of products are in memory together, since quantiles need them: the world goes by
/// blocks of exporters, and each block by segments. No result depends on the memory, the workers or the backend.
/// @param backend holds nothing afterwards that is of use
/// @param workers how many draws are evaluated side by side
/// @throws Error(input) as DrawMaker does, Error(resources), Error(interrupted)
/// @return the share's rows, or all, of which the share's are filled. @throws Error(stopped) where the request said
/// stop
DrawsResult run_draws(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
                      const MakeWorker& make_worker, int workers, const ProgressSink& progress);

}  // namespace potentia
