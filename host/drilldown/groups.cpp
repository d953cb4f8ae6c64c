#include "host/drilldown/groups.hpp"

#include <algorithm>
#include <utility>

#include "host/names.hpp"
#include "io/nearest.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia::drilldown {
namespace {

void add_groups(const toml::table& file, const std::string& name, std::map<std::string, CountryGroup>& groups) {
  TomlTable root(&file, name, "");
  for (const std::string& code : root.keys()) {
    TomlTable table = root.table(code);
    CountryGroup group;
    group.name = code;
    table.read("name", group.name);
    if (!table.read("members", group.members) || group.members.empty())
      throw input_error("group " + code + " has no members", table.where(), "give members = [\"AAA\", …] as ISO3 codes");
    table.finish();
    groups[code] = std::move(group);
  }
}

std::int32_t country_index(const World& world, const std::string& iso3) {
  const auto found = std::lower_bound(world.countries.begin(), world.countries.end(), iso3,
                                      [](const Country& country, const std::string& code) { return country.iso3 < code; });
  return found != world.countries.end() && found->iso3 == iso3 ? static_cast<std::int32_t>(found - world.countries.begin())
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
  if (party.members.empty()) throw input_error("the world has no member of group " + code, flag, "choose another group");
  std::sort(party.members.begin(), party.members.end());
  party.members.erase(std::unique(party.members.begin(), party.members.end()), party.members.end());
  absent.count = absent.whose.size();
  if (absent.count > 0) notices.push_back(std::move(absent));
  return party;
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
  if (words.size() == 1) {
    const std::int32_t index = country_index(world, words[0]);
    if (index >= 0) return {words[0], world.countries[index].name, {index}};
    const auto group = groups.find(words[0]);
    if (group != groups.end()) return party_of_group(world, words[0], group->second, flag, notices);
    if (words[0] == "world") {
      Party party{"world", "World", {}};
      for (std::size_t country = 0; country < world.country_count(); ++country)
        party.members.push_back(static_cast<std::int32_t>(country));
      return party;
    }
    std::vector<std::string> codes, names;
    for (const Country& country : world.countries) {
      codes.push_back(country.iso3);
      names.push_back(country.name);
    }
    for (const auto& [code, known] : groups) {
      codes.push_back(code);
      names.push_back(known.name);
    }
    throw input_error("no country or group \"" + words[0] + "\"", flag,
                      "did you mean " + nearest_country(words[0], codes, names) + "?");
  }
  Party party{"", "", country_indices(world, words, flag)};
  for (const std::int32_t member : party.members) {
    party.code += (party.code.empty() ? "" : "+") + world.countries[member].iso3;
    party.name += (party.name.empty() ? "" : ", ") + world.countries[member].name;
  }
  return party;
}

}  // namespace potentia::drilldown
