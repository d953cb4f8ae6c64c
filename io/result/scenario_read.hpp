// scenario.h5 read back: what `info` and `validate` need of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia {

struct ScenarioFileSummary {
  std::string digest;  ///< content digest; empty for one of another program
  std::string title, run;
  std::vector<std::int64_t> base_years;
  std::int64_t horizon_year = 0;
  std::uint64_t exporters = 0, markets = 0;
  std::vector<std::string> scenarios;      ///< by name; empty where nothing says so
  std::vector<std::string> assumptions;    ///< "cost [hours by rail]: days -20 hours … (source: …)", a line each
  std::vector<double> rank_correlation;    ///< [scenarios], NaN where there is none; empty where no countries are named
  std::vector<std::string> rank_changes;   ///< "400121: place 3 becomes 17", a line each
  std::vector<double> baseline, scenario;  ///< [scenarios] potential at the horizon, all pairs, USD
};

/// @throws Error(input) naming file and dataset
ScenarioFileSummary read_scenario_summary(const std::string& path);

/// Checks every number against the file's fingerprints, that every value of the tables of pairs is finite, that every
/// table of differences is scenario − baseline, byte for byte, and that places among opportunities are those of the
/// cells.
/// @throws Error(input) naming file and dataset
void check_scenarios(const std::string& path);

}  // namespace potentia
