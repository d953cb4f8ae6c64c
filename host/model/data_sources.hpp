// Where the files come from that people make worlds of: configs/sources.toml, as data.
#pragma once

#include <string>
#include <vector>

#include "io/import/manifest.hpp"

namespace potentia {

struct DataSource {
  std::vector<std::string> keys;  ///< of the manifest: "trade.files"; none = no source but lines of the manifest
  std::string format;             ///< of these keys' table; empty = any
  std::string title, page, take, licence;
  std::string manifest;  ///< lines of a new manifest
};

/// In the order of the manifest.
const std::vector<DataSource>& data_sources();

/// Where a missing file comes from; null where nobody can know.
const DataSource* source_of(const MissingFile& file);

/// A source in words: title, page, what to take, licence, several lines.
std::vector<std::string> source_lines(const DataSource& source);

/// A new manifest: every source with where it comes from, in comments.
std::string manifest_template();

/// Missing files, those of one source together and followed by what is known of it.
std::vector<std::string> missing_lines(const std::vector<MissingFile>& missing);

/// Text of configs/sources.toml, compiled in.
const char* sources_toml();

}  // namespace potentia
