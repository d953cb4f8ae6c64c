// What is known of a world after some of its segments of products have been evaluated.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"

namespace potentia {

struct Part {
  std::int32_t first = 0, last = 0;    ///< its segments
  std::int32_t segments = 0;           ///< of the whole world
  std::vector<std::int32_t> columns;   ///< [its product columns] the column in the whole, ascending
  PartialSums sums;                    ///< tables along products have its columns; pieces, its segments
  std::vector<PairPiece> pieces;       ///< taken out of `sums`

  // Of a part that is finished, not of what has been saved of one under way:
  Factors factors;                     ///< [all countries, its columns]; exports and imports are empty
  CellList cells;                      ///< provisional, over all markets, products by its columns
};

}  // namespace potentia
