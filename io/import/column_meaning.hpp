// What the columns that readers ask for hold, in a word, for those who ask how a file was understood.
#pragma once

#include <string>

namespace potentia {

/// @param name the first of the names that a reader asks for, in small letters, without blanks
/// @return "exporter", "value in thousand USD" …; empty text where the name says it all, or is none of these
const char* column_meaning(const std::string& name);

}  // namespace potentia
