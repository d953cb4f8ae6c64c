// Names of a world's countries and products in another language.
#pragma once

#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

struct NameTable {
  std::vector<std::string> countries;  ///< [countries] empty where the table has no name
  std::vector<std::string> products;   ///< [products of the world] likewise
  SourceFile source;
  std::vector<Notice> notices;  ///< rows about others than this world's, rows without a name
};

/// Reads a table of code and name, in any format that import reads. A code of digits is a product's, of six digits or,
/// with its leading zero lost, five; any other is a country's: ISO3, ISO2 or another that tables know it by. Of several
/// codes for one country the present one counts.
/// @param role of the source, such as "names fr"
/// @throws Error(input) for a missing, empty or damaged file, missing columns, a code that stands twice, and a table
/// that
///   names nothing of this world
NameTable read_name_table(const std::string& path, const World& world, const std::string& role);

}  // namespace potentia
