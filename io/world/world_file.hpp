// world.h5: the world as a file. README.md beside this header lists every dataset.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// What the root attributes `format` and `version` of a world say.
inline constexpr const char* world_format = "potentia-world";
inline constexpr int world_version = 1;

/// Writes the world, whole or not at all; the contents depend on the world alone, not on threads.
/// @return seconds spent waiting for the disk
/// @throws Error(input) for a world that read_world would refuse, Error(resources) for a full disk, Error(interrupted)
double write_world(const std::string& path, const World& world);

/// Reads and checks a world, on all cores. What is optional and absent is filled in: names are empty, distances and
/// elasticities missing, every product is in scope and in one sector, "All products".
/// @throws Error(input) naming file and dataset for whatever io/README.md does not allow, Error(resources),
///         Error(interrupted)
World read_world(const std::string& path);

/// How processes divide the flows of a world among them, by product.
struct TradeShare {
  int rank = 0, ranks = 1;
  /// The years whose flows are read, ascending; of others it is only known that they exist.
  std::function<std::vector<std::int32_t>(const World& world)> years;
  /// Who reads the flows of each product, [products], -1 = nobody; the same answer in every process.
  /// @param world without flows; @param flows [products] number of them in the years above
  std::function<std::vector<int>(const World& world, const std::vector<std::uint64_t>& flows)> owner;
  /// See hdf5::RowChoice::complete.
  std::function<void(std::vector<std::array<unsigned char, 16>>& hashes)> complete;
};

/// Reads a world with the flows of one process's products only: of the others there are none, and World::is_share is set.
/// Together the processes look at all that is in the wanted years.
World read_world_share(const std::string& path, const TradeShare& share);

/// What read_world enforces beyond shapes and types: order, uniqueness, ranges.
/// @param file named in the complaints as `file:/dataset`
/// @throws Error(input)
void check_world(const World& world, const std::string& file);

/// Oddities that are allowed and yet worth a look, such as a regime that grants something and has no member, as
/// notices of kind "warning".
std::vector<Notice> world_findings(const World& world);

/// Reads a file as read_world does, compares everything in it with its fingerprints, and returns its findings.
std::vector<Notice> validate_world(const std::string& path);

/// The world in a few lines of (label, value): countries, products, years, trade, coverage, sources, notices.
std::vector<std::pair<std::string, std::string>> describe_world(const World& world);

}  // namespace potentia
