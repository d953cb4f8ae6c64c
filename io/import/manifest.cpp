// See manifest.hpp.
#include "io/import/manifest.hpp"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "io/import/file_kind.hpp"
#include "io/import/formats.hpp"
#include "io/nearest.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

class Paths {
public:
  /// @param missing see read_manifest
  Paths(const std::string& manifest, std::vector<MissingFile>* missing) : missing_(missing) {
    const std::size_t slash = manifest.find_last_of('/');
    if (slash != std::string::npos) folder_ = manifest.substr(0, slash + 1);
  }

  /// One file, by its name or by a pattern that it alone matches; `where` is the key that names it.
  TableEntry one(const std::string& name, const std::string& where) const {
    if (name.empty()) throw input_error("an empty file name", where, "name a file or take the key out");
    const TableEntry entry{resolved(name), where};
    struct stat status {};
    if (::stat(split_sheet(entry.path).first.c_str(), &status) != 0) {
      if (is_pattern(name)) return only_match(name, where);
      if (is_noted(name, where)) return entry;
      throw input_error("no such file: " + entry.path, where, missing_remedy);
    }
    if (!S_ISREG(status.st_mode)) throw input_error("not a regular file: " + entry.path, where, "name a file");
    found_.insert(split_sheet(entry.path).first);
    return entry;
  }

  /// Every file that the patterns match; matches of one pattern are in order of their names.
  std::vector<TableEntry> many(const std::vector<std::string>& patterns, const std::string& where) const {
    std::vector<TableEntry> entries;
    for (const std::string& pattern : patterns) {
      if (!is_pattern(pattern)) {
        entries.push_back(one(pattern, where));
        continue;
      }
      for (std::string& path : matches(pattern, where)) entries.push_back({std::move(path), where});
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (entries[i].path != entries[j].path) continue;
        throw input_error("named twice: " + entries[i].path, where, "name every file once");
      }
    }
    return entries;
  }

  /// Those that are there, of all that were asked for so far.
  std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

private:
  static constexpr const char* missing_remedy =
      "paths are relative to the manifest; `potentia check` says where each missing file comes from";

  static bool is_pattern(const std::string& name) { return name.find_first_of("*?[") != std::string::npos; }

  /// Whether a file that is not there was noted, which is what some callers want.
  bool is_noted(const std::string& name, const std::string& where) const {
    if (missing_ != nullptr) missing_->push_back({name, where, "", ""});
    return missing_ != nullptr;
  }

  TableEntry only_match(const std::string& pattern, const std::string& where) const {
    const std::vector<std::string> paths = matches(pattern, where);
    if (paths.empty()) return {resolved(pattern), where};
    if (paths.size() == 1) return {paths[0], where};
    throw input_error(std::to_string(paths.size()) + " files match \"" + pattern + "\"", where, "name one of them");
  }

  std::string resolved(const std::string& name) const { return name[0] == '/' ? name : folder_ + name; }

  std::vector<std::string> matches(const std::string& pattern, const std::string& where) const {
    // Characters of the folder's own name are no pattern.
    std::string escaped;
    if (pattern[0] != '/') {
      for (const char c : folder_) {
        if (std::strchr("*?[\\", c) != nullptr) escaped += '\\';
        escaped += c;
      }
    }
    glob_t found{};
    const int status = ::glob((escaped + pattern).c_str(), GLOB_NOSORT, nullptr, &found);
    std::vector<std::string> paths;
    if (status == 0) {
      for (std::size_t i = 0; i < found.gl_pathc; ++i) {
        struct stat file {};
        if (::stat(found.gl_pathv[i], &file) == 0 && S_ISREG(file.st_mode)) paths.emplace_back(found.gl_pathv[i]);
      }
    }
    ::globfree(&found);
    if (paths.empty() && !is_noted(pattern, where)) {
      throw input_error("no file matches \"" + pattern + "\"", where, missing_remedy);
    }
    std::sort(paths.begin(), paths.end());  // by bytes, whatever the locale
    found_.insert(paths.begin(), paths.end());
    return paths;
  }

  std::string folder_;
  std::vector<MissingFile>* missing_;
  mutable std::set<std::string> found_;
};

/// Finds the keys that name the missing files, by their places, and the formats beside them.
void name_keys(TomlTable table, std::vector<MissingFile>& missing) {
  for (const std::string& key : table.keys()) {
    if (table.is_table(key)) name_keys(table.table(key), missing);
    for (MissingFile& file : missing) {
      if (file.where != table.where(key)) continue;
      file.key = table.full_name(key);
      const std::string format = key == "projection_file" && table.has("projection_format") ? "projection_format" : "format";
      if (table.has(format)) table.read(format, file.format);
    }
  }
}

/// A table that must be there, and a text key that must be in it.
TomlTable required(TomlTable& root, const std::string& name) {
  TomlTable table = root.table(name);
  if (table.absent()) throw input_error("no table [" + name + "]", root.where(), "add it; see README.md for an example");
  return table;
}

/// A key that must be there is not: a misspelt one may be.
[[noreturn]] void throw_missing_key(const TomlTable& table, const std::string& key) {
  const std::string nearest = nearest_name(key, table.unread_keys(), 2);
  if (!nearest.empty()) {
    throw input_error("unknown key " + table.full_name(nearest), table.where(nearest), "did you mean " + table.full_name(key) + "?");
  }
  throw input_error("no key " + table.full_name(key), table.where(), "add it");
}

std::string required_text(TomlTable& table, const std::string& key) {
  std::string value;
  if (!table.read(key, value)) throw_missing_key(table, key);
  return value;
}

TableEntry optional_file(TomlTable& table, const std::string& key, const Paths& paths) {
  std::string name;
  return table.read(key, name) ? paths.one(name, table.where(key)) : TableEntry{};
}

/// The format of a table, and its map where it has one. @param unit see read_format
ColumnMap read_map(TomlTable& table, const std::string& key, const std::string& role, const Paths& paths, std::string& format,
                   std::string& unit) {
  const auto file = [&paths](const std::string& name, const std::string& where) { return paths.one(name, where); };
  return read_format(table, key, format_role(role), file, format, unit);
}

/// Where "percent" and "fraction" mean nothing.
void refuse_word(const TomlTable& table, const std::string& unit) {
  if (!unit.empty())
    throw input_error(table.full_name("unit") + " is \"" + unit + "\"", table.where("unit"), "write a number, by which values are multiplied");
}

void read_world(TomlTable table, Manifest& manifest) {
  manifest.hs_revision = required_text(table, "hs_revision");
  table.read("title", manifest.title);
  if (!table.read("base_years", manifest.base_years)) {
    throw_missing_key(table, "base_years");
  }
  manifest.base_years_where = table.where("base_years");
  std::vector<std::int32_t>& years = manifest.base_years;
  std::sort(years.begin(), years.end());
  if (years.empty()) throw input_error("world.base_years is empty", manifest.base_years_where, "name at least one year");
  if (std::adjacent_find(years.begin(), years.end()) != years.end()) {
    throw input_error("world.base_years names a year twice", manifest.base_years_where, "name every year once");
  }
  if (!table.read("horizon_year", manifest.horizon_year)) {
    throw_missing_key(table, "horizon_year");
  }
  if (manifest.horizon_year < years.back()) {
    throw input_error("the horizon " + std::to_string(manifest.horizon_year) + " is before the last base year " +
                          std::to_string(years.back()),
                      table.where("horizon_year"), "name a later year");
  }
  table.finish();
}

void read_trade(TomlTable table, const Paths& paths, Manifest& manifest) {
  std::string format = "baci", unit;
  const bool has_unit = table.has("unit");
  manifest.trade_columns = read_map(table, "format", "trade", paths, format, unit);
  refuse_word(table, unit);
  if (manifest.trade_columns.given()) {
    if (format == "columns" && !has_unit)
      throw input_error("no key trade.unit", table.where(), "write unit = 1 for values in US dollars, unit = 1000 for thousands of them");
    if (manifest.trade_columns.unit != 1.0 && manifest.trade_columns.unit != 1000.0)
      throw input_error("trade.unit is neither 1 nor 1000", table.where("unit"), "values are in US dollars or in thousands of them");
  }
  std::vector<std::string> patterns;
  if (!table.read("files", patterns)) throw_missing_key(table, "files");
  if (patterns.empty()) {
    throw input_error("no trade.files", table.where(), "name the files, for instance \"BACI_HS17_Y*.csv\"");
  }
  manifest.trade_files = paths.many(patterns, table.where("files"));
  manifest.countries = paths.one(required_text(table, "countries"), table.where("countries"));
  manifest.products = paths.one(required_text(table, "products"), table.where("products"));
  table.finish();
}

/// @param key "macro", "macro.gdp" …, for complaints
void read_macro_source(TomlTable& table, const std::string& key, const Paths& paths, bool required, MacroSource& source) {
  std::vector<std::string> names;
  std::string unit;
  source.columns = read_map(table, "format", "macro", paths, source.format, unit);
  if (table.read("file", names)) source.files = paths.many(names, table.where("file"));
  else if (required) throw_missing_key(table, "file");
  source.projection_format = source.format;
  const bool has_format = table.has("projection_format");
  source.projection_columns = has_format ? read_map(table, "projection_format", "macro", paths, source.projection_format, unit) : source.columns;
  refuse_word(table, unit);
  names.clear();
  if (table.read("projection_file", names)) {
    source.projection = paths.many(names, table.where("projection_file"));
  } else if (has_format) {
    throw input_error(key + ".projection_format without " + key + ".projection_file", table.where("projection_format"),
                      "name the file of projections");
  }
}

void read_macro(TomlTable table, const Paths& paths, Manifest& manifest) {
  const bool gdp = table.has("gdp"), population = table.has("population");
  read_macro_source(table, "macro", paths, !(gdp && population), manifest.macro);
  for (const auto& [name, source] : {std::make_pair("gdp", &manifest.macro_gdp), std::make_pair("population", &manifest.macro_population)}) {
    if (!table.has(name)) continue;
    TomlTable own = table.table(name);
    read_macro_source(own, std::string("macro.") + name, paths, true, *source);
    own.finish();
  }
  table.finish();
}

void read_tariffs(TomlTable table, const Paths& paths, Manifest& manifest) {
  if (table.absent()) return;
  manifest.tariff_rates = paths.one(required_text(table, "rates"), table.where("rates"));
  manifest.tariff_members = optional_file(table, "members", paths);
  std::string format = "tidy", unit;
  manifest.tariff_columns = read_map(table, "format", "tariffs", paths, format, unit);
  manifest.tariffs_in_percent = unit == "percent";
  if (manifest.tariff_columns.unit != 1.0)
    throw input_error("tariffs.unit is a number", table.where("unit"), "write \"percent\" or \"fraction\"");
  if (table.is_text("horizon_rates")) manifest.horizon_rates = optional_file(table, "horizon_rates", paths);
  else table.read("horizon_rates", manifest.horizon_rates_by_year);
  if ((manifest.horizon_rates.given() || manifest.horizon_rates_by_year) && !manifest.tariff_columns.has("exporter"))
    throw input_error("tariffs.horizon_rates without rates by exporter", table.where("horizon_rates"),
                      "regimes say by the years of their members what the horizon brings");
  if (manifest.horizon_rates_by_year && !manifest.tariff_columns.has("year"))
    throw input_error("tariffs.horizon_rates by year without tariffs.columns.year", table.where("horizon_rates"),
                      "name the column of years, or the file of the horizon's rates");
  if (manifest.tariff_members.given() && manifest.tariff_columns.has("exporter"))
    throw input_error("tariffs.members beside rates by exporter", table.where("members"), "such rates have no regimes: take members out");
  table.finish();
}

void read_aliases(TomlTable table, Manifest& manifest) {
  for (const std::string& code : table.keys()) {
    std::string target;
    table.read(code, target);
    manifest.aliases.push_back({code, target, table.where(code)});
  }
}

}  // namespace

Manifest read_manifest(const std::string& path, std::vector<MissingFile>* missing) {
  const toml::table tree = parse_toml_file(path);
  TomlTable root(&tree, path, "");
  const Paths paths(path, missing);
  Manifest manifest;
  manifest.path = path;

  // Keys nobody knows are found before files that are missing: a misspelt key often explains the missing file.
  for (const char* name : {"world", "trade", "distance", "macro", "tariffs", "elasticities", "products", "aliases",
                           "logistics", "utilization", "concordance"}) {
    root.table(name);
  }
  root.finish();

  read_world(required(root, "world"), manifest);
  read_trade(required(root, "trade"), paths, manifest);
  TomlTable distance = required(root, "distance");
  std::string format = "cepii", unit;
  manifest.distance_columns = read_map(distance, "format", "distance", paths, format, unit);
  refuse_word(distance, unit);
  manifest.distance = paths.one(required_text(distance, "file"), distance.where("file"));
  distance.read("column", manifest.distance_column);
  distance.finish();
  read_macro(required(root, "macro"), paths, manifest);
  read_tariffs(root.table("tariffs"), paths, manifest);
  TomlTable elasticities = required(root, "elasticities");
  manifest.elasticity_columns = read_map(elasticities, "format", "elasticities", paths, manifest.elasticity_format, unit);
  refuse_word(elasticities, unit);
  manifest.elasticities = paths.one(required_text(elasticities, "file"), elasticities.where("file"));
  elasticities.finish();
  TomlTable products = root.table("products");
  manifest.excluded = optional_file(products, "excluded", paths);
  manifest.sectors = optional_file(products, "sectors", paths);
  manifest.processing = optional_file(products, "processing", paths);
  manifest.product_names = optional_file(products, "names", paths);
  products.finish();
  TomlTable logistics = root.table("logistics");
  if (!logistics.absent()) {
    logistics.read_choice("format", manifest.logistics_format, {"lpi"});
    manifest.logistics = paths.one(required_text(logistics, "file"), logistics.where("file"));
    logistics.finish();
  }
  TomlTable utilization = root.table("utilization");
  if (!utilization.absent()) {
    manifest.utilization = paths.one(required_text(utilization, "file"), utilization.where("file"));
    utilization.finish();
  }
  TomlTable concordance = root.table("concordance");
  if (!concordance.absent()) {
    std::vector<std::string> files;
    if (!concordance.read("files", files)) throw_missing_key(concordance, "files");
    manifest.concordance = paths.many(files, concordance.where("files"));
    concordance.finish();
  }
  read_aliases(root.table("aliases"), manifest);
  manifest.files = paths.found();
  if (missing != nullptr && !missing->empty()) name_keys(root, *missing);
  return manifest;
}

}  // namespace potentia
