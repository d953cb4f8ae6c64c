// Files, what they include, and what holds between instruments. One instrument is read in instrument_read.cpp.
#include "io/scenario/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

#include "io/scenario/instrument_read.hpp"
#include "io/scenario/instrument_spec.hpp"
#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::vector<std::string>> read_tags(TomlTable table) {
  std::map<std::string, std::vector<std::string>> tags;
  for (const std::string& tag : table.keys()) {
    std::vector<std::string> prefixes;
    table.read_words(tag, prefixes);
    check_prefixes(prefixes, table, tag);
    tags[tag] = std::move(prefixes);
  }
  return tags;
}

ScenarioTariffs read_tariff_files(TomlTable table, const std::string& folder) {
  ScenarioTariffs tariffs;
  if (table.absent()) return tariffs;
  tariffs.where = table.where();
  for (const auto& [key, path] : {std::pair("rates", &tariffs.rates), std::pair("members", &tariffs.members)}) {
    if (!table.read(key, *path) || path->empty())
      throw input_error(table.full_name(key) + " is missing", table.where(),
                        "name a table as a manifest's [tariffs] does: rates and members");
    *path = (fs::path(folder) / *path).string();
  }
  table.read("source", tariffs.source);
  table.read("assumption", tariffs.assumption);
  if (tariffs.source.empty() && !tariffs.assumption)
    throw input_error("the tariffs have no source", tariffs.where,
                      "give source = \"…\", or mark them: assumption = true");
  table.finish();
  return tariffs;
}

std::string canonical(const std::string& path) {
  std::error_code none;
  const fs::path known = fs::weakly_canonical(path, none);
  return none ? path : known.string();
}

/// Follows `include`, each file once, whoever names it.
class Reader {
public:
  Scenario scenario;

  void add(const toml::table& file, const std::string& name) {
    TomlTable root(&file, name, "");
    const std::string folder = fs::path(name).parent_path().string();
    const bool is_first = scenario.files.empty();
    open_.insert(canonical(name));
    scenario.files.push_back(name);
    std::string title, description;
    if (!root.read("name", title) || title.empty())
      throw input_error("the scenario has no name", name, "begin the file with name = \"…\"");
    root.read("description", description);
    if (is_first) {
      scenario.name = title;
      scenario.description = description;
      scenario.path = name;
    }
    std::vector<std::string> include;
    root.read("include", include);
    const auto tags = read_tags(root.table("tags"));
    add_tariffs(read_tariff_files(root.table("tariffs"), folder));
    for (const InstrumentSpec& spec : instrument_specs())
      for (TomlTable& table : root.tables(spec.name))
        scenario.instruments.push_back(read_instrument(spec, table, tags));
    root.finish();
    for (const std::string& other : include) add_included(other, folder, root);
    open_.erase(canonical(name));
  }

private:
  void add_included(const std::string& other, const std::string& folder, const TomlTable& root) {
    const std::string path = (fs::path(folder) / other).string();
    if (open_.count(canonical(path)) != 0)
      throw input_error("the files include each other: " + other, root.where("include"), "remove one of the includes");
    for (const std::string& read : scenario.files)
      if (canonical(read) == canonical(path)) return;
    toml::table file;
    try {
      file = parse_toml_file(path);
    } catch (const Error& error) {
      if (fs::exists(path)) throw;
      throw input_error("no such file to include: " + path, root.where("include"),
                        "check the name; it is relative to the file");
    }
    add(file, path);
  }

  void add_tariffs(ScenarioTariffs tariffs) {
    if (!tariffs.given()) return;
    if (scenario.tariffs.given())
      throw input_error("two files bring tariffs of their own", tariffs.where,
                        "put them into one pair of tables; the other is at " + scenario.tariffs.where);
    scenario.tariffs = std::move(tariffs);
  }

  std::set<std::string> open_;  ///< files that are being read: one that comes again includes itself
};

/// Same names are refused; then the order is that of kind and name, whatever the order of files.
void settle(Scenario& scenario) {
  std::vector<Instrument>& instruments = scenario.instruments;
  std::sort(instruments.begin(), instruments.end(), [](const Instrument& a, const Instrument& b) {
    return std::tie(a.kind, a.name, a.where) < std::tie(b.kind, b.name, b.where);
  });
  std::map<std::string, const Instrument*> known;
  for (const Instrument& instrument : instruments) {
    const auto [found, inserted] = known.emplace(instrument.name, &instrument);
    if (!inserted)
      throw input_error("two instruments are called \"" + instrument.name + "\"", instrument.where,
                        "give each a name of its own; the other is at " + found->second->where);
  }
  std::sort(scenario.files.begin(), scenario.files.end());
}

Scenario read(const toml::table& file, const std::string& name) {
  Reader reader;
  reader.add(file, name);
  settle(reader.scenario);
  return std::move(reader.scenario);
}

}  // namespace

Scenario read_scenario(const std::string& path) { return read(parse_toml_file(path), path); }

Scenario parse_scenario(const std::string& text, const std::string& name) {
  return read(parse_toml_text(text, name), name);
}

}  // namespace potentia
