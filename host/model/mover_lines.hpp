// Movers as lines for a screen and as JSON.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/model/movers.hpp"

namespace potentia {

/// For each axis a heading and its largest movers by potential at the horizon: before, after, change, unrealised, and
/// the factors that moved it; then how many countries and products only one result has, and how parts were found.
/// @param most movers of each axis
std::vector<std::string> mover_lines(const Movers& movers, std::size_t most);

/// {"method", "total": {"before", "after"}, "exporters" | "markets" | "products": {"estimated", "movers": [{"code",
/// "name", "before", "after", "change", "relative_change", "parts"}], "only_before", "only_after"}}; USD by column
/// name, a relative change of null where there was nothing before.
nlohmann::ordered_json movers_json(const Movers& movers, std::size_t most);

}  // namespace potentia
