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

/// A whole number that another program made a floating one: "156.0", "7.141e4". Empty text for anything else.
std::string whole_digits(std::string_view cell) {
  if (all_digits(cell)) return std::string(cell);
  if (cell.empty() || cell[0] < '0' || cell[0] > '9') return {};
  double value = 0.0;
  if (parse_number(cell, value) != NumberFault::none || !(value >= 0.0) || value >= 1e15 || value != std::floor(value)) return {};
  const auto whole = std::to_string(static_cast<std::int64_t>(value));
  // What stood before the point keeps its zeros in front: 071410.0.
  const std::size_t point = cell.find('.');
  const bool exponent = cell.find_first_of("eE") != std::string_view::npos;
  return exponent || point == std::string_view::npos ? whole : std::string(cell.substr(0, point));
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
  const std::string digits = whole_digits(cell);
  if (digits.empty() || digits.size() > 9) return false;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return true;
}

std::int32_t year_of_header(std::string_view name) {
  if (name.compare(0, 2, "YR") == 0) name.remove_prefix(2);
  if (name.size() < 4) return 0;
  const bool plain = name.size() == 4 || name.substr(4, 4) == " [YR";
  std::int32_t year = 0;
  return plain && parse_integer(name.substr(0, 4), year) && year >= 1000 ? year : 0;
}

std::string hs6_code(std::string_view cell) {
  const std::string digits = whole_digits(cell);
  if (digits.size() < 5 || digits.size() > 6) return {};
  return digits.size() == 5 ? "0" + digits : digits;
}

std::string one_line_name(std::string_view cell) {
  std::string plain(cell);
  std::replace_if(plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return plain;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace potentia
