// See column_map.hpp.
#include "io/import/column_map.hpp"

#include <cstdint>

#include "io/import/cells.hpp"

namespace potentia {
namespace {

std::string_view without_blanks_around(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool is_same_cell(std::string_view cell, std::string_view value) {
  cell = without_blanks_around(cell);
  value = without_blanks_around(value);
  if (cell == value) return true;
  std::int32_t number = 0, wanted = 0;
  if (parse_integer(value, wanted)) return parse_integer(cell, number) && number == wanted;
  return lower_case(cell) == lower_case(value);
}

}  // namespace potentia
