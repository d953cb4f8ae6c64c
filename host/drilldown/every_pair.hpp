// Tidy tables of every pair, instead of a report of one.
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/report.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::drilldown {

/// Solves for all pairs of the two parties and writes pairs.csv, pair_sectors.csv and cells.csv (the listed cells of
/// `settings.cells`), each with the twelve value columns in USD; rows without trade and potential are left out.
/// @return the files written
std::vector<std::string> write_every_pair(const World& world, const Settings& settings, const Party& exporter,
                                          const Party& market, Backend& backend, const ProgressSink& progress,
                                          const std::string& folder);

}  // namespace potentia::drilldown
