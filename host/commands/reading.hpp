// What import and check share: the manifest, how strictly its files are read, and what is told of it.
#pragma once

#include <string>
#include <vector>

#include "host/commands/command.hpp"
#include "io/import/import.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct ReadingFlags {
  std::string manifest;
  std::string lenient;  ///< kinds, "all", or empty = none
};

void add_reading_flags(CLI::App& command, ReadingFlags& flags);

/// @throws Error(usage) for an unknown kind of faulty rows
ImportOptions reading_options(const ReadingFlags& flags, CommandContext& context);

std::uint64_t flow_count(const World& world);

/// Notices, a line each; warnings as such, so that they are told even to those who asked for quiet.
void tell_notices(const std::vector<Notice>& notices);

}  // namespace potentia
