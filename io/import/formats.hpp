// What `format` may say in a manifest: a layout that a reader knows by itself, "columns" for one that the manifest
// describes, a preset of configs/formats/, or a file of one's own that is written like those.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "io/import/column_map.hpp"
#include "io/import/manifest.hpp"

namespace potentia {

class TomlTable;

/// A table of the manifest, as far as it can be laid out in different ways.
struct FormatRole {
  std::string name;                   ///< "trade"
  std::vector<std::string> built_in;  ///< formats that the reader knows by itself
  std::vector<std::string> required;  ///< columns that a map must name
  std::vector<std::string> optional;
};

/// trade, distance, macro, tariffs or elasticities
const FormatRole& format_role(const std::string& name);

/// A preset: its name and its text, compiled in from configs/formats/.
struct FormatPreset {
  const char* name;
  const char* toml;
};
const std::vector<FormatPreset>& format_presets();

/// Reads a key that says the format, and where that is no built-in one, what the preset and the manifest's tables
/// `columns`, `where` and `where_not` say.
/// @param key    "format", or "projection_format"
/// @param file   resolves a path of the manifest, for a preset of one's own
/// @param format in: the default; out: the chosen one
/// @param unit   out: "percent" or "fraction", where one is said so in words
/// @throws Error(input) with file, line and column for an unknown format, a column missing from the map or unknown
ColumnMap read_format(TomlTable& table, const std::string& key, const FormatRole& role,
                      const std::function<TableEntry(const std::string&, const std::string&)>& file,
                      std::string& format, std::string& unit);

}  // namespace potentia
