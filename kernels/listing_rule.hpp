// Which products and cells are listed (METHOD.md, "Potential and its parts"), and how lists of parts of the world make one.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "kernels/backend.hpp"

namespace potentia {

/// Largest unrealised first; ties by (market, product column).
inline bool listed_before(double unrealized_a, std::int32_t market_a, std::int32_t column_a, double unrealized_b,
                          std::int32_t market_b, std::int32_t column_b) {
  if (unrealized_a != unrealized_b) return unrealized_a > unrealized_b;
  return std::tie(market_a, column_a) < std::tie(market_b, column_b);
}

/// Puts columns into the order of falling values, those of the same value as they were.
/// @param value [product column], none negative; @param columns ascending
void sort_descending(const double* value, std::vector<std::int32_t>& columns);

/// The product columns of an exporter that qualify. A product does if its potential to the world is at least the
/// minimum, or if the potentials ranked before it sum to less than the coverage of the exporter's total.
/// @param potential [product column]
std::vector<std::int32_t> qualifying_columns(const double* potential, std::int32_t products, const ListingRule& rule);

/// Those that qualify whatever the exporter's other products are.
std::vector<std::int32_t> certain_columns(const double* potential, std::int32_t products, const ListingRule& rule);

/// A provisional list over all markets, of some of the products.
struct ProvisionalList {
  CellList cells;
  std::vector<std::int32_t> columns;  ///< [its product columns] the column in the whole
};

/// The list of the whole world from those of its parts.
/// @param potential [exporters, products] to the world; @param markets positions to list, [all markets], -1 = not listed
CellList merge_lists(const std::vector<ProvisionalList>& parts, const double* potential, std::int32_t exporters,
                     std::int32_t products, const std::vector<std::int32_t>& markets, const ListingRule& rule);

}  // namespace potentia
