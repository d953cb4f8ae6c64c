// See cells.hpp.
#include "io/import/cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace potentia {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t tail = lead < 0x80 ? 0 : (lead >> 5) == 6 ? 1 : (lead >> 4) == 14 ? 2 : (lead >> 3) == 30 ? 3 : 9;
    if (tail == 9 || lead == 0xc0 || lead == 0xc1 || i + tail >= text.size()) return false;
    for (std::size_t t = 1; t <= tail; ++t) {
      if ((static_cast<unsigned char>(text[i + t]) >> 6) != 2) return false;
    }
    i += tail + 1;
  }
  return true;
}

}  // namespace

bool is_missing(std::string_view cell) {
  return cell.empty() || cell == "." || cell == ".." || cell == "NA" || cell == "n/a" || cell == "N/A";
}

NumberFault parse_number(std::string_view cell, double& value) {
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-') cell.remove_prefix(1);
  const std::from_chars_result result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ptr != cell.data() + cell.size() || result.ec == std::errc::invalid_argument) {
    return NumberFault::not_a_number;
  }
  if (result.ec == std::errc::result_out_of_range) {
    // Too large or too small to be told apart by the library: only a negative exponent makes it small.
    const std::size_t exponent = cell.find_first_of("eE");
    const bool small = exponent != std::string_view::npos ? cell.find('-', exponent) != std::string_view::npos
                                                          : cell.find_first_not_of("+-0.") > cell.find('.');
    if (!small) return NumberFault::infinite;
    value = 0.0;
    return NumberFault::none;
  }
  if (std::isnan(value)) return NumberFault::not_a_number;
  return std::isinf(value) ? NumberFault::infinite : NumberFault::none;
}

bool parse_integer(std::string_view cell, std::int32_t& value) {
  if (!all_digits(cell) || cell.size() > 9) return false;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return true;
}

std::string hs6_code(std::string_view cell) {
  if (!all_digits(cell) || cell.size() < 5 || cell.size() > 6) return {};
  return cell.size() == 5 ? "0" + std::string(cell) : std::string(cell);
}

std::string utf8_name(std::string_view cell) {
  std::string plain(cell);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  if (valid_utf8(plain)) return plain;
  std::string text;
  for (const char c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace potentia
