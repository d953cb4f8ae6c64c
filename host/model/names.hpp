// Country codes as people type them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Indices into World::countries of these codes, ascending, each once; empty when `codes` is.
/// @param flag what the codes were given to, for the complaint ("--exporters")
/// @throws Error(input) for a code that the world does not have, naming the nearest one
std::vector<std::int32_t> country_indices(const World& world, const std::vector<std::string>& codes,
                                          const std::string& flag);

/// The code that `wanted` was probably meant to be, with its name: "LAO (Lao PDR)". A longer word is compared with the
/// names as well.
std::string nearest_country(const std::string& wanted, const std::vector<std::string>& codes,
                            const std::vector<std::string>& names);

}  // namespace potentia
