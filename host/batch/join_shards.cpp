#include "host/batch/join_shards.hpp"

#include <memory>

#include "host/batch/join_parts.hpp"
#include "host/batch/shard_order.hpp"
#include "host/model/solver.hpp"
#include "io/result/part_file.hpp"

namespace potentia {
namespace {

/// Puts the shards in their order.
void sort_shards(std::vector<std::shared_ptr<ShardFile>>& files) {
  std::vector<ShardPlace> places;
  for (const std::shared_ptr<ShardFile>& file : files)
    places.push_back({file->name, file->path, file->part.first, file->part.last, file->part.segments});
  std::vector<std::shared_ptr<ShardFile>> sorted;
  for (const std::size_t at : order_of_shards(places)) sorted.push_back(files[at]);
  files = std::move(sorted);
}

}  // namespace

JoinedShards join_shards(const std::vector<std::string>& paths, int threads) {
  std::vector<std::shared_ptr<ShardFile>> files;
  for (const std::string& path : paths) files.push_back(std::make_shared<ShardFile>(path));
  sort_shards(files);

  JoinedShards joined;
  ShardFile& first = *files.front();
  joined.world = std::move(first.world);
  joined.solution = std::move(first.solution);
  joined.inputs = std::move(first.options.inputs);
  const PairTerms terms = first.part.sums.terms;
  std::vector<PairPiece> pieces;
  std::vector<PartAtHand> parts;
  for (const std::shared_ptr<ShardFile>& file : files) {
    for (PairPiece& piece : file->part.pieces) pieces.push_back(std::move(piece));
    PartAtHand part;
    part.columns = file->part.columns;
    part.list = {std::move(file->part.cells), part.columns};
    part.potential = std::move(file->part.sums.world.potential);
    part.table = [file](const ProductTable& which) { return file->table(which); };
    parts.push_back(std::move(part));
  }
  fold_pieces(pieces);
  const ListingRule rule = listing_rule(joined.solution.settings);
  join_parts(std::move(parts), terms, pieces, terms.countries, static_cast<std::int32_t>(joined.world.sectors.size()), rule,
             threads, joined.solution);
  return joined;
}

}  // namespace potentia
