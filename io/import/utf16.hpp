// Text as some offices still publish it: UTF-16, little-endian.
#pragma once

#include <string>

namespace potentia {

/// Whether these first bytes of a file are UTF-16, by their byte order mark or by a zero in every second byte.
bool looks_like_utf16(const std::string& bytes);

/// UTF-8 for little-endian UTF-16; a byte order mark is kept as such.
/// @param rest  receives bytes at the end that are not a whole character yet
/// @param last  whether these are the last bytes of the file
/// @param name  the file, for complaints
/// @throws Error(input) for big-endian text and for what is no UTF-16
std::string utf8_from_utf16(const std::string& bytes, std::string& rest, bool last, const std::string& name);

}  // namespace potentia
