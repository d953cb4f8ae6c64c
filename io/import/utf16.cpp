// See utf16.hpp.
#include "io/import/utf16.hpp"

#include <cstdint>

#include "kernels/error.hpp"

namespace potentia {
namespace {

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xe0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | (code >> 18));
    text += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (code & 0x3f));
  }
}

std::uint32_t unit_at(const std::string& bytes, std::size_t i) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) |
         static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8;
}

}  // namespace

bool looks_like_utf16(const std::string& bytes) {
  if (bytes.size() < 4) return false;
  if (unit_at(bytes, 0) == 0xfeff || unit_at(bytes, 0) == 0xfffe) return true;
  return bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0;
}

std::string utf8_from_utf16(const std::string& bytes, std::string& rest, bool last, const std::string& name) {
  const auto refuse = [&name](const char* what) -> void {
    throw input_error(what, name, "save it as UTF-8 or little-endian UTF-16");
  };
  std::string text;
  text.reserve(bytes.size());
  std::size_t i = 0;
  while (i + 1 < bytes.size()) {
    const std::uint32_t unit = unit_at(bytes, i);
    if (unit == 0xfffe) refuse("big-endian UTF-16");
    if (unit >= 0xd800 && unit < 0xdc00) {
      if (i + 3 >= bytes.size()) break;
      const std::uint32_t low = unit_at(bytes, i + 2);
      if (low < 0xdc00 || low > 0xdfff) refuse("half a character in UTF-16 text");
      append_utf8(text, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      i += 4;
      continue;
    }
    if (unit >= 0xdc00 && unit <= 0xdfff) refuse("half a character in UTF-16 text");
    append_utf8(text, unit);
    i += 2;
  }
  rest = bytes.substr(i);
  if (last && !rest.empty()) refuse("half a character at the end of UTF-16 text");
  return text;
}

}  // namespace potentia
