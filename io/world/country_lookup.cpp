// See country_lookup.hpp.
#include "io/world/country_lookup.hpp"

#include <algorithm>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

// Ranks: a country's own code, then the manifest's aliases in its order, then the built-in codes in theirs.
constexpr std::int32_t first_alias = 1, first_built_in = 10000, former_holder = 20000;

}  // namespace

CountryCodes::CountryCodes(const std::vector<Country>& countries, const std::vector<Alias>& aliases,
                           const std::vector<CountryNumber>& numbers) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < countries.size(); ++i) {
    const CountryMatch match{static_cast<std::int32_t>(i), 0};
    by_code_.emplace(countries[i].iso3, match);
    if (!countries[i].iso2.empty()) by_iso2_.emplace(plain_code(countries[i].iso2), match);
    const std::string name = plain_name(countries[i].name);
    if (!name.empty()) by_name_.emplace(name, match);
    known.push_back(countries[i].iso3);
  }
  for (const CountryNumber& number : numbers) {
    by_number_.emplace(std::to_string(number.number), CountryMatch{number.country, number.is_present ? 0 : former_holder});
  }
  add_aliases(aliases, known);
  // A code that the world or the manifest knows stands for what they say.
  std::int32_t rank = first_built_in;
  for (const OtherCode& other : other_codes()) {
    const auto found = by_code_.find(other.iso3);
    if (found != by_code_.end()) by_code_.emplace(other.code, CountryMatch{found->second.index, rank});
    ++rank;
  }
  const auto emplace = [this](Index& index, const std::string& key, const char* iso3) {
    const auto found = by_code_.find(iso3);
    if (found != by_code_.end()) index.emplace(key, CountryMatch{found->second.index, 0});
  };
  for (const NumberOf& number : other_numbers()) {
    const auto found = by_code_.find(number.iso3);
    if (found != by_code_.end()) by_number_.emplace(std::to_string(number.number), CountryMatch{found->second.index, rank});
    ++rank;
  }
  for (const OtherCode& other : other_iso2_codes()) emplace(by_iso2_, other.code, other.iso3);
  for (const NumberOf& number : imf_numbers()) emplace(by_imf_number_, std::to_string(number.number), number.iso3);
  for (const OtherCode& name : other_names()) emplace(by_name_, plain_name(name.code), name.iso3);
  for (const char* member : european_union_iso3()) {
    const std::int32_t found = find(member);
    if (found >= 0) european_union_.push_back(found);
  }
  std::sort(european_union_.begin(), european_union_.end());
}

void CountryCodes::add_aliases(const std::vector<Alias>& aliases, const std::vector<std::string>& known) {
  std::int32_t rank = first_alias;
  for (const Alias& alias : aliases) {
    const std::string code = plain_code(alias.code);
    if (std::binary_search(known.begin(), known.end(), code)) {
      throw input_error("alias " + alias.code + " is itself a country of this world", alias.where, "take the alias out");
    }
    if (is_european_union(alias.target)) {
      union_aliases_.push_back(code);
      continue;
    }
    auto target = by_code_.find(plain_code(alias.target));
    for (const OtherCode& other : other_codes()) {
      if (target == by_code_.end() && plain_code(alias.target) == other.code) target = by_code_.find(other.iso3);
    }
    if (target == by_code_.end()) {
      throw input_error("alias " + alias.code + " stands for \"" + alias.target + "\", which is no country of this world",
                        alias.where, "did you mean " + nearest_name(alias.target, known) + "?");
    }
    const CountryMatch match{target->second.index, rank++};
    by_code_.emplace(code, match);
    by_name_.emplace(plain_name(alias.code), match);
  }
}

CountryMatch CountryCodes::match(std::string_view text, unsigned kinds) const {
  const auto look = [](const Index& index, const std::string& key, CountryMatch& match) {
    const auto found = index.find(key);
    if (found == index.end()) return false;
    match = found->second;
    return true;
  };
  const std::string code = plain_code(text);
  CountryMatch match;
  if (code.empty()) return match;
  // The manifest's aliases are codes too, digits or not.
  if ((kinds & (iso3_codes | trade_numbers | iso2_codes)) != 0 && look(by_code_, code, match)) return match;
  if ((kinds & imf_codes) != 0 && look(by_imf_number_, code, match)) return match;
  if ((kinds & trade_numbers) != 0 && look(by_number_, code, match)) return match;
  if ((kinds & iso2_codes) != 0 && look(by_iso2_, code, match)) return match;
  if ((kinds & country_names) != 0) look(by_name_, plain_name(text), match);
  return match;
}

bool CountryCodes::is_union(std::string_view code) const {
  const std::string plain = plain_code(code);
  if (std::find(union_aliases_.begin(), union_aliases_.end(), plain) != union_aliases_.end()) return true;
  return by_code_.count(plain) == 0 && is_european_union(code);
}

std::string outside_code(std::string_view code) {
  const PartOf* part = find_part(code);
  return part == nullptr ? std::string(code) : std::string(part->code) + " is part of " + part->whole + " in these data";
}

}  // namespace potentia
