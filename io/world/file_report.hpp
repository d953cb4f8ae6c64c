// How a file was found to be written and what was taken from it: what `potentia check` shows. Import knows it while it
// reads; world.h5 does not keep it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia {

struct FileReport {
  struct Column {
    std::string name;       ///< as the header has it; of columns side by side that are years, "1980 ... 2030"
    std::string taken_for;  ///< "exporter", "year"; empty where the name says it all
  };

  std::string table;      ///< "dist_cepii.zip:dist_cepii.xls", "x.xlsx#Data"; empty where nothing was read as a table
  std::string kind;       ///< "text", "workbook (.xls)", "workbook (.xlsx)", "Stata file"
  std::string encoding;   ///< of text: "UTF-8", "UTF-16", "Windows-1252"
  std::string separator;  ///< of text: "comma", "semicolon", "tab", "bar"
  bool decimal_comma = false;       ///< numbers are written 12,5
  std::vector<Column> columns;      ///< that were used, in the order of the header
  std::size_t further_columns = 0;  ///< that were not
  std::uint64_t rows = 0;
  std::int32_t first_year = 0, last_year = 0;  ///< 0 where the table has no years
};

}  // namespace potentia
