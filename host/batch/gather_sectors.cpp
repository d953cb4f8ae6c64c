#include "host/batch/gather_sectors.hpp"

#include <algorithm>

namespace potentia {
namespace {

constexpr std::size_t block = std::size_t{1} << 17;  // numbers that travel at once: the next rank adds them meanwhile

constexpr std::int32_t no_sector = -1;

}  // namespace

std::vector<PairPiece> gather_sectors(Ranks& ranks, const Division& division, std::vector<PairPiece> own, std::size_t size) {
  fold_pieces(own);
  const int rank = ranks.rank(), last_rank = ranks.size() - 1;
  const auto part = static_cast<std::size_t>(rank);
  const bool empty = own.empty();
  // What is passed on: the sector in which this rank's segments end, or what came in where it has none.
  bool continues = rank < last_rank && !empty && division.continues_after(part);

  std::int32_t incoming = no_sector;
  if (rank > 0) ranks.receive(rank - 1, &incoming, sizeof incoming);
  std::size_t leading = 0;
  while (leading < own.size() && own[leading].continues) ++leading;
  if (incoming != no_sector && empty) continues = true;
  const bool whole_share_inside = incoming != no_sector && leading == own.size();  // nothing but the middle of a sector
  const bool forward_incoming = whole_share_inside && continues;

  std::vector<PairPiece> finished;
  PairPiece carried;
  if (rank < last_rank) {
    const std::int32_t outgoing = forward_incoming ? incoming : continues ? own.back().sector : no_sector;
    ranks.send(rank + 1, &outgoing, sizeof outgoing);
  }
  if (incoming != no_sector) {
    carried = {0, incoming, false, Buffer<double>(size)};
    for (std::size_t at = 0; at < size; at += block) {
      const std::size_t count = std::min(block, size - at);
      double* const sum = carried.sums.data() + at;
      ranks.receive(rank - 1, sum, count * sizeof(double));
      for (std::size_t n = 0; n < leading; ++n)
        for (std::size_t e = 0; e < count; ++e) sum[e] += own[n].sums[at + e];
      if (forward_incoming) ranks.send(rank + 1, sum, count * sizeof(double));
    }
    if (!forward_incoming) finished.push_back(std::move(carried));
  }
  for (std::size_t n = leading; n < own.size(); ++n) finished.push_back(std::move(own[n]));
  if (continues && !forward_incoming) {
    for (std::size_t at = 0; at < size; at += block)
      ranks.send(rank + 1, finished.back().sums.data() + at, std::min(block, size - at) * sizeof(double));
    finished.pop_back();
  }

  if (rank > 0) {
    const std::uint64_t count = finished.size();
    ranks.send(0, &count, sizeof count);
    for (const PairPiece& piece : finished) {
      ranks.send(0, &piece.sector, sizeof piece.sector);
      ranks.send(0, piece.sums.data(), size * sizeof(double));
    }
    return {};
  }
  for (int from = 1; from < ranks.size(); ++from) {
    std::uint64_t count = 0;
    ranks.receive(from, &count, sizeof count);
    for (std::uint64_t n = 0; n < count; ++n) {
      PairPiece piece{0, 0, false, Buffer<double>(size)};
      ranks.receive(from, &piece.sector, sizeof piece.sector);
      ranks.receive(from, piece.sums.data(), size * sizeof(double));
      finished.push_back(std::move(piece));
    }
  }
  return finished;
}

SumPieces sum_over(Ranks& ranks, const Division& division) {
  return [&ranks, &division](std::vector<PairPiece> own, std::size_t size, double* total) {
    const std::vector<PairPiece> sectors = gather_sectors(ranks, division, std::move(own), size);
    if (ranks.is_root()) add_sectors(sectors, size, total);
    ranks.broadcast(total, size * sizeof(double));
  };
}

}  // namespace potentia
