#include "host/model/groups.hpp"

#include <algorithm>
#include <utility>

#include "io/nearest.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

void add_groups(const toml::table& file, const std::string& name, std::map<std::string, CountryGroup>& groups) {
  TomlTable root(&file, name, "");
  for (const std::string& code : root.keys()) {
    TomlTable table = root.table(code);
    CountryGroup group;
    group.name = code;
    table.read("name", group.name);
    if (!table.read("members", group.members) || group.members.empty())
      throw input_error("group " + code + " has no members", table.where(),
                        "give members = [\"AAA\", …] as ISO3 codes");
    table.finish();
    groups[code] = std::move(group);
  }
}

std::int32_t country_index(const World& world, const std::string& iso3) {
  const auto found =
      std::lower_bound(world.countries.begin(), world.countries.end(), iso3,
                       [](const Country& country, const std::string& code) { return country.iso3 < code; });
  return found != world.countries.end() && found->iso3 == iso3
             ? static_cast<std::int32_t>(found - world.countries.begin())
             : -1;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ',')
      words.emplace_back();
    else if (c != ' ')
      words.back() += c;
  }
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  return words;
}

void sort_members(Party& party) {
  std::sort(party.members.begin(), party.members.end());
  party.members.erase(std::unique(party.members.begin(), party.members.end()), party.members.end());
}

Party party_of_group(const World& world, const std::string& code, const CountryGroup& group, const std::string& flag,
                     std::vector<Notice>& notices) {
  Party party{code, group.name, {}};
  Notice absent{"note", "group.absent_members", 0, "members of " + code + " that the world does not have", {}};
  for (const std::string& member : group.members) {
    const std::int32_t index = country_index(world, member);
    if (index >= 0)
      party.members.push_back(index);
    else
      absent.whose.push_back(member);
  }
  if (party.members.empty())
    throw input_error("the world has no member of group " + code, flag, "choose another group");
  sort_members(party);
  absent.count = absent.whose.size();
  if (absent.count > 0) notices.push_back(std::move(absent));
  return party;
}

/// The country or group whose code or name is nearest to a word, as "ASEAN (Association of …)".
std::string nearest_party(const World& world, const std::map<std::string, CountryGroup>& groups,
                          const std::string& word) {
  std::vector<std::string> codes, names;
  for (const Country& country : world.countries) {
    codes.push_back(country.iso3);
    names.push_back(country.name);
  }
  for (const auto& [code, group] : groups) {
    codes.push_back(code);
    names.push_back(group.name);
  }
  // What is short was meant as a code; what is longer may be the name of a country or the code of a group.
  std::vector<std::string> known = names;
  for (const auto& [code, group] : groups) known.push_back(code);
  const std::string nearest = nearest_name(word, word.size() <= 4 ? codes : known);
  for (std::size_t at = 0; at < codes.size(); ++at)
    if (codes[at] == nearest || names[at] == nearest) return codes[at] + " (" + names[at] + ")";
  return nearest;
}

Party party_of_word(const World& world, const std::map<std::string, CountryGroup>& groups, const std::string& word,
                    const std::string& flag, std::vector<Notice>& notices) {
  const std::int32_t index = country_index(world, word);
  if (index >= 0) return {word, world.countries[index].name, {index}};
  const auto group = groups.find(word);
  if (group != groups.end()) return party_of_group(world, word, group->second, flag, notices);
  if (word == "world") {
    Party party{"world", "World", {}};
    for (std::size_t country = 0; country < world.country_count(); ++country)
      party.members.push_back(static_cast<std::int32_t>(country));
    return party;
  }
  throw input_error("no country or group \"" + word + "\"", flag,
                    "did you mean " + nearest_party(world, groups, word) + "?");
}

}  // namespace

std::map<std::string, CountryGroup> read_groups(const std::string& path) {
  std::map<std::string, CountryGroup> groups;
  add_groups(parse_toml_text(default_groups_toml(), "built-in groups"), "built-in groups", groups);
  if (!path.empty()) add_groups(parse_toml_file(path), path, groups);
  return groups;
}

Party find_party(const World& world, const std::map<std::string, CountryGroup>& groups, const std::string& text,
                 const std::string& flag, std::vector<Notice>& notices) {
  const std::vector<std::string> words = split(text);
  if (words.empty()) throw input_error("no country is given", flag, "give an ISO3 code, a group, or a list of codes");
  Party party = party_of_word(world, groups, words[0], flag, notices);
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (std::find(words.begin(), words.begin() + at, words[at]) != words.begin() + at) continue;
    const Party next = party_of_word(world, groups, words[at], flag, notices);
    party.code += "+" + next.code;
    party.name += ", " + next.name;
    party.members.insert(party.members.end(), next.members.begin(), next.members.end());
  }
  sort_members(party);
  return party;
}

}  // namespace potentia
