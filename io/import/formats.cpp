// See formats.hpp.
#include "io/import/formats.hpp"

#include <algorithm>
#include <utility>

#include "io/nearest.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* by_columns = "columns";

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool ends_in_toml(const std::string& name) { return name.size() > 5 && name.compare(name.size() - 5, 5, ".toml") == 0; }

void read_columns(TomlTable table, const FormatRole& role, ColumnMap& map) {
  for (const std::vector<std::string>* names : {&role.required, &role.optional})
    for (const std::string& name : *names) {
      std::vector<std::string> columns;
      if (table.read(name, columns)) map.columns[name] = std::move(columns);
    }
  table.finish();
}

/// Rows by what a column says; a choice on a column that is there already, by its first name, takes its place.
void read_choices(TomlTable table, bool wanted, bool may_lack, ColumnMap& map) {
  for (const std::string& column : table.keys()) {
    RowChoice choice{{column}, {}, wanted, may_lack, table.where(column)};
    if (table.is_table(column)) {  // columns that some downloads call otherwise
      TomlTable both = table.table(column);
      both.read("columns", choice.columns);
      both.read_words("values", choice.values);
      both.finish();
    } else {
      table.read_words(column, choice.values);
    }
    if (choice.values.empty()) throw input_error("no value for the column " + column, choice.where, "name the values");
    if (choice.columns.empty()) throw input_error("no name of the column " + column, choice.where, "name it");
    const auto same = std::find_if(map.choices.begin(), map.choices.end(), [&](const RowChoice& known) {
      return known.columns[0] == choice.columns[0] && known.wanted == wanted;
    });
    if (same != map.choices.end())
      *same = std::move(choice);
    else
      map.choices.push_back(std::move(choice));
  }
}

void read_unit(TomlTable& table, ColumnMap& map, std::string& unit) {
  if (!table.has("unit")) return;
  if (table.is_text("unit")) {
    table.read_choice("unit", unit, {"fraction", "percent"});
    return;
  }
  table.read("unit", map.unit);
  if (!(map.unit != 0.0) || map.unit - map.unit != 0.0)
    throw input_error(table.full_name("unit") + " is not a number other than 0", table.where("unit"),
                      "write by what values are multiplied");
}

/// What manifest and presets say alike.
void read_tables(TomlTable& table, const FormatRole& role, ColumnMap& map, std::string& unit) {
  read_columns(table.table("columns"), role, map);
  read_choices(table.table("where"), true, false, map);
  read_choices(table.table("where_not"), false, true, map);
  read_unit(table, map, unit);
  table.read("six_digits", map.six_digits);
}

/// One of several ways to read the same files, of which the manifest chooses: [flow.imports], [flow.exports].
void read_flow(TomlTable& preset, TomlTable& manifest, const FormatRole& role, ColumnMap& map) {
  if (!preset.has("flow")) return;
  TomlTable flows = preset.table("flow");
  const std::vector<std::string> names = flows.keys();
  std::string flow;
  if (!manifest.read_choice("flow", flow, names))
    throw input_error("no key " + manifest.full_name("flow"), manifest.where("format"), "say which: " + joined(names));
  for (const std::string& name : names) {
    ColumnMap other;
    ColumnMap& into = name == flow ? map : other;
    TomlTable chosen = flows.table(name);
    read_columns(chosen.table("columns"), role, into);
    read_choices(chosen.table("where"), true, false, into);
    chosen.finish();
  }
}

/// Lays a preset under what the manifest says.
void read_preset(const toml::table& tree, const std::string& name, TomlTable& manifest, const FormatRole& role,
                 ColumnMap& map, std::string& unit) {
  TomlTable preset(&tree, name, "");
  std::string of = role.name;
  preset.read("role", of);
  if (of != role.name)
    throw input_error("the format of " + name + " is one of " + of + ", not of " + role.name, manifest.where("format"),
                      "choose another, or name the columns by format = \"columns\"");
  map.where = name;
  read_choices(preset.table("where_if_there"), true, true, map);
  read_tables(preset, role, map, unit);
  read_flow(preset, manifest, role, map);
  preset.finish();
}

std::vector<std::string> presets_of(const FormatRole& role) {
  std::vector<std::string> names;
  for (const FormatPreset& preset : format_presets()) {
    const toml::table tree = parse_toml_text(preset.toml, preset.name);
    if (tree["role"].value_or(std::string()) == role.name) names.emplace_back(preset.name);
  }
  return names;
}

void require_complete(const TomlTable& table, const FormatRole& role, const ColumnMap& map) {
  for (const std::string& name : role.required)
    if (!map.has(name))
      throw input_error("no key " + role.name + ".columns." + name, table.where("columns"),
                        "name the table's column of it");
  if (role.name == "macro" && !map.has("gdp") && !map.has("population"))
    throw input_error("neither macro.columns.gdp nor macro.columns.population", table.where("columns"),
                      "name the columns of levels");
  if (role.name == "tariffs" && map.has("regime") && map.has("exporter"))
    throw input_error("both tariffs.columns.regime and tariffs.columns.exporter", table.where("columns"),
                      "rates are those of regimes or those of exporters: take one out");
}

}  // namespace

const FormatRole& format_role(const std::string& name) {
  static const std::vector<FormatRole> roles = {
      {"trade", {"baci"}, {"exporter", "market", "product", "value"}, {"year"}},
      {"distance", {"cepii"}, {"exporter", "market", "distance"}, {"year"}},
      {"macro", {"tidy", "wdi", "weo"}, {"country", "year"}, {"gdp", "population"}},
      {"tariffs", {"tidy"}, {"market", "product", "rate"}, {"regime", "exporter", "year"}},
      {"elasticities", {"tidy", "protee"}, {"product", "sigma"}, {"income_elasticity"}}};
  return *std::find_if(roles.begin(), roles.end(), [&](const FormatRole& role) { return role.name == name; });
}

ColumnMap read_format(TomlTable& table, const std::string& key, const FormatRole& role,
                      const std::function<TableEntry(const std::string&, const std::string&)>& file,
                      std::string& format, std::string& unit) {
  std::vector<std::string> known = role.built_in;
  known.emplace_back(by_columns);
  const std::vector<std::string> presets = presets_of(role);
  known.insert(known.end(), presets.begin(), presets.end());
  std::string chosen = format;
  table.read(key, chosen);
  ColumnMap map;
  if (ends_in_toml(chosen)) {
    const TableEntry own = file(chosen, table.where(key));
    read_preset(parse_toml_file(own.path), own.path, table, role, map, unit);
    format = chosen;
  } else {
    table.read_choice(key, format, known);
    if (contains(presets, format)) {
      const auto preset = std::find_if(format_presets().begin(), format_presets().end(),
                                       [&](const FormatPreset& one) { return one.name == format; });
      read_preset(parse_toml_text(preset->toml, "configs/formats/" + format + ".toml"),
                  "configs/formats/" + format + ".toml", table, role, map, unit);
    } else if (format != by_columns) {
      if (role.name == "tariffs") read_unit(table, map, unit);  // the one layout whose tables come in two units
      return map;
    }
  }
  if (map.where.empty() || table.has("columns")) map.where = table.where("columns");
  read_tables(table, role, map, unit);
  require_complete(table, role, map);
  return map;
}

}  // namespace potentia
