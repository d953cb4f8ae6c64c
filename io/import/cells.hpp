// Cells of the small tables: numbers, years and codes as they are written in downloads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace potentia {

/// Empty, `.`, `..`, `NA`, `n/a` and their like: what number columns say where there is no number.
bool is_missing(std::string_view cell);

enum class NumberFault { none, not_a_number, infinite };

/// Reads a decimal number, correctly rounded. `not a number` covers text around it; NaN and infinities are faults.
NumberFault parse_number(std::string_view cell, double& value);

/// Reads a whole number of at most nine digits; false for anything else.
bool parse_integer(std::string_view cell, std::int32_t& value);

/// Six digits for a code of six or, with its leading zero lost, five.
/// @return empty text for anything else, seven and four digits among them
std::string hs6_code(std::string_view cell);

/// A name as UTF-8: as it is where it is valid UTF-8, otherwise taken for Latin-1 as in older downloads. Line ends and
/// other control characters become blanks.
std::string utf8_name(std::string_view cell);

/// Lower case of ASCII letters, other bytes as they are.
std::string lower_case(std::string_view text);

}  // namespace potentia
