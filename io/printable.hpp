// Text of unknown origin, made fit to be shown: what a message quotes cannot break a line or steer a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace potentia {

/// Bytes of the UTF-8 sequence that `text` begins with, 0 if it begins with none (overlong forms, surrogates and code
/// points that do not exist are none).
std::size_t utf8_sequence(std::string_view text);

bool is_utf8(std::string_view text);

/// Valid UTF-8 without control characters: line ends and tabs become blanks, other control characters and bytes that are
/// no UTF-8 are written as \x1b.
std::string printable(std::string_view text);

/// A text as text of an HTML page, between quotes of an attribute too; NUL is left out.
std::string html_text(std::string_view text);

/// A path as the address of a link: what is no letter, digit or one of / - _ . is written as %20.
std::string path_address(std::string_view path);

}  // namespace potentia
