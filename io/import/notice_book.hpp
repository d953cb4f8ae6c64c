// What was dropped, filled or noticed while importing: counted by rule, with whose.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Collects notices; they come out in order of their rules, so that the order of rows in a file does not matter.
class NoticeBook {
public:
  /// Counts `count` more under a rule, and whose it is (an empty code is counted only).
  void add(const std::string& kind, const std::string& rule, const std::string& detail, const std::string& whose = {},
           std::uint64_t count = 1);

  std::vector<Notice> take();

private:
  struct Entry {
    std::string kind, detail;
    std::uint64_t count = 0;
    std::set<std::string> whose;
  };
  std::map<std::string, Entry> entries_;
};

}  // namespace potentia
