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

/// Reads a whole number of at most nine digits, also as another program wrote it as a floating one ("156.0"); false for
/// anything else.
bool parse_integer(std::string_view cell, std::int32_t& value);

/// The year that a column's name is: "2015", "2015 [YR2015]", "YR2015"; 0 for any other name.
std::int32_t year_of_header(std::string_view name);

/// Six digits for a code of six or, with its leading zero lost, five; also where a program made it a number ("71410.0").
/// @return empty text for anything else, seven and four digits among them
std::string hs6_code(std::string_view cell);

/// A name of one line: line ends and other control characters become blanks.
std::string one_line_name(std::string_view cell);

/// Lower case of ASCII letters, other bytes as they are.
std::string lower_case(std::string_view text);

}  // namespace potentia
