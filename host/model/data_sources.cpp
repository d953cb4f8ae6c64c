// See data_sources.hpp.
#include "host/model/data_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/toml.hpp"

namespace potentia {
namespace {

constexpr const char* manifest_head =
    "# What a world is made of. Paths are relative to this file.\n"
    "#   potentia check  manifest.toml               says which files are missing and where they come from, and, once "
    "all\n"
    "#                                               are there, what the world will be made of\n"
    "#   potentia import manifest.toml -o world.h5   makes it\n"
    "# Save each file under the name that it has where you download it, beside this one; * stands for any letters.\n";

/// Lines of a text, without empty ones at its ends.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::vector<DataSource> read_sources() {
  const toml::table tree = parse_toml_text(sources_toml(), "built-in sources");
  TomlTable root(&tree, "built-in sources", "");
  std::vector<DataSource> sources;
  for (const std::string& name : root.keys()) {
    TomlTable table = root.table(name);
    DataSource source;
    table.read("keys", source.keys);
    const std::pair<const char*, std::string*> texts[] = {{"format", &source.format},   {"title", &source.title},
                                                          {"page", &source.page},       {"take", &source.take},
                                                          {"licence", &source.licence}, {"manifest", &source.manifest}};
    for (const auto& [key, text] : texts) table.read(key, *text);
    table.finish();
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace

const std::vector<DataSource>& data_sources() {
  static const std::vector<DataSource> sources = read_sources();
  return sources;
}

const DataSource* source_of(const MissingFile& file) {
  for (const DataSource& source : data_sources()) {
    if (std::find(source.keys.begin(), source.keys.end(), file.key) == source.keys.end()) continue;
    if (source.format == file.format || source.format.empty() || file.format.empty()) return &source;
  }
  return nullptr;
}

std::vector<std::string> source_lines(const DataSource& source) {
  std::vector<std::string> lines = {source.title};
  const std::pair<const char*, const std::string*> parts[] = {
      {"from", &source.page}, {"take", &source.take}, {"licence", &source.licence}};
  for (const auto& [name, text] : parts) {
    const char* head = name;
    for (const std::string& line : lines_of(*text)) {
      lines.push_back(fmt::format("  {:<9}{}", head, line));
      head = "";
    }
  }
  return lines;
}

std::string manifest_template() {
  std::string text = manifest_head;
  for (const DataSource& source : data_sources()) {
    text += "\n";
    if (!source.keys.empty()) {
      for (const std::string& line : source_lines(source)) text += "# " + line + "\n";
    }
    for (const std::string& line : lines_of(source.manifest)) text += line + "\n";
  }
  return text;
}

std::vector<std::string> missing_lines(const std::vector<MissingFile>& missing) {
  std::vector<std::string> lines;
  std::vector<char> told(missing.size(), 0);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (told[i] != 0) continue;
    const DataSource* source = source_of(missing[i]);
    for (std::size_t j = i; j < missing.size(); ++j) {
      if (told[j] != 0 || source_of(missing[j]) != source) continue;
      told[j] = 1;
      lines.push_back(fmt::format("missing {} = \"{}\" ({})", missing[j].key, missing[j].name, missing[j].where));
    }
    if (source == nullptr) continue;
    for (const std::string& line : source_lines(*source)) lines.push_back("  " + line);
  }
  return lines;
}

}  // namespace potentia
