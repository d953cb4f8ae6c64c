// Settings of a solve, as TOML names them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia {

struct MethodSettings {
  std::string ease = "trade_share";      ///< or "calibrated"
  bool distance_fit = true;
  bool net_importer_correction = true;
  bool tariffs = true;
  std::vector<double> weights;           ///< one per base year; empty = equal
  std::string missing_years = "zero";    ///< or "skip"
};

struct YearSettings {
  std::vector<std::int32_t> base_years;  ///< empty = the world's
  std::int32_t horizon_year = 0;         ///< 0 = the world's
};

struct CellSettings {
  std::int64_t top = 500;                ///< the largest so many unrealised cells of each exporter; 0 = all that qualify
  bool thresholds = true;                ///< ITC's reporting thresholds; false = every cell with potential qualifies
};

/// What `drilldown` reports on where no flag says so; see configs/groups.toml.
struct DrilldownSettings {
  std::string exporter;                  ///< country, group, list of countries, "world" or "all"
  std::string market;                    ///< likewise
  std::string groups;                    ///< file of further groups, beside the settings file; empty = none
};

struct Settings {
  YearSettings world;      // table [world]: the manifest's names
  MethodSettings method;
  CellSettings cells;
  DrilldownSettings drilldown;
};

/// Reads and checks a settings file; what it leaves out keeps its default.
/// @throws Error(input) with file, line and column: not TOML, an unknown table or key (naming the nearest known one), a
///         value of the wrong type or out of range
Settings read_settings(const std::string& path);

/// The same from text; `name` stands for the file in complaints.
Settings parse_settings(const std::string& text, const std::string& name);

/// The settings as TOML that `parse_settings` reads back to the same values, without comments.
std::string settings_to_toml(const Settings& settings);

/// The commented file of all settings with their defaults.
const char* default_settings_toml();

}  // namespace potentia
