// Parts of a result as files: what a shard leaves for `merge`, and what a checkpoint keeps.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "io/result/part.hpp"
#include "io/result/result_file.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

inline constexpr const char* part_format = "potentia-part";
inline constexpr std::int64_t part_format_version = 2;

/// Which part of which job a file is.
struct PartName {
  std::string job;                      ///< digest of world, settings and selection: only parts of one job fit together
  std::int32_t shard = 0, shards = 0;   ///< 1 to `shards`; 0 of a checkpoint
};

/// The tables along products of sums under way, one at a time: twelve of exporter_product, twelve of market_product,
/// potential and unrealised to the world.
enum class SumTable { exporter_product, market_product, potential, unrealized };
using SumTables = std::function<const double*(SumTable which, int column)>;

/// Writes a checkpoint: sums only.
/// @param part without its tables along products, which `tables` gives, [rows, part.columns]; @param pieces its own
/// @throws Error(resources) for a full disk
void write_checkpoint(const std::string& path, const PartName& name, const Part& part,
                      const std::vector<const PairPiece*>& pieces, const SumTables& tables);

/// @throws Error(input) when the file is none or damaged
std::pair<PartName, Part> read_checkpoint(const std::string& path);

/// Writes a finished shard with all that a result says besides.
/// @param solution axes, settings, notices; its tables are the part's
void write_shard(const std::string& path, const PartName& name, const World& world, const Solution& solution,
                 const Part& part, const ResultOptions& options);

/// A shard that is open: sums of pairs, cells and totals are in memory, tables along products are read when asked for.
class ShardFile {
public:
  explicit ShardFile(const std::string& path);
  ~ShardFile();
  ShardFile(ShardFile&&) noexcept;

  PartName name;
  Part part;           ///< without margins by product and without factors but ease
  World world;         ///< countries, products of the result, sectors, title, revision: what a result shows of a world
  Solution solution;   ///< axes, settings; no tables
  ResultOptions options;  ///< inputs, and the run of this shard
  std::string path;

  /// [rows of the table, part.columns]
  Buffer<double> table(const ProductTable& which) const;

private:
  struct Open;
  std::unique_ptr<Open> open_;
};

}  // namespace potentia
