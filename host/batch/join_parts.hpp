// One solution from parts, wherever they are: in this process, in other ranks, in files.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "host/batch/division.hpp"
#include "host/batch/ranks.hpp"
#include "io/result/part.hpp"
#include "io/result/solution.hpp"
#include "kernels/listing_rule.hpp"

namespace potentia {

/// A part's table along products, [rows, its columns].
using PartTable = std::function<Buffer<double>(const ProductTable&)>;

struct PartAtHand {
  std::vector<std::int32_t> columns;  ///< [its columns] in the whole
  ProvisionalList list;
  Buffer<double> potential;           ///< [exporters, its columns] to the world
  PartTable table;
};

/// Fills the tables of a solution whose axes, settings and ease are there.
/// @param pieces folded, one a sector
void join_parts(std::vector<PartAtHand> parts, const PairTerms& terms, const std::vector<PairPiece>& pieces,
                std::int32_t countries, std::int32_t sectors, const ListingRule& rule, int threads, Solution& solution);

/// A table of a part that this process holds.
Buffer<double> table_of(const Part& part, const ProductTable& which);

/// At the root: the solution of all ranks' parts; the others' tables are fetched while the result is written, and
/// `release_ranks` lets them go. Elsewhere: serves the root until then.
/// @param solution axes and settings are there
/// @return at the root, the most bytes that a rank has sent so far: sums of pairs, of trade and of potential
std::uint64_t join_ranks(Ranks& ranks, const Division& division, Part part, std::int32_t sectors, const ListingRule& rule,
                int threads, Solution& solution);
void release_ranks(Ranks& ranks);

}  // namespace potentia
