// Cells of all pairs of two groups of countries, summed by product: for reports on groups.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// See Backend::group_cells. The same bits as adding up what `pair_cells` gives, pair by pair.
void group_cells(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& exporters,
                 const std::vector<std::int32_t>& markets, int threads, double* out);

}  // namespace potentia
