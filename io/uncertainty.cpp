#include "io/uncertainty.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct GroupSpec {
  const char* name;
  const char* meaning;
  double spread;
  bool on;
  double most;  ///< a spread beyond it is a slip of units
};

const GroupSpec& spec_of(DrawGroup group) {
  static const std::array<GroupSpec, draw_groups.size()> specs = {{
      {"sigma", "ln of the elasticity of substitution, half its variance common to an HS2 chapter", 0.25, true, 2.0},
      {"income_elasticity", "income elasticity of imports, half its variance common to an HS2 chapter", 0.15, true, 5.0},
      {"gdp", "ln of the growth of GDP, for each year until the horizon, three tenths of its variance common to all", 0.010,
       true, 0.5},
      {"population", "ln of the growth of population, for each year until the horizon", 0.002, true, 0.5},
      {"trade", "weights of the base years, equally likely all that add up to one", 0.0, true, 0.0},
      {"ease", "ln of the ease of trade of a pair", 0.0, false, 2.0},
  }};
  return specs[static_cast<unsigned>(group) - 1];
}

void read_group(DrawGroup group, TomlTable table, GroupSpread& spread) {
  if (table.absent()) return;
  const bool switched = table.read("on", spread.on);
  if (group == DrawGroup::trade) return table.finish();
  if (table.read("spread", spread.spread)) {
    const double most = spec_of(group).most;
    if (!(spread.spread >= 0.0 && spread.spread <= most))
      throw input_error(fmt::format("{} {} is not between 0 and {}", table.full_name("spread"), spread.spread, most),
                        table.where("spread"), fmt::format("give the standard deviation of: {}", spec_of(group).meaning));
    if (!switched) spread.on = true;
    spread.assumption = false;
  }
  table.read("source", spread.source);
  table.read("assumption", spread.assumption);
  if (spread.source.empty() && !spread.assumption)
    throw input_error(table.full_name("spread") + " has no source", table.where("spread"),
                      "give source = \"…\", or mark it: assumption = true");
  if (spread.on && spread.spread == 0.0 && !table.has("spread"))
    throw input_error(table.full_name("spread") + " is missing", table.where("on"),
                      fmt::format("give the standard deviation of: {}", spec_of(group).meaning));
  table.finish();
}

Uncertainty read_root(const toml::table& file, const std::string& name) {
  Uncertainty uncertainty;
  TomlTable root(&file, name, "");
  for (const DrawGroup group : draw_groups) read_group(group, root.table(group_name(group)), uncertainty.of(group));
  root.finish();
  return uncertainty;
}

}  // namespace

const char* group_name(DrawGroup group) { return spec_of(group).name; }

const char* spread_meaning(DrawGroup group) { return spec_of(group).meaning; }

Uncertainty::Uncertainty() {
  for (const DrawGroup group : draw_groups) {
    of(group).on = spec_of(group).on;
    of(group).spread = spec_of(group).spread;
  }
}

Uncertainty read_uncertainty(const std::string& path) { return read_root(parse_toml_file(path), path); }

Uncertainty parse_uncertainty(const std::string& text, const std::string& name) {
  return read_root(parse_toml_text(text, name), name);
}

}  // namespace potentia
