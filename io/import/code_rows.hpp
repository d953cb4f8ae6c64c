// Tables with a row for each code: of products, countries or whatever else is named by one.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "io/import/table.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// Reads the cell of a present row's column as a code, as it is written everywhere else; &Table::hs6, for products.
/// @throws Error(input) where it is none
using ReadCode = std::function<std::string(const Table& table, int column)>;

/// Goes through the rows to the end of the table.
/// @param take what is done with each, given its code
/// @throws Error(input) where a code stands on two lines; whatever the two functions throw
void for_each_code(Table& table, int column, const ReadCode& read_code,
                   const std::function<void(const std::string& code)>& take);

/// Names of things in a table of somebody's own.
struct CodeNames {
  std::map<std::string, std::string> name_of;  ///< by code; none is empty, each is of one line
  SourceFile source;
};

/// Reads columns "code" (or "hs6") and "name" (or "short_name").
/// @param role of the file among the sources of what is made with it
/// @throws Error(input) where the file is no such table, a code stands twice or has no name
CodeNames read_code_names(const std::string& path, const std::string& role, const ReadCode& read_code);

}  // namespace potentia
