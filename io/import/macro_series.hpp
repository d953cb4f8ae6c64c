// Levels of GDP and population as one file after another gives them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "io/import/side_tables.hpp"

namespace potentia {

enum class Quantity { gdp, population, gdp_growth };
inline constexpr std::size_t quantity_count = 3;

struct MacroSeries {
  using Levels = std::map<std::int32_t, double>;  ///< year → level, > 0; of gdp_growth per cent a year

  /// One country's rows of one quantity. Those under its own code beat all under another code of it: levels of two
  /// territories (SRB and YUG) must not become one path.
  struct Kept {
    Levels levels;
    std::int32_t rank = 0;  ///< of the code whose rows are kept (CountryMatch)
  };

  std::array<std::vector<Kept>, quantity_count> kept;  ///< [quantity][countries]
  std::set<std::string> found;                         ///< series that the files hold, by code or name, for complaints
  std::string files;                                   ///< their names, likewise
  std::string wanted_gdp, wanted_population;           ///< what the format calls these series

  std::vector<Kept>& of(Quantity quantity) { return kept[static_cast<std::size_t>(quantity)]; }
};

/// @param format "tidy" (iso3, year, gdp, population), "wdi" (World Bank: files of its site, DataBank with series in rows,
///               time in rows or series in columns), "weo" (IMF: whole tables, selections by country with or without
///               codes, the portal's files) or "wpp" (United Nations: population alone)
/// @param role   how the files appear among the world's sources
/// @throws Error(input) for a level that is not above 0, a key that stands twice, a missing column, files none of whose
///         rows is about this world
MacroSeries read_macro_files(const SideTables& tables, const std::vector<TableEntry>& files, const std::string& format,
                             const ColumnMap& map, const std::string& role);

}  // namespace potentia
