// Who trades, as a user chose it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace potentia {

/// A country or a group of countries.
struct Party {
  std::string code;                   ///< "LAO", "EU27"
  std::string name;                   ///< "Lao People's Dem. Rep."
  std::vector<std::int32_t> members;  ///< country indices, ascending
};

/// [countries] 1 for members.
inline std::vector<char> member_marks(const Party& party, std::size_t countries) {
  std::vector<char> marks(countries, 0);
  for (const std::int32_t member : party.members) marks[member] = 1;
  return marks;
}

}  // namespace potentia
