// Codes and names under which other tables and people know countries: data of every world, without one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potentia {

/// Another code for a country that the world calls by its ISO3 (BACI's S19 among them).
struct OtherCode {
  const char* code;
  const char* iso3;
};

/// Codes of CEPII, the World Bank, the IMF and older editions of ISO 3166. Where several stand for one country, those
/// that come first are nearer to it: a table that has rows of SCG and of YUG speaks of Serbia in those of SCG.
const std::vector<OtherCode>& other_codes();

/// Codes of two letters beside those of the country table (EL and UK, as the European Union writes them).
const std::vector<OtherCode>& other_iso2_codes();

/// Names by which the World Bank, the IMF, the WTO, the United Nations and CEPII call economies.
const std::vector<OtherCode>& other_names();

/// An economy whose trade is counted within another's in the trade files.
struct PartOf {
  const char* code;   ///< ISO3 of the part
  const char* name;   ///< of the part
  const char* whole;  ///< ISO3 of the country that it is counted in
};
const std::vector<PartOf>& parts_of_others();

/// The whole that a code or name is counted within, or null. Case and blanks around do not matter.
const PartOf* find_part(std::string_view code_or_name);

struct NumberOf {
  std::int32_t number;
  const char* iso3;
};
/// Numbers of the IMF's tables.
const std::vector<NumberOf>& imf_numbers();

/// Numbers of ISO 3166 and of the United Nations that the trade files do not use, because they count an area otherwise
/// (842 is the USA with Puerto Rico, 840 without), and those of former states.
const std::vector<NumberOf>& other_numbers();

/// Members of the European Union since 2020, ascending by ISO3: they apply one tariff schedule.
const std::vector<const char*>& european_union_iso3();
/// The code under which tariff tables name the European Union, and others for it (EUN, 918, U918, E27, EU27, EEC, names).
inline constexpr const char* european_union_code = "EU";
bool is_european_union(std::string_view code);

/// Whether this is the total over all partners of Comtrade and WITS: 0, WLD, W00, World, All.
bool is_world_total(std::string_view code);

/// A code without the blanks around it, in capital letters; "156.0" and "008" become "156" and "8".
std::string plain_code(std::string_view code);

/// A name as it is compared: small letters without marks, words apart by one blank, no punctuation, "St." for "Saint",
/// "and" for "&". @param name UTF-8
std::string plain_name(std::string_view name);

}  // namespace potentia
