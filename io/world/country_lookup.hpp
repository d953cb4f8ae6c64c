// Finds a world's countries by whatever a table or a person calls them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/country_codes.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// A further code of a manifest for a country of the world, or for the European Union.
struct Alias {
  std::string code;
  std::string target;  ///< ISO3, one of the built-in other codes, or EU
  std::string where;   ///< of the manifest, for complaints
};

/// A number of the trade files for a country.
struct CountryNumber {
  std::int32_t number;
  std::int32_t country;  ///< country index
  bool is_present;       ///< not that of a former holder
};

/// What a column of countries may hold; to be joined by |.
enum CodeKinds : unsigned {
  iso3_codes = 1,     ///< and the other codes of three letters, and aliases
  iso2_codes = 2,     ///< only where a column holds those: "NA" is Namibia here
  trade_numbers = 4,  ///< the trade files' own and ISO's, with zeros in front or not, or as 156.0
  imf_codes = 8,      ///< only in the IMF's tables
  country_names = 16,
  any_country = iso3_codes | iso2_codes | trade_numbers | country_names
};

struct CountryMatch {
  std::int32_t index = -1;  ///< country index; -1 outside this world
  std::int32_t rank = 0;    ///< 0 = the country's own code or name; of two rows about one country the lower rank counts
};

/// Finds countries by code or name, whatever the case of letters and the blanks around.
class CountryCodes {
public:
  /// @throws Error(input) for an alias that stands for a country of this world, or whose target is none
  CountryCodes(const std::vector<Country>& countries, const std::vector<Alias>& aliases,
               const std::vector<CountryNumber>& numbers = {});

  CountryMatch match(std::string_view text, unsigned kinds = iso3_codes | trade_numbers) const;

  /// Index of the country, by its ISO3, another code of it or its number in the trade files; -1 outside this world.
  std::int32_t find(std::string_view code) const { return match(code).index; }

  /// Index of the country with this name, by the country table or the tables of names; -1 if there is none.
  std::int32_t find_name(std::string_view name) const { return match(name, country_names).index; }

  /// Whether a tariff table means the European Union, by one of its codes or an alias for it.
  bool is_union(std::string_view code) const;

  /// Those members of the European Union (of 27) that are in this world, as ascending indices.
  std::vector<std::int32_t> european_union() const { return european_union_; }

private:
  void add_aliases(const std::vector<Alias>& aliases, const std::vector<std::string>& known);

  using Index = std::unordered_map<std::string, CountryMatch>;
  Index by_code_, by_iso2_, by_number_, by_imf_number_, by_name_;
  std::vector<std::string> union_aliases_;
  std::vector<std::int32_t> european_union_;
};

/// A code that is none of this world, in words that say what is known of it: "LIE", or "LIE is part of CHE in these data".
std::string outside_code(std::string_view code);

}  // namespace potentia
