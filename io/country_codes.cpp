// See country_codes.hpp.
#include "io/country_codes.hpp"

#include <algorithm>

namespace potentia {
namespace {

/// ASCII letters of U+00C0 to U+017F; a blank where there is none.
constexpr char letters[] =
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(sizeof(letters) - 1 == 0x180 - 0xc0, "a letter for each");

std::string_view without_blanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Next character of UTF-8 text; bytes that are none stand for themselves.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte(at++);
  const std::size_t tail = (lead >> 5) == 6 ? 1 : (lead >> 4) == 14 ? 2 : (lead >> 3) == 30 ? 3 : 0;
  if (tail == 0 || at + tail > text.size()) return lead;
  std::uint32_t character = lead & (0x3fu >> tail);
  for (std::size_t i = 0; i < tail; ++i) character = character << 6 | (byte(at++) & 0x3f);
  return character;
}

}  // namespace

std::string plain_code(std::string_view code) {
  code = without_blanks(code);
  std::string plain(code);
  const std::size_t digits = std::min(plain.find_first_not_of("0123456789"), plain.size());
  const bool is_float = digits != 0 && digits + 1 < plain.size() && plain[digits] == '.' &&
                        plain.find_first_not_of('0', digits + 1) == std::string::npos;
  if (is_float) plain.resize(digits);
  if (digits == plain.size()) {
    plain.erase(0, std::min(plain.find_first_not_of('0'), plain.empty() ? std::size_t{0} : plain.size() - 1));
  }
  for (char& c : plain) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return plain;
}

std::string plain_name(std::string_view name) {
  std::string plain;
  const auto word_ends = [&plain] {
    if (!plain.empty() && plain.back() != ' ') plain += ' ';
  };
  for (std::size_t at = 0; at < name.size();) {
    std::uint32_t c = next_character(name, at);
    if (c >= 0xc0 && c < 0x180) c = static_cast<unsigned char>(letters[c - 0xc0]);
    if (c >= 'A' && c <= 'Z') c = c - 'A' + 'a';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      plain += static_cast<char>(c);
    } else if (c == '&') {
      word_ends();
      plain += "and ";
    } else if (c != '\'' && c != '.' && c != '`' && c != 0x2018 && c != 0x2019 && c != 0xb4 && (c < 0x300 || c > 0x36f)) {
      word_ends();
    }
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  if (plain.compare(0, 6, "saint ") == 0) plain.replace(0, 6, "st ");
  if (plain.compare(0, 4, "the ") == 0) plain.erase(0, 4);
  return plain;
}

bool is_european_union(std::string_view code) {
  const std::string plain = plain_code(code);
  for (const char* known : {"EU", "EUN", "918", "U918", "E27", "EU27", "EU28", "EEC", "EUE"}) {
    if (plain == known) return true;
  }
  const std::string name = plain_name(code);
  return name == "european union" || name == "european communities" || name == "european community" ||
         name == "european union 27" || name == "eu27 2020" || name == "eu 27";
}

bool is_world_total(std::string_view code) {
  const std::string plain = plain_code(code);
  for (const char* known : {"0", "WLD", "W00", "WORLD", "WL", "ALL", "TOTAL"}) {
    if (plain == known) return true;
  }
  return false;
}

const PartOf* find_part(std::string_view code_or_name) {
  const std::string code = plain_code(code_or_name);
  const std::string name = plain_name(code_or_name);
  for (const PartOf& part : parts_of_others()) {
    if (code == part.code || name == plain_name(part.name)) return &part;
  }
  return nullptr;
}

}  // namespace potentia
