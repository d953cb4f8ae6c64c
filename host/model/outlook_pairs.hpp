// What an outlook says of all cells, summed over the products of each pair.
#pragma once

#include <cstdint>
#include <vector>

#include "host/model/outlook_parts.hpp"
#include "host/model/outlook_tables.hpp"
#include "io/result/solution.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Sums over all cells of the pairs along the axes, each over products in their order. @throws Error(interrupted)
PairOutlook sum_outlook(const OutlookTables& outlook, const Problem& problem, const Tables& tables, const Axes& axes,
                        int threads);

}  // namespace potentia
