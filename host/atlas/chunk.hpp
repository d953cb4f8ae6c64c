// Data of the site as script files: pages opened from a disk may load scripts, but fetch nothing.
//
//   atlas_data("exporter/LAO",{"pair":[[0,12.5,…],…],…});
//
// What stands between the outer parentheses is a JSON text and a JSON value. Numbers have eight significant digits, and
// lists of them are packed where that is shorter (packed.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/atlas/packed.hpp"

namespace potentia::atlas {

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
    return key(name).column(count, value_at);
  }
  template <class ValueAt>
  Chunk& integers(std::string_view name, std::size_t count, const ValueAt& value_at) {
    std::vector<std::int64_t> values(count);
    for (std::size_t at = 0; at < count; ++at) values[at] = static_cast<std::int64_t>(value_at(at));
    key(name);
    append_integers(values, out_);
    return *this;
  }
  template <class ValueAt>
  Chunk& texts(std::string_view name, std::size_t count, const ValueAt& value_at) {
    key(name).open_list();
    for (std::size_t at = 0; at < count; ++at) text(value_at(at));
    return close_list();
  }

  /// A list of numbers without a name, such as one of a list of columns.
  template <class ValueAt>
  Chunk& column(std::size_t count, const ValueAt& value_at) {
    std::vector<double> values(count);
    for (std::size_t at = 0; at < count; ++at) values[at] = value_at(at);
    separate();
    append_numbers(values, out_);
    return *this;
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
