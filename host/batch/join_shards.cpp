#include "host/batch/join_shards.hpp"

#include <fmt/format.h>

#include <memory>

#include "host/batch/join_parts.hpp"
#include "host/model/solver.hpp"
#include "io/result/part_file.hpp"

namespace potentia {
namespace {

/// Puts the shards in their order, by number.
void sort_shards(std::vector<std::shared_ptr<ShardFile>>& files) {
  const PartName& first = files.front()->name;
  std::vector<std::shared_ptr<ShardFile>> sorted(static_cast<std::size_t>(first.shards));
  for (const std::shared_ptr<ShardFile>& file : files) {
    if (file->name.job != first.job)
      throw input_error("a shard of another world, of other settings or of other countries than " + files.front()->path,
                        file->path, "merge shards of one job");
    if (file->name.shards != first.shards)
      throw input_error(fmt::format("a shard of {}, where {} is one of {}", file->name.shards, files.front()->path, first.shards),
                        file->path, "merge shards of one division");
    std::shared_ptr<ShardFile>& place = sorted[static_cast<std::size_t>(file->name.shard - 1)];
    if (place)
      throw input_error(fmt::format("shard {}/{} is there twice, also as {}", file->name.shard, first.shards, place->path),
                        file->path, "give each shard once");
    place = file;
  }
  std::string missing;
  for (std::size_t n = 0; n < sorted.size(); ++n)
    if (!sorted[n]) missing += fmt::format("{}{}/{}", missing.empty() ? "" : ", ", n + 1, first.shards);
  if (!missing.empty())
    throw input_error("shards are missing: " + missing, files.front()->path, "make them with solve --shard, and give all");
  std::int32_t end = 0;
  for (const std::shared_ptr<ShardFile>& file : sorted) {
    if (file->part.first != end || file->part.segments != sorted.front()->part.segments)
      throw input_error("a shard that does not follow the one before it", file->path, "make all shards with one version of the program");
    end = file->part.last;
  }
  if (end != sorted.front()->part.segments)
    throw input_error("the shards do not make up the whole", sorted.back()->path, "make all shards with one version of the program");
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
