// How the segments of a world are divided among processes.
#pragma once

#include <cstdint>
#include <vector>

#include "io/world/world.hpp"
#include "kernels/sums.hpp"

namespace potentia {

struct Division {
  std::vector<Segment> segments;     ///< of the whole world; products count in the backend's order, by sector and code
  std::vector<std::int32_t> cuts;    ///< [parts + 1] part p has segments cuts[p] to cuts[p + 1] - 1
  std::vector<int> owner;            ///< [world products] part, -1 = takes no part

  /// Whether the sector of part p's last segment goes on in a later part.
  bool continues_after(std::size_t part) const;
};

/// Divides so that every part costs about the same by what products of so many flows were measured to cost.
/// @param products in scope and traded, ascending world indices
/// @param flows [world products] in the base years
Division divide(const World& world, const std::vector<std::int32_t>& products, const std::vector<std::uint64_t>& flows,
                int parts);

/// Flows of each product in these years. @return [world products]
std::vector<std::uint64_t> flows_by_product(const World& world, const std::vector<std::int32_t>& years);

}  // namespace potentia
