// Parts of scenarios as files: what a shard of a list leaves for `merge`, and what a checkpoint keeps.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "io/result/part_file.hpp"
#include "io/result/scenario_archive.hpp"

namespace potentia {

inline constexpr const char* scenario_part_format = "potentia-scenario-part";
inline constexpr std::int64_t scenario_part_version = 1;

/// A file of parts. Each is a dataset of bytes with a fingerprint.
struct ScenarioPartFile {
  PartName name;
  std::int32_t first = 0, last = 0;     ///< the share's segments
  Bytes head;                           ///< of a shard; empty in a checkpoint
  std::map<std::int32_t, Bytes> parts;  ///< by position of the scenario in the list
};

/// Writes it, whole or not at all. @throws Error(resources) for a full disk
void write_scenario_parts(const std::string& path, const ScenarioPartFile& file);

/// @throws Error(input) when it is none, or damaged
ScenarioPartFile read_scenario_parts(const std::string& path);

/// Whether a file says that it is one; false for anything else that can be opened. @throws Error(input) as open_file
bool is_scenario_part(const std::string& path);

}  // namespace potentia
