// The tables of a variant from those of its baseline: only what a replaced input touches is computed again.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/cpu/flows_by_market.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// What a variant's problem has other than its baseline's.
struct TouchedInputs {
  std::vector<std::int32_t> markets;  ///< ascending; markets whose cells may differ
  bool everything = false;            ///< GDP, σ, or tariffs where there were none: all tables are computed again
};

/// @param base tables of the baseline's problem; must outlive what is returned, which looks into them
/// @param problem the variant's: the same flows, distances and first rows of rates as the baseline's
/// @param flows of the baseline
/// @param sums where the problem is a run of a larger one: the sums over all products that the baseline was loaded
/// with;
///        no variant changes them
/// @return tables whose view is complete; buffers that nothing touched are empty
Tables variant_tables(const Problem& base_problem, const Tables& base, const Problem& problem,
                      const TouchedInputs& touched, FlowsByMarket& flows, int threads, const SumPieces& sums = {});

}  // namespace potentia
