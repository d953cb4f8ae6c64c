#include "host/model/groups.hpp"

#include <utility>

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

}  // namespace

std::map<std::string, CountryGroup> read_groups(const std::string& path) {
  std::map<std::string, CountryGroup> groups;
  add_groups(parse_toml_text(default_groups_toml(), "built-in groups"), "built-in groups", groups);
  if (!path.empty()) add_groups(parse_toml_file(path), path, groups);
  return groups;
}

}  // namespace potentia
