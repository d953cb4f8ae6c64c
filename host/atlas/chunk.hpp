// Data of the site as script files: pages opened from a disk may load scripts, but fetch nothing.
//
//   atlas_data("exporter/LAO",{"pair":[[0,12.5,…],…],…});
//
// What stands between the outer parentheses is a JSON text and a JSON value. Numbers have eight significant digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potentia::atlas {

/// Significant digits of every number of the site.
inline constexpr int site_digits = 8;

/// Appends a number with eight significant digits in as few characters as JSON allows: 1234.5, 12345678e3, 0; null for
/// what is no number.
void append_number(double value, std::string& out);

/// Appends a text between quotes: ASCII, and no `<`, `>` or `&`, so that nothing a text says can end a script. Bytes
/// that are no UTF-8 become U+FFFD.
void append_text(std::string_view text, std::string& out);

/// One script file in the making. Commas are set by itself.
class Chunk {
public:
  /// @param name by which the page asks for it: "exporter/LAO"
  explicit Chunk(std::string_view name);

  Chunk& key(std::string_view name);
  Chunk& open_object() { return open('{'); }
  Chunk& open_list() { return open('['); }
  Chunk& close_object() { return close('}'); }
  Chunk& close_list() { return close(']'); }
  Chunk& number(double value);
  Chunk& integer(std::int64_t value);
  Chunk& text(std::string_view value);

  /// A list of so many values of a function of the place.
  template <class ValueAt>
  Chunk& numbers(std::string_view name, std::size_t count, const ValueAt& value_at) {
    key(name).open_list();
    for (std::size_t at = 0; at < count; ++at) number(value_at(at));
    return close_list();
  }
  template <class ValueAt>
  Chunk& integers(std::string_view name, std::size_t count, const ValueAt& value_at) {
    key(name).open_list();
    for (std::size_t at = 0; at < count; ++at) integer(static_cast<std::int64_t>(value_at(at)));
    return close_list();
  }
  template <class ValueAt>
  Chunk& texts(std::string_view name, std::size_t count, const ValueAt& value_at) {
    key(name).open_list();
    for (std::size_t at = 0; at < count; ++at) text(value_at(at));
    return close_list();
  }

  /// The whole script.
  std::string finish();

private:
  Chunk& open(char bracket);
  Chunk& close(char bracket);
  void separate();

  std::string out_;
};

}  // namespace potentia::atlas
