// Fields of CSV (RFC 4180).
#pragma once

#include <fmt/compile.h>

#include <cmath>
#include <string>

namespace potentia {

/// In quotes where it needs them.
inline std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// The most characters that write_number takes.
inline constexpr std::size_t longest_number = 32;

/// The shortest decimal number that reads back as the same, nothing where there is none (NaN, infinity). Zero has no
/// sign.
inline char* write_number(char* at, double value) {
  if (!std::isfinite(value)) return at;
  return fmt::format_to(at, FMT_COMPILE("{}"), value + 0.0);
}

}  // namespace potentia
