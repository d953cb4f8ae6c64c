// See lenient.hpp.
#include "io/import/lenient.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace potentia {
namespace {

constexpr const char* names[] = {"unknown_code", "self_trade", "world_total", "bad_row", "bad_code", "bad_value", "duplicate"};
static_assert(sizeof(names) / sizeof(names[0]) == static_cast<std::size_t>(LenientKind::count), "a name for each");

}  // namespace

const char* lenient_name(LenientKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::vector<std::string> lenient_names() { return {std::begin(names), std::end(names)}; }

bool read_lenient_kinds(const std::string& text, LenientKinds& kinds, std::string& wrong) {
  kinds = LenientKinds(text.empty() || text == "all");
  if (kinds.any()) return true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    word.erase(0, std::min(word.find_first_not_of(' '), word.size()));
    word.erase(word.find_last_not_of(' ') + 1);
    bool known = false;
    for (std::size_t i = 0; i < static_cast<std::size_t>(LenientKind::count); ++i) {
      if (word != names[i]) continue;
      kinds.add(static_cast<LenientKind>(i));
      known = true;
    }
    if (!known) {
      wrong = word;
      return false;
    }
    begin = end + 1;
  }
  return true;
}

}  // namespace potentia
