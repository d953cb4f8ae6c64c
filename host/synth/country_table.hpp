// Codes, names and rough places of the real countries that a synthetic world borrows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace potentia::synth {

/// One country. Places are whole degrees near the capital; masses are orders of magnitude that give the synthetic
/// world its shape, and no statistics.
struct CountryFacts {
  const char* iso3;
  const char* iso2;  ///< empty where there is none
  const char* name;
  double latitude;   ///< degrees north
  double longitude;  ///< degrees east
  double gdp;        ///< billion USD, very roughly
  double population; ///< million persons, very roughly
};

/// Length of the table.
std::size_t known_country_count() noexcept;

/// Entry n < known_country_count(). A world of N countries takes the first N: those a drill-down asks for come first.
const CountryFacts& known_country(std::size_t n) noexcept;

}  // namespace potentia::synth
