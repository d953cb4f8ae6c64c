// Which cells are listed, and the cells of a pair or of a tile of the dense cube.
#pragma once

#include "kernels/backend.hpp"
#include "kernels/cpu/evaluate.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// @param world totals of an evaluation of the same exporters
CellList list_cells(const Problem& problem, const Tables& tables, const WorldTotals& world, const Rows& rows,
                    const ListingRule& rule, int threads);

/// See Backend::pair_cells.
void pair_cells(const Problem& problem, const Tables& tables, std::int32_t exporter, std::int32_t market, double* out);

/// See Backend::dense_tile.
void dense_tile(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& column_product,
                Column column, std::int32_t exporter, std::int32_t first, std::int32_t count, float* out);

}  // namespace potentia
