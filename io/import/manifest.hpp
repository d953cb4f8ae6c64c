// What to import: the manifest, read and checked, with its paths resolved and its patterns expanded.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "io/import/column_map.hpp"
#include "io/world/country_lookup.hpp"

namespace potentia {

/// A table that the manifest names. Empty `path`: the manifest does not have it.
struct TableEntry {
  std::string path;
  std::string where;  ///< "manifest:line:column" of the key that names it
  bool given() const noexcept { return !path.empty(); }
};

/// Where levels of GDP, population or both come from.
struct MacroSource {
  std::string format = "tidy";
  ColumnMap columns;                     ///< given where the format is no built-in one; likewise below
  std::vector<TableEntry> files;
  std::string projection_format = "tidy";
  ColumnMap projection_columns;
  std::vector<TableEntry> projection;
  bool given() const noexcept { return !files.empty(); }
};

struct Manifest {
  std::string path;

  std::string hs_revision;
  std::string title;
  std::vector<std::int32_t> base_years;  ///< ascending
  std::string base_years_where;
  std::int32_t horizon_year = 0;

  ColumnMap trade_columns;
  std::vector<TableEntry> trade_files;   ///< in the order of the list; matches of one pattern by name
  TableEntry countries;
  TableEntry products;

  ColumnMap distance_columns;
  TableEntry distance;
  std::string distance_column = "dist";

  MacroSource macro;                     ///< of both series, where the next two do not say otherwise
  MacroSource macro_gdp, macro_population;

  ColumnMap tariff_columns;
  bool tariffs_in_percent = false;
  TableEntry tariff_rates;
  TableEntry tariff_members;
  TableEntry horizon_rates;              ///< rates by exporter at the horizon
  bool horizon_rates_by_year = false;    ///< they are in the table of rates, by its years

  std::string elasticity_format = "tidy";
  ColumnMap elasticity_columns;
  TableEntry elasticities;

  TableEntry excluded;
  TableEntry sectors;
  TableEntry processing;
  TableEntry product_names;              ///< what products are called instead of what the product table says

  std::string logistics_format = "lpi";
  TableEntry logistics;
  TableEntry utilization;

  std::vector<TableEntry> concordance;   ///< from other revisions of the nomenclature to the world's

  std::vector<Alias> aliases;            ///< the manifest's own

  std::vector<std::string> files;        ///< every file named above and every format of one's own, each once, by name
};

/// A file that the manifest names and that is not there.
struct MissingFile {
  std::string name;    ///< as the manifest has it; a pattern that nothing matches is one too
  std::string where;   ///< "manifest:line:column"
  std::string key;     ///< "macro.projection_file"
  std::string format;  ///< of its table ("weo"); empty where the table has none or does not say
};

/// @param missing where given, files that are not there are collected in it, instead of the first being an error: such a
///                manifest is for nothing but to say so
/// @throws Error(input) with file, line and column for anything that is not as it should be, a named file that does
///         not exist and a pattern that matches nothing among them
Manifest read_manifest(const std::string& path, std::vector<MissingFile>* missing = nullptr);

}  // namespace potentia
