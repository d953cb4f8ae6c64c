// See parties.hpp.
#include "host/model/parties.hpp"

#include <algorithm>
#include <utility>

#include "io/country_codes.hpp"
#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr unsigned as_typed = iso3_codes | country_names;

constexpr std::size_t most_commas = 3;  // in the name of a country

/// How many letters may be wrong in a word that is still understood: any code of three letters is within two of many.
std::size_t most_edits(const std::string& word) { return word.size() <= 2 ? 0 : word.size() <= 4 ? 1 : 2; }

std::string joined(const std::vector<std::string>& parts, std::size_t first, std::size_t count) {
  std::string text = parts[first];
  for (std::size_t at = first + 1; at < first + count; ++at) text += ", " + parts[at];
  return text;
}

void sort_members(Party& party) {
  std::sort(party.members.begin(), party.members.end());
  party.members.erase(std::unique(party.members.begin(), party.members.end()), party.members.end());
}

}  // namespace

std::string joined_words(const std::vector<std::string>& typed) {
  std::string text;
  for (const std::string& word : typed) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::vector<std::string> parts_between_commas(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n", at);
    if (first < comma) {
      const std::size_t last = text.find_last_not_of(" \t\r\n", comma - 1);
      parts.push_back(text.substr(first, last + 1 - first));
    }
    at = comma + 1;
  }
  return parts;
}

Parties::Parties(std::vector<Country> countries, std::map<std::string, CountryGroup> groups, std::string noun)
    : countries_(std::move(countries)), groups_(std::move(groups)), noun_(std::move(noun)), codes_(countries_, {}) {}

Parties::Meaning Parties::meaning(const std::string& word) const {
  Meaning found;
  // What is written exactly so comes first: a group "Lao" of the user's own is not the country.
  const auto exact = groups_.find(word);
  const bool is_country = std::any_of(countries_.begin(), countries_.end(), [&](const Country& c) { return c.iso3 == word; });
  if (exact != groups_.end() && !is_country) {
    found.group = &exact->first;
    return found;
  }
  found.country = codes_.match(word, iso3_codes).index;
  if (found.country >= 0) return found;
  const std::string code = plain_code(word), name = plain_name(word);
  for (const auto& [known, group] : groups_) {
    if (plain_code(known) != code) continue;
    found.group = &known;
    return found;
  }
  found.is_world = is_world_total(word);
  if (found.is_world) return found;
  found.country = codes_.match(word, as_typed).index;
  if (found.country >= 0) return found;
  for (const auto& [known, group] : groups_) {
    const bool is_union = known == "EU27" && is_european_union(word);
    if (!is_union && (name.empty() || plain_name(group.name) != name)) continue;
    found.group = &known;
    return found;
  }
  return found;
}

/// Commas part words, except within the name of a country, as in "Korea, Rep.".
std::vector<std::string> Parties::words(const std::string& text, const std::string& flag) const {
  const std::vector<std::string> parts = parts_between_commas(text);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < parts.size();) {
    std::size_t count = std::min(parts.size() - at, most_commas + 1);
    while (count > 1 && codes_.match(joined(parts, at, count), country_names).index < 0) --count;
    const std::string word = joined(parts, at, count);
    const bool is_list = std::all_of(parts.begin() + static_cast<std::ptrdiff_t>(at),
                                     parts.begin() + static_cast<std::ptrdiff_t>(at + count),
                                     [this](const std::string& part) { return meaning(part).is_known(); });
    if (count > 1 && is_list) {
      const std::string& code = countries_[codes_.match(word, country_names).index].iso3;
      throw input_error("\"" + word + "\" is the name of " + code + ", but can be read as a list", flag,
                        "write " + code + ", or the codes of each");
    }
    words.push_back(word);
    at += count;
  }
  return words;
}

std::string Parties::shown(std::int32_t country) const {
  const Country& it = countries_[country];
  return it.name.empty() ? it.iso3 : it.iso3 + " (" + it.name + ")";
}

/// "did you mean LAO (Lao PDR)?", or what there is.
std::string Parties::nearest(const std::string& word) const {
  // What is short was meant as a code; what is longer may be a name, or the code of a group.
  const bool is_short = word.size() <= 4;
  std::vector<std::string> known, meant;
  const auto add = [&](const std::string& text, const std::string& shown) {
    known.push_back(text);
    meant.push_back(shown);
  };
  for (std::size_t i = 0; i < countries_.size(); ++i) {
    if (is_short || !countries_[i].name.empty())
      add(is_short ? countries_[i].iso3 : countries_[i].name, shown(static_cast<std::int32_t>(i)));
  }
  for (const auto& [code, group] : groups_) {
    add(code, code + " (" + group.name + ")");
    if (!is_short) add(group.name, known.back() + " (" + group.name + ")");
  }
  for (const OtherCode& other : is_short ? other_codes() : other_names()) {
    const std::int32_t index = codes_.match(other.code, as_typed).index;
    if (index >= 0) add(other.code, shown(index));
  }
  const std::string nearest = nearest_name(word, known, most_edits(word));
  const auto found = std::find(known.begin(), known.end(), nearest);
  if (!nearest.empty() && found != known.end()) {
    return "did you mean " + meant[static_cast<std::size_t>(found - known.begin())] + "?";
  }
  const std::int32_t by_iso2 = codes_.match(word, iso2_codes).index;
  if (by_iso2 >= 0) return "did you mean " + shown(by_iso2) + "?";
  std::string codes;
  for (const auto& [code, group] : groups_) codes += code + ", ";
  return "give ISO3 codes, names of countries, or groups: " + codes + "world";
}

Party Parties::party_of_group(const std::string& code, const std::string& flag, std::vector<Notice>& notices) const {
  const CountryGroup& group = groups_.at(code);
  Party party{code, group.name, {}};
  Notice absent{"note", "group.absent_members", 0, "members of " + code + " that are no " + noun_, {}};
  for (const std::string& member : group.members) {
    const std::int32_t index = codes_.match(member, iso3_codes).index;
    if (index >= 0) party.members.push_back(index);
    else absent.whose.push_back(member);
  }
  if (party.members.empty()) {
    throw input_error("no member of group " + code + " is " + (noun_[0] == 'e' ? "an " : "a ") + noun_, flag,
                      "choose another group");
  }
  sort_members(party);
  absent.count = absent.whose.size();
  if (absent.count > 0) notices.push_back(std::move(absent));
  return party;
}

Party Parties::party_of(const std::string& word, const std::string& flag, std::vector<Notice>& notices) const {
  const Meaning found = meaning(word);
  if (found.country >= 0) return {countries_[found.country].iso3, countries_[found.country].name, {found.country}};
  if (found.group != nullptr) return party_of_group(*found.group, flag, notices);
  if (found.is_world) {
    Party party{"world", "World", {}};
    for (std::size_t i = 0; i < countries_.size(); ++i) party.members.push_back(static_cast<std::int32_t>(i));
    return party;
  }
  const PartOf* part = find_part(word);
  if (part != nullptr && codes_.find(part->whole) >= 0) {
    throw input_error(std::string(part->code) + " (" + part->name + ") is counted with " + part->whole, flag,
                      std::string("ask for ") + part->whole);
  }
  throw input_error("\"" + word + "\" is no " + noun_ + " and no group", flag, nearest(word));
}

Party Parties::find(const std::string& text, const std::string& flag, std::vector<Notice>& notices) const {
  Party all;
  std::vector<std::string> found;
  for (const std::string& word : words(text, flag)) {
    std::vector<Notice> of_this;
    const Party party = party_of(word, flag, of_this);
    if (std::find(found.begin(), found.end(), party.code) != found.end()) continue;
    found.push_back(party.code);
    all.code += (all.code.empty() ? "" : "+") + party.code;
    all.name += (all.name.empty() ? "" : ", ") + party.name;
    all.members.insert(all.members.end(), party.members.begin(), party.members.end());
    notices.insert(notices.end(), of_this.begin(), of_this.end());
  }
  if (found.empty()) throw input_error("no country is given", flag, "give an ISO3 code, a group, or a list of codes");
  sort_members(all);
  return all;
}

std::vector<std::int32_t> Parties::indices(const std::vector<std::string>& typed, const std::string& flag,
                                           std::vector<Notice>& notices) const {
  if (typed.empty()) return {};
  std::vector<std::int32_t> members = find(joined_words(typed), flag, notices).members;
  if (members.size() == countries_.size()) members.clear();
  return members;
}

}  // namespace potentia
