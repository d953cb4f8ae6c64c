// Groups of countries, and what people type for one side of a report.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/model/party.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct CountryGroup {
  std::string name;
  std::vector<std::string> members;  ///< ISO3
};

/// The built-in groups of configs/groups.toml, and those of a file on top.
/// @param path empty = the built-in ones alone
/// @throws Error(input) with file, line and column
std::map<std::string, CountryGroup> read_groups(const std::string& path);

/// A country ("LAO"), a group ("ASEAN"), "world", or a list of these ("CHN,THA"), each country counted once.
/// @param flag what the text was given to, for the complaint ("--market")
/// @param notices receives members of a group that the world does not have
/// @throws Error(input) for a code that is neither a country nor a group, naming the nearest one
Party find_party(const World& world, const std::map<std::string, CountryGroup>& groups, const std::string& text,
                 const std::string& flag, std::vector<Notice>& notices);

/// Text of configs/groups.toml, compiled in.
const char* default_groups_toml();

}  // namespace potentia
