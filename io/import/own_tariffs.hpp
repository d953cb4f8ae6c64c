// Tariff tables beside a world that has been imported already: those that a scenario brings along.
#pragma once

#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Reads tables of rates and members as a manifest's [tariffs] names them.
/// @param world countries, products and base years; its tariffs are not looked at
/// @param notices receives what the tables have about others, as import does
/// @throws Error(input) with file and line, as import does
Tariffs read_own_tariffs(const World& world, const std::string& rates, const std::string& members,
                         const std::string& where, std::vector<Notice>& notices);

}  // namespace potentia
