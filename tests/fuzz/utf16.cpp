// UTF-16: cut anywhere, the same text; what comes out is shorter than three bytes a unit.
#include "io/import/utf16.hpp"

#include <algorithm>

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  fuzz::Input input(data, size);
  const std::size_t wanted = input.number(0, 255);
  const std::string bytes(input.rest());
  const std::size_t cut = std::min(wanted, bytes.size());
  looks_like_utf16(bytes);
  std::string whole, parts, rest;
  const std::string complaint = fuzz::complaint_of([&] { whole = utf8_from_utf16(bytes, rest, true, "x"); });
  const std::string again = fuzz::complaint_of([&] {
    parts = utf8_from_utf16(bytes.substr(0, cut), rest, false, "x");
    parts += utf8_from_utf16(rest + bytes.substr(cut), rest, true, "x");
  });
  fuzz::require(complaint == again, "a cut does not decide whether text is read");
  if (complaint.empty()) fuzz::require(whole == parts, "a cut does not change the text");
  fuzz::require(whole.size() <= bytes.size() / 2 * 3, "at most three bytes of UTF-8 a unit");
  return 0;
}
