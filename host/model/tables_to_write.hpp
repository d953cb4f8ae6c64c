// Tables of a result that are made while it is written, from what the backend and the sums of an evaluation hold anyway:
// in memory they would only be looked at once.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "io/result/solution.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// For Solution::factor_part. @param tables of this problem; both live as long as the function
std::function<void(int, const TableBox&, double*)> factor_parts(const Problem& problem, const Tables& tables);

/// Factors::ease, without the others. [exporter, market] of all countries
Buffer<double> ease_of(const TableView& view);

/// For Solution::pair_sector_part.
/// @param pieces folded, of the whole world; @param markets country indices of the columns
std::function<void(Column, const TableBox&, double*)> pair_sector_parts(PairTerms terms, std::vector<PairPiece> pieces,
                                                                        std::int32_t sectors,
                                                                        std::vector<std::int32_t> markets);

/// For Solution::product_part. @param exporter,market null where the result has no such table
std::function<void(const ProductTable&, const TableBox&, double*)> product_parts(std::shared_ptr<const ProductSums> exporter,
                                                                                 std::shared_ptr<const ProductSums> market);

}  // namespace potentia
