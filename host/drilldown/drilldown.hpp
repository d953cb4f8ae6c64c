// From a world to the report of a pair.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/drilldown/facts/scenarios.hpp"
#include "host/drilldown/report.hpp"
#include "host/model/outlook_models.hpp"
#include "io/result/draws_pair.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::drilldown {

/// Files that say how likely and how sure.
struct HowSure {
  std::optional<OutlookModels> outlook;
  std::optional<PairDraws> draws;  ///< of this world and pair
};

/// Solves the world for the exporter's members and all markets, and computes every part.
/// @param scenarios of the same world, settings and parties; without any there is no part on them
/// @param sure what is known of chances and uncertainty; without any there is no part on them
/// @throws Error as solve() does, and where draws are of other years
Report make_report(const World& world, const Settings& settings, Party exporter, Party market,
                   const Scenarios& scenarios, HowSure sure, Backend& backend, const ProgressSink& progress);

/// report.json: the report one to one, in full precision. See host/drilldown/README.md.
std::string report_json(const World& world, const Report& report);

/// Whether a file is called as a table of a chapter is that reports may lack: on prospects, on any number of scenarios.
bool is_table_of_a_chapter(const std::string& file_name);

/// A table as CSV (RFC 4180): numbers in the shortest form that reads back to the same bits, nothing where missing.
std::string table_csv(const Table& table);

/// Writes the tables of a report as a workbook (.xlsx): findings, one sheet for each table that has rows, definitions.
/// @throws Error(input) for a path that cannot be an output, Error(resources) for a full disk
void write_workbook(const std::string& path, const Report& report, int threads);

/// Key numbers and the largest opportunities for a screen.
std::vector<std::string> report_lines(const Report& report);

}  // namespace potentia::drilldown
