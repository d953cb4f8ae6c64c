// Levels of GDP and population as one file after another gives them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/import/side_tables.hpp"

namespace potentia {

struct MacroSeries {
  using Levels = std::map<std::int32_t, double>;  // year → level, > 0
  std::vector<Levels> gdp;                        // [countries]
  std::vector<Levels> population;                 // [countries]
  std::vector<std::int32_t> gdp_rank, population_rank;  // [countries] of the code whose rows are kept (CountryMatch)
};

/// @param format "tidy" (iso3, year, gdp, population), "wdi" (World Bank: a row per country and series, a column per
///               year; NY.GDP.MKTP.KD and SP.POP.TOTL) or "weo" (IMF: likewise, tab-separated; NGDP_R in billions of
///               national currency, LP in millions of persons)
/// @param role   how the files appear among the world's sources
/// @throws Error(input) for a level that is not above 0, a key that stands twice, a missing column
MacroSeries read_macro_files(const SideTables& tables, const std::vector<TableEntry>& files, const std::string& format,
                             const std::string& role);

}  // namespace potentia
