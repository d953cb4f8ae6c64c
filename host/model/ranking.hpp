// How two lists of the same things are ordered, compared.
#pragma once

#include <cstddef>
#include <vector>

namespace potentia {

/// Spearman's rank correlation of two columns, ties by mid-ranks; NaN where one of them has no ranks to speak of.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

/// Place of each value, counted from 1, the largest first, ties in their order.
std::vector<std::size_t> places_of(const std::vector<double>& values);

/// What is among the first `top` of one of two orders and stands elsewhere in the other, the largest move first, ties in
/// their order. What is nothing in both is left out.
std::vector<std::size_t> largest_moves(const std::vector<double>& before, const std::vector<double>& after,
                                       std::size_t top);

}  // namespace potentia
