// See toml.hpp.
#include "io/toml.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>
#include <utility>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

std::string position(const toml::source_position& at, const std::string& file) {
  return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

const char* type_in_words(toml::node_type type) {
  switch (type) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number";
    case toml::node_type::boolean: return "true or false";
    default: return "a date or time";
  }
}

constexpr std::uintmax_t largest_file = 16u << 20;  // settings are text by hand; more is a wrong file

}  // namespace

namespace {

/// Characters beyond ASCII belong into quotes and comments. Elsewhere TOML does not allow them, and toml++ (3.3) asks of
/// them whether they are blanks by code that is undefined for most.
/// @throws Error(input) for one that stands elsewhere
void require_ascii_outside_quotes(std::string_view text, const std::string& name) {
  std::size_t line = 1, line_begin = 0;
  std::string_view quote;  // what ends the text that we are in, empty outside
  const std::size_t mark = text.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
  for (std::size_t at = mark; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      ++line;
      line_begin = at + 1;
      if (quote.size() == 1) quote = {};  // such a text ends with its line, as an error of the parser's
    }
    if (!quote.empty()) {
      if (c == '\\' && quote[0] == '"' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
      else if (text.substr(at, quote.size()) == quote) {
        at += quote.size() - 1;
        quote = {};
      }
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '"' || c == '\'') {
      const std::string_view three = c == '"' ? "\"\"\"" : "\'\'\'";
      quote = text.substr(at, 3) == three ? three : three.substr(0, 1);
      at += quote.size() - 1;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      throw input_error("not valid TOML: a character that is not ASCII outside of quotes",
                        name + ":" + std::to_string(line) + ":" + std::to_string(at - line_begin + 1), "put it into quotes");
    }
  }
}

/// @return the text with two letters for every byte beyond ASCII. Where it is not valid TOML, neither is the text, and
/// toml++ says so without looking at such characters; where it is valid, quotes are where the check above saw them.
std::string with_ascii_alone(std::string_view text) {
  std::string masked;
  masked.reserve(text.size());
  const std::size_t mark = text.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
  for (std::size_t at = mark; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      masked += text[at];
    } else {
      masked += static_cast<char>('A' + byte / 16);
      masked += static_cast<char>('A' + byte % 16);
    }
  }
  return masked;
}

/// @return where of the text a place of its masked form is; columns count characters, as toml++ does
toml::source_position unmasked(std::string_view text, toml::source_position at) {
  std::size_t begin = 0;
  for (toml::source_index line = 1; line < at.line; ++line) begin = text.find('\n', begin) + 1;
  toml::source_index column = 1, masked_column = 1;
  for (; masked_column < at.column && begin < text.size(); ++begin) {
    const auto byte = static_cast<unsigned char>(text[begin]);
    masked_column += byte < 0x80 ? 1 : 2;
    if ((byte & 0xC0) != 0x80) ++column;
  }
  return {at.line, column};
}

}  // namespace

toml::table parse_toml_text(std::string_view text, const std::string& name) {
  require_ascii_outside_quotes(text, name);
  try {
    const toml::table masked = toml::parse(with_ascii_alone(text));
  } catch (const toml::parse_error& error) {
    throw input_error(std::string("not valid TOML: ") + std::string(error.description()),
                      position(unmasked(text, error.source().begin), name), "correct the line");
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw input_error(std::string("not valid TOML: ") + std::string(error.description()),
                      position(error.source().begin, name), "correct the line");
  }
}

toml::table parse_toml_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const bool missing = errno == ENOENT;
    throw input_error(missing ? "no such file" : std::string("cannot open the file: ") + std::strerror(errno), path,
                      "check the name");
  }
  std::ostringstream text;
  std::vector<char> block(1 << 16);
  std::uintmax_t size = 0;
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    size += static_cast<std::uintmax_t>(file.gcount());
    if (size > largest_file) throw input_error("too large for a TOML file", path, "check the name");
    text.write(block.data(), file.gcount());
  }
  if (file.bad()) throw input_error("cannot read the file", path, "check the name");
  return parse_toml_text(text.str(), path);
}

std::string toml_where(const toml::node& node, const std::string& file) {
  const toml::source_position at = node.source().begin;
  return at ? position(at, file) : file;
}

TomlTable::TomlTable(const toml::table* table, std::string file, std::string name)
    : table_(table), file_(std::move(file)), name_(std::move(name)) {}

const toml::node* TomlTable::find(const std::string& key) {
  known_.push_back(key);
  return table_ == nullptr ? nullptr : table_->get(key);
}

std::string TomlTable::full_name(const std::string& key) const { return name_.empty() ? key : name_ + "." + key; }

std::string TomlTable::where(const std::string& key) const {
  if (table_ == nullptr) return file_;
  for (const auto& [found, node] : *table_) {
    if (found.str() != key) continue;
    // The key's own place is more use than the value's, where the parser kept it.
    const toml::source_position at = found.source().begin;
    return at ? position(at, file_) : toml_where(node, file_);
  }
  return toml_where(*table_, file_);
}

void TomlTable::wrong_type(const toml::node& node, const std::string& key, const char* expected) const {
  throw input_error(full_name(key) + " must be " + expected + ", not " + type_in_words(node.type()),
                    toml_where(node, file_), "correct the value");
}

bool TomlTable::read(const std::string& key, bool& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_boolean()) wrong_type(*node, key, "true or false");
  value = node->as_boolean()->get();
  return true;
}

bool TomlTable::read(const std::string& key, std::int64_t& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_integer()) wrong_type(*node, key, "a whole number");
  value = node->as_integer()->get();
  return true;
}

bool TomlTable::read(const std::string& key, std::int32_t& value) {
  std::int64_t wide = value;
  if (!read(key, wide)) return false;
  if (wide < std::numeric_limits<std::int32_t>::min() || wide > std::numeric_limits<std::int32_t>::max()) {
    throw input_error(full_name(key) + " is out of range: " + std::to_string(wide), where(key), "correct the value");
  }
  value = static_cast<std::int32_t>(wide);
  return true;
}

bool TomlTable::read(const std::string& key, double& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_number()) wrong_type(*node, key, "a number");
  value = node->value<double>().value_or(0.0);
  return true;
}

bool TomlTable::read(const std::string& key, std::string& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_string()) wrong_type(*node, key, "text");
  value = node->as_string()->get();
  return true;
}

bool TomlTable::read(const std::string& key, std::vector<double>& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_array()) wrong_type(*node, key, "a list of numbers");
  std::vector<double> list;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_number()) wrong_type(item, key, "a list of numbers");
    list.push_back(item.value<double>().value_or(0.0));
  }
  value = std::move(list);
  return true;
}

bool TomlTable::read(const std::string& key, std::vector<std::int32_t>& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_array()) wrong_type(*node, key, "a list of whole numbers");
  std::vector<std::int32_t> list;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_integer()) wrong_type(item, key, "a list of whole numbers");
    const std::int64_t wide = item.as_integer()->get();
    if (wide < std::numeric_limits<std::int32_t>::min() || wide > std::numeric_limits<std::int32_t>::max()) {
      throw input_error(full_name(key) + " is out of range: " + std::to_string(wide), toml_where(item, file_),
                        "correct the value");
    }
    list.push_back(static_cast<std::int32_t>(wide));
  }
  value = std::move(list);
  return true;
}

bool TomlTable::read(const std::string& key, std::vector<std::string>& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  std::vector<std::string> list;
  if (node->is_string()) {
    list.push_back(node->as_string()->get());
  } else {
    if (!node->is_array()) wrong_type(*node, key, "a list of texts");
    for (const toml::node& item : *node->as_array()) {
      if (!item.is_string()) wrong_type(item, key, "a list of texts");
      list.push_back(item.as_string()->get());
    }
  }
  value = std::move(list);
  return true;
}

bool TomlTable::read_words(const std::string& key, std::vector<std::string>& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  std::vector<std::string> words;
  const auto add = [&](const toml::node& item) {
    if (item.is_string()) words.push_back(item.as_string()->get());
    else if (item.is_integer()) words.push_back(std::to_string(item.as_integer()->get()));
    else wrong_type(item, key, "a text, a whole number or a list of these");
  };
  if (!node->is_array()) add(*node);
  else
    for (const toml::node& item : *node->as_array()) add(item);
  value = std::move(words);
  return true;
}

bool TomlTable::is_text(const std::string& key) const { return has(key) && table_->get(key)->is_string(); }

bool TomlTable::read_choice(const std::string& key, std::string& value, const std::vector<std::string>& allowed) {
  std::string chosen;
  if (!read(key, chosen)) return false;
  if (std::find(allowed.begin(), allowed.end(), chosen) == allowed.end()) {
    throw input_error("unknown " + full_name(key) + " \"" + chosen + "\"", where(key),
                      "did you mean \"" + nearest_name(chosen, allowed) + "\"? Known are: " + joined(allowed));
  }
  value = chosen;
  return true;
}

TomlTable TomlTable::table(const std::string& key) {
  const toml::node* node = find(key);
  if (node != nullptr && !node->is_table()) wrong_type(*node, key, "a table");
  return TomlTable(node == nullptr ? nullptr : node->as_table(), file_, full_name(key));
}

std::vector<TomlTable> TomlTable::tables(const std::string& key) {
  const toml::node* node = find(key);
  std::vector<TomlTable> list;
  if (node == nullptr) return list;
  if (!node->is_array()) wrong_type(*node, key, ("a list of tables, [[" + full_name(key) + "]]").c_str());
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table()) wrong_type(item, key, ("a list of tables, [[" + full_name(key) + "]]").c_str());
    list.emplace_back(item.as_table(), file_, full_name(key) + " " + std::to_string(list.size() + 1));
  }
  return list;
}

std::vector<std::string> TomlTable::keys() {
  std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::string>> places;
  if (table_ != nullptr) {
    for (const auto& [key, node] : *table_) {
      const toml::source_position at = node.source().begin;
      places.emplace_back(std::make_pair(at.line, at.column), std::string(key.str()));
    }
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string> names;
  names.reserve(places.size());
  for (auto& place : places) names.push_back(std::move(place.second));
  known_.insert(known_.end(), names.begin(), names.end());
  return names;
}

std::vector<std::string> TomlTable::unread_keys() const {
  std::vector<std::string> keys = TomlTable(table_, file_, name_).keys();
  const auto is_known = [this](const std::string& key) { return std::find(known_.begin(), known_.end(), key) != known_.end(); };
  keys.erase(std::remove_if(keys.begin(), keys.end(), is_known), keys.end());
  return keys;
}

void TomlTable::finish() const {
  if (table_ == nullptr) return;
  for (const std::string& key : unread_keys()) {
    const bool is_table = table_->get(key)->is_table();
    const std::string nearest = nearest_name(key, known_);
    throw input_error(std::string(is_table ? "unknown table " : "unknown key ") + full_name(key), where(key),
                      nearest.empty() ? "remove it" : "did you mean " + full_name(nearest) + "?");
  }
}

}  // namespace potentia
