// Sums over products whose segments are spread over the ranks, in the order of the segments: the bytes of one process.
#pragma once

#include <cstdint>
#include <vector>

#include "host/batch/division.hpp"
#include "host/batch/ranks.hpp"
#include "kernels/partial_sums.hpp"

namespace potentia {

/// A sector that runs over several ranks is passed on from rank to rank, each adding its own; whoever has a sector's end
/// sends it to the root. So each rank sends what it finishes and at most one sector besides, however many products it has.
/// @param own pieces of this rank's share, each of `size` numbers
/// @return at the root one piece a sector, elsewhere nothing
std::vector<PairPiece> gather_sectors(Ranks& ranks, const Division& division, std::vector<PairPiece> own, std::size_t size);

/// As Backend::load wants it: the total of all ranks in every rank.
SumPieces sum_over(Ranks& ranks, const Division& division);

}  // namespace potentia
