// A result in a screenful: what `solve` says at its end and `info` of a result file shows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/world/world.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// Sums of cells in USD, one for each Column.
using ColumnSums = std::array<double, column_count>;

struct ResultSummary {
  std::vector<std::string> exporters, exporter_names;  ///< those that were evaluated
  std::vector<std::string> markets, market_names;
  std::size_t products = 0;
  std::size_t sectors = 0;
  std::uint64_t listed_cells = 0;
  std::vector<std::int32_t> base_years;
  std::int32_t horizon_year = 0;
  std::string ease;                       ///< variant, as in the settings

  std::array<std::vector<double>, column_count> pair;  ///< [exporters, markets] USD
  std::string digest;                     ///< content digest of the file; empty before it is written
  std::vector<Notice> notices;            ///< drops, fills, warnings and notes
  std::string run;                        ///< JSON about the run that wrote the file; empty before it is written
};

}  // namespace potentia
