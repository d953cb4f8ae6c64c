// TOML files read key by key: every complaint has file, line and column; a key that nobody asked for is an error that
// names the nearest known one. Include it in .cpp files only: toml++ is a large header.
#pragma once

// A release build of toml++ tells the compiler to assume what its assertions say, among them that the name of a table
// begins like a key: "[!]" is then undefined behaviour. Without them it complains of such a name a few lines later.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potentia {

/// @throws Error(input) when the file is missing, not readable or not TOML
toml::table parse_toml_file(const std::string& path);

/// Likewise for text already in memory; `name` stands for the file in complaints.
toml::table parse_toml_text(std::string_view text, const std::string& name);

/// "file:line:column" of a node.
std::string toml_where(const toml::node& node, const std::string& file);

/// One table of a file. Reading a key makes it known; call `finish()` when all known keys have been read.
/// A `read` of a key that is absent leaves the value as it was and returns false; of a wrong type, throws Error(input).
class TomlTable {
public:
  /// @param name  full name of the table for complaints ("method"); empty for the file's root
  /// @param table may be null: an absent table has no keys
  TomlTable(const toml::table* table, std::string file, std::string name);

  bool read(const std::string& key, bool& value);
  bool read(const std::string& key, std::int32_t& value);
  bool read(const std::string& key, std::int64_t& value);
  bool read(const std::string& key, double& value);  ///< integers are fine too
  bool read(const std::string& key, std::string& value);
  bool read(const std::string& key, std::vector<double>& value);
  bool read(const std::string& key, std::vector<std::int32_t>& value);
  bool read(const std::string& key, std::vector<std::string>& value);  ///< a single string counts as a list of one

  /// Texts or whole numbers, one or a list of them, as text.
  bool read_words(const std::string& key, std::vector<std::string>& value);
  bool is_text(const std::string& key) const;

  /// Like `read`, but the value must be one of `allowed`; the complaint names the nearest of them.
  bool read_choice(const std::string& key, std::string& value, const std::vector<std::string>& allowed);

  /// A table within this one; absent() if the file has none.
  TomlTable table(const std::string& key);
  /// Every table of a list of tables ([[key]]); none if the file has none. `full_name` of the second is "key 2".
  std::vector<TomlTable> tables(const std::string& key);
  bool absent() const { return table_ == nullptr; }
  bool has(const std::string& key) const { return table_ != nullptr && table_->contains(key); }

  bool is_table(const std::string& key) const { return has(key) && table_->get(key)->is_table(); }

  /// Keys as written, in order, for tables whose keys are data (aliases). Makes all of them known.
  std::vector<std::string> keys();

  /// Keys that nobody has asked for so far.
  std::vector<std::string> unread_keys() const;

  /// "file:line:column" of a key, or of the table itself when it has no such key.
  std::string where(const std::string& key = {}) const;
  /// "method.ease"
  std::string full_name(const std::string& key) const;

  /// @throws Error(input) for the first key, in the file's order, that nobody asked for
  void finish() const;

private:
  const toml::node* find(const std::string& key);
  [[noreturn]] void wrong_type(const toml::node& node, const std::string& key, const char* expected) const;

  const toml::table* table_;
  std::string file_;
  std::string name_;
  std::vector<std::string> known_;
};

}  // namespace potentia
