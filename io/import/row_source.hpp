// Rows of a table one after another, whatever kind of file they come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace potentia {

/// The cells of one row, one after the other.
struct Row {
  std::string text;
  std::vector<std::size_t> ends;

  void clear() {
    text.clear();
    ends.clear();
  }
  void add(std::string_view cell) {
    text += cell;
    ends.push_back(text.size());
  }
  std::size_t size() const noexcept { return ends.size(); }
  std::string_view cell(std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : ends[at - 1];
    return std::string_view(text).substr(begin, ends[at] - begin);
  }
  bool is_empty() const noexcept { return text.empty(); }
};

class RowSource {
public:
  virtual ~RowSource() = default;
  /// Reads the next row that is not empty. False at the end. @throws Error(input) where the file cannot be read on
  virtual bool next(Row& row) = 0;
  /// Line of the text, row of the sheet, on which the row just read begins, from 1.
  virtual std::uint64_t line() const noexcept = 0;
  /// The first rows once more, without moving on: so many at most.
  virtual std::vector<Row> peek(std::size_t rows) = 0;
  /// Calls `look` for every row that is at hand (all of a small table), without moving on.
  virtual void scan(const std::function<void(const Row&, std::uint64_t line)>& look) = 0;
};

}  // namespace potentia
