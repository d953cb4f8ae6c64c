// Tariffs of a scenario's own under a world that has none for their markets.
#pragma once

#include <string>

#include "io/world/world.hpp"

namespace potentia {

/// The world's tariffs and, of markets that have none, the others.
/// @param where what to name where a market has tariffs already
/// @throws Error(input) for a market that both have
Tariffs joined_tariffs(const World& world, const Tariffs& own, const std::string& where);

}  // namespace potentia
