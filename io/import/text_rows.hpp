// Rows of separated text: CSV and its relatives.
#pragma once

#include <memory>
#include <string>

#include "io/import/byte_source.hpp"
#include "io/import/row_source.hpp"
#include "io/import/text_decoder.hpp"

namespace potentia {

/// A quote counts where a cell begins with one: the cell then ends at the next quote that a separator or line end follows,
/// holds separators and line ends, and "" is a quote. Quotes within other cells are characters. Blanks around cells go.
class TextRows : public RowSource {
public:
  /// @param begin the bytes that were read of the member already
  TextRows(std::unique_ptr<ByteSource> source, std::string begin, std::string name);

  bool next(Row& row) override;
  std::uint64_t line() const noexcept override { return row_line_; }
  std::vector<Row> peek(std::size_t rows) override;
  void scan(const std::function<void(const Row&, std::uint64_t line)>& look) override;

  void set_separator(char separator) noexcept { separator_ = separator; }
  char separator() const noexcept { return separator_; }
  const char* encoding() const noexcept { return decoder_.encoding(); }

private:
  struct Position {
    std::size_t at;
    std::uint64_t line;
  };
  bool read_row(Position& position, Row& row, std::uint64_t& begins, bool more);
  void read_quoted(Position& position, Row& row, bool more, std::uint64_t begins);
  bool refill();
  bool has_line(const Position& position, bool more);

  std::unique_ptr<ByteSource> source_;
  TextDecoder decoder_;
  std::string name_;
  std::string text_;  // decoded, from the row to come on
  Position position_{0, 1};
  std::uint64_t row_line_ = 0;
  char separator_ = ',';
  bool ended_ = false;
};

}  // namespace potentia
