// The tables of a configuration that there may be many of, and what reading any of its tables takes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "host/nightly/config.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {

/// Reads paths, which are relative to the configuration, as absolute ones: steps run in a folder of their own.
class PathReader {
public:
  explicit PathReader(const std::string& path) : folder_(std::filesystem::absolute(path).parent_path()) {}

  bool path(TomlTable& table, const std::string& key, std::string& value) const {
    if (!table.read(key, value)) return false;
    if (value.empty())
      throw input_error(table.full_name(key) + " is empty", table.where(key), "name a file or take the key out");
    value = resolved(value);
    return true;
  }
  bool paths(TomlTable& table, const std::string& key, std::vector<std::string>& values) const {
    if (!table.read(key, values)) return false;
    for (std::string& value : values) {
      if (value.empty())
        throw input_error(table.full_name(key) + " has an empty name", table.where(key), "name a file");
      value = resolved(value);
    }
    return true;
  }

  /// Of values like "fr=noms.csv": the part behind the equals sign is a path.
  bool named_paths(TomlTable& table, const std::string& key, std::vector<std::string>& values) const {
    if (!table.read(key, values)) return false;
    for (std::string& value : values) {
      const std::size_t equals = value.find('=');
      if (equals == value.npos || equals + 1 == value.size())
        throw input_error(table.full_name(key) + " has an entry without a file", table.where(key), "write \"fr=names.csv\"");
      value = value.substr(0, equals + 1) + resolved(value.substr(equals + 1));
    }
    return true;
  }

private:
  std::string resolved(const std::string& name) const { return (folder_ / name).lexically_normal().string(); }
  std::filesystem::path folder_;
};

/// @throws Error(input) for a number that is out of range
void require_range(const TomlTable& table, const std::string& key, std::int64_t value, std::int64_t least,
                   std::int64_t most = std::numeric_limits<std::int32_t>::max());

/// [[world]], [[report]], [[scenario]], [[atlas]]: what is read before them is in `config`. @throws Error(input)
WorldConfig read_world(TomlTable table, const PathReader& reader, const Config& config);
ReportConfig read_report(TomlTable table, const PathReader& reader, const Config& config);
ScenarioConfig read_scenarios(TomlTable table, const PathReader& reader, const Config& config);
AtlasConfig read_atlas(TomlTable table, const PathReader& reader, const Config& config);

}  // namespace potentia::nightly
