// See notice_book.hpp.
#include "io/import/notice_book.hpp"

#include <string_view>

#include "io/import/cells.hpp"

namespace potentia {
namespace {

constexpr std::size_t longest_code = 100;  // what stands for a code in a faulty row may be anything

}  // namespace

void NoticeBook::add(const std::string& kind, const std::string& rule, const std::string& detail,
                     const std::string& whose, std::uint64_t count) {
  Entry& entry = entries_[rule];
  entry.kind = kind;
  entry.detail = detail;
  entry.count += count;
  if (!whose.empty()) entry.whose.insert(one_line_name(std::string_view(whose).substr(0, longest_code)));
}

std::vector<Notice> NoticeBook::take() {
  std::vector<Notice> notices;
  for (auto& [rule, entry] : entries_) {
    notices.push_back({entry.kind, rule, entry.count, entry.detail, {entry.whose.begin(), entry.whose.end()}});
  }
  entries_.clear();
  return notices;
}

}  // namespace potentia
