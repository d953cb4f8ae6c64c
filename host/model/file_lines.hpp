// How the files of an import were understood, in words.
#pragma once

#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Two lines for each file, in the order of a manifest: role, name, what kind of table, rows, years; columns and what
/// each was taken for. Files that are no table (the manifest) are left out.
std::vector<std::string> file_lines(const std::vector<SourceFile>& sources);

}  // namespace potentia
