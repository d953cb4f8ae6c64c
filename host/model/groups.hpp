// Groups of countries: the built-in ones and a user's own.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace potentia {

struct CountryGroup {
  std::string name;
  std::vector<std::string> members;  ///< ISO3
};

/// The built-in groups of configs/groups.toml, and those of a file on top.
/// @param path empty = the built-in ones alone
/// @throws Error(input) with file, line and column
std::map<std::string, CountryGroup> read_groups(const std::string& path);

/// Text of configs/groups.toml, compiled in.
const char* default_groups_toml();

}  // namespace potentia
