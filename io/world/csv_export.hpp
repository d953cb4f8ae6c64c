// A world as the files that people download: what `import` reads, written by `synth --csv`.
#pragma once

#include <string>

#include "io/world/world.hpp"

namespace potentia {

/// Writes the world into a folder (made if it does not exist) as BACI, CEPII and tidy tables with the manifest
/// world.toml, so that importing the manifest gives the same world: the same trade and the same tables, bit for bit.
/// Left out is what those files have no place for: sources and notices.
/// @param version stands in the names of the trade files, BACI_HS17_Y2024_V<version>.csv
/// @return seconds spent waiting for the disk
/// @throws Error(input) for a world that the formats cannot hold (income elasticities by market) or a folder that
///         cannot be made, Error(resources) for a full disk, Error(interrupted)
double export_csv(const World& world, const std::string& folder, const std::string& version);

}  // namespace potentia
