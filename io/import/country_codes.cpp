// Codes and names under which side tables know the world's countries and products. See codes.hpp.
#include <algorithm>

#include "io/import/cells.hpp"
#include "io/import/codes.hpp"
#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

// Old codes of CEPII's and the World Bank's tables, and the code BACI has for Taiwan.
constexpr const char* built_in_aliases[][2] = {{"ROM", "ROU"}, {"ZAR", "COD"}, {"TMP", "TLS"}, {"TWN", "S19"}};

// The European Union since 2020: the countries that apply its tariff schedule.
constexpr const char* european_union_members[] = {"AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST",
                                                  "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA", "LTU", "LUX",
                                                  "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"};

// Names by which the World Bank calls economies, where country tables may call them otherwise.
constexpr const char* known_names[][2] = {
    {"Bahamas, The", "BHS"}, {"Bolivia", "BOL"}, {"Bosnia and Herzegovina", "BIH"}, {"Brunei Darussalam", "BRN"},
    {"Cabo Verde", "CPV"}, {"Cape Verde", "CPV"}, {"Central African Republic", "CAF"}, {"Congo, Dem. Rep.", "COD"},
    {"Congo, Rep.", "COG"}, {"Cote d'Ivoire", "CIV"}, {"Côte d'Ivoire", "CIV"}, {"Côte d’Ivoire", "CIV"},
    {"Czech Republic", "CZE"}, {"Czechia", "CZE"}, {"Dominican Republic", "DOM"}, {"Egypt, Arab Rep.", "EGY"},
    {"Eswatini", "SWZ"}, {"Swaziland", "SWZ"}, {"Gambia, The", "GMB"}, {"Hong Kong SAR, China", "HKG"},
    {"Hong Kong, China", "HKG"}, {"Iran, Islamic Rep.", "IRN"}, {"Korea, Rep.", "KOR"},
    {"Korea, Dem. People's Rep.", "PRK"}, {"Kyrgyz Republic", "KGZ"}, {"Lao PDR", "LAO"}, {"Libya", "LBY"},
    {"Macao SAR, China", "MAC"}, {"Macedonia, FYR", "MKD"}, {"North Macedonia", "MKD"},
    {"Micronesia, Fed. Sts.", "FSM"}, {"Moldova", "MDA"}, {"Russian Federation", "RUS"},
    {"São Tomé and Príncipe", "STP"}, {"São Tomé and Principe", "STP"}, {"Sao Tome and Principe", "STP"}, {"Slovak Republic", "SVK"},
    {"Solomon Islands", "SLB"}, {"Somalia", "SOM"}, {"St. Kitts and Nevis", "KNA"}, {"St. Lucia", "LCA"},
    {"St. Vincent and the Grenadines", "VCT"}, {"Syrian Arab Republic", "SYR"}, {"Taiwan", "TWN"},
    {"Taiwan, China", "TWN"}, {"Tanzania", "TZA"}, {"Timor-Leste", "TLS"}, {"Turkey", "TUR"}, {"Türkiye", "TUR"},
    {"Turkiye", "TUR"}, {"United Kingdom", "GBR"}, {"United States", "USA"}, {"Venezuela, RB", "VEN"},
    {"Viet Nam", "VNM"}, {"Vietnam", "VNM"}, {"West Bank and Gaza", "PSE"}, {"Yemen, Rep.", "YEM"}};

}  // namespace

CountryCodes::CountryCodes(const std::vector<Country>& countries, const std::vector<Alias>& aliases) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < countries.size(); ++i) {
    index_.emplace(countries[i].iso3, static_cast<std::int32_t>(i));
    index_of_name_.emplace(lower_case(countries[i].name), static_cast<std::int32_t>(i));
    known.push_back(countries[i].iso3);
  }
  for (const Alias& alias : aliases) {
    const auto target = index_.find(alias.target);
    if (target == index_.end()) {
      throw input_error("alias " + alias.code + " stands for \"" + alias.target + "\", which is no country of this world",
                        alias.where, "did you mean " + nearest_name(alias.target, known) + "?");
    }
    if (std::binary_search(known.begin(), known.end(), alias.code)) {
      throw input_error("alias " + alias.code + " is itself a country of this world", alias.where, "take the alias out");
    }
    index_.emplace(alias.code, target->second);
  }
  // A code that the world or the manifest knows stands for what they say.
  for (const auto& [code, target] : built_in_aliases) {
    const auto found = index_.find(target);
    if (found != index_.end()) index_.emplace(code, found->second);
  }
  for (const char* member : european_union_members) {
    const std::int32_t found = find(member);
    if (found >= 0) european_union_.push_back(found);
  }
  std::sort(european_union_.begin(), european_union_.end());
  for (const auto& [name, code] : known_names) {
    const std::int32_t found = find(code);
    if (found >= 0) index_of_name_.emplace(lower_case(name), found);
  }
}

std::int32_t CountryCodes::find(std::string_view code) const {
  const auto found = index_.find(std::string(code));
  return found == index_.end() ? -1 : found->second;
}

std::int32_t CountryCodes::find_name(std::string_view name) const {
  const auto found = index_of_name_.find(lower_case(name));
  return found == index_of_name_.end() ? -1 : found->second;
}

ProductCodes::ProductCodes(const std::vector<Product>& products) : index_(1000000, -1) {
  for (std::size_t i = 0; i < products.size(); ++i) {
    std::int32_t code = 0;
    if (parse_integer(products[i].code, code) && code < 1000000) {
      index_[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(i);
    }
  }
}

std::int32_t ProductCodes::find(const std::string& code) const {
  std::int32_t number = 0;
  return code.size() == 6 && parse_integer(code, number) ? index_[static_cast<std::size_t>(number)] : -1;
}

}  // namespace potentia
