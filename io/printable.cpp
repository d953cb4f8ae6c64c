// See printable.hpp.
#include "io/printable.hpp"

namespace potentia {

std::size_t utf8_sequence(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return 0;
  for (std::size_t at = 1; at < size; ++at)
    if ((byte(at) & 0xc0) != 0x80) return 0;
  if ((lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xed && byte(1) > 0x9f)) return 0;
  if ((lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) > 0x8f)) return 0;
  return size;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_sequence(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string printable(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = utf8_sequence(text);
    const auto lead = static_cast<unsigned char>(text[0]);
    const bool control = lead < 0x20 || lead == 0x7f ||
                         (size == 2 && lead == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0);  // U+0080 to U+009F
    const std::size_t taken = size == 0 ? 1 : size;
    if (lead == '\n' || lead == '\r' || lead == '\t') {
      shown += ' ';
    } else if (size == 0 || control) {
      for (const char c : text.substr(0, taken)) {
        shown += "\\x";
        shown += digits[static_cast<unsigned char>(c) >> 4];
        shown += digits[static_cast<unsigned char>(c) & 15];
      }
    } else {
      shown += text.substr(0, size);
    }
    text.remove_prefix(taken);
  }
  return shown;
}

std::string path_address(std::string_view path) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' ||
                       c == '-' || c == '_' || c == '.';
    if (plain)
      out += static_cast<char>(c);
    else
      out.append({'%', digits[c >> 4], digits[c & 15]});
  }
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\0': break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace potentia
