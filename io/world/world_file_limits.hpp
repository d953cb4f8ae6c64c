// How large the parts of a world may be. A file that declares more is refused before anything is allocated for it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace potentia::world_limits {

inline constexpr std::size_t countries = 65535;  // indices are 16 bits wide
inline constexpr std::size_t products = 1000000;
inline constexpr std::size_t sectors = 10000;
inline constexpr std::size_t years = 1000;
inline constexpr std::size_t schedules = 65535;
inline constexpr std::size_t regimes = 32767;
inline constexpr std::size_t rows = std::size_t{1} << 36;  // flows of a year, tariff lines, members
inline constexpr std::size_t components = 1000;       // of logistics performance
inline constexpr std::size_t report_rows = 10000000;  // of logistics, of the use of preferences
inline constexpr std::size_t notices = 1000000;
inline constexpr std::size_t iso_bytes = 8;
inline constexpr std::size_t product_code_bytes = 6;
inline constexpr std::size_t name_bytes = 1024;
inline constexpr std::size_t detail_bytes = std::size_t{1} << 20;
inline constexpr std::size_t whose_bytes = std::size_t{1} << 26;
/// Without distances an [N, N] table of unknowns is made up; beyond so many countries the file must bring its own.
inline constexpr std::size_t countries_without_distance = 4096;
inline constexpr std::int32_t first_year = 1000;
inline constexpr std::int32_t last_year = 9999;

}  // namespace potentia::world_limits
