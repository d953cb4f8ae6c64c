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

struct Settings {
  YearSettings world;      // table [world]: the manifest's names
  MethodSettings method;
  CellSettings cells;
};

}  // namespace potentia
