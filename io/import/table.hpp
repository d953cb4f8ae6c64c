// The small tables (CSV by libcsv): one row after another, with line numbers, whatever separator, byte order mark or
// line ends the file has, and whether it is packed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/world/world.hpp"

struct csv_parser;

namespace potentia {

struct TableLayout {
  std::string header_column;  ///< the header is the first row with this column, among the first few; empty = first row
  bool quotes = true;         ///< false: a quote is a character like any other but around a whole cell
  bool ragged = false;        ///< rows may be shorter than the header (footers of downloads)
};

/// A table read from its header to its end. Reading it to the end is what makes its fingerprint.
class Table {
public:
  /// @throws Error(input) when the file is missing, empty or damaged, or has no such header
  Table(const std::string& path, const MemberChoice& choice, const TableLayout& layout = {});
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() = default;

  const std::vector<std::string>& header() const noexcept { return header_; }
  /// Index of the first of these columns that is there (letters' case does not matter), or -1.
  int find_column(const std::vector<std::string>& names) const;
  /// Likewise. @throws Error(input) naming the file, the header's line and the columns it has
  int column(const std::vector<std::string>& names) const;

  /// Goes to the next row. False at the end of the file.
  bool next();
  /// Cell of the present row; empty where the row is short or the column is -1.
  std::string_view cell(int column) const;
  /// Cell read as a number; NaN where it says that it is missing. @throws Error(input) for anything else
  double number(int column, bool thousands = false) const;
  /// Cell read as an HS6 code. @throws Error(input) unless it has five or six digits
  std::string hs6(int column) const;
  /// Cell read as a year. @throws Error(input)
  std::int32_t year(int column) const;

  /// Whether the present row has fewer cells than the header.
  bool is_short() const noexcept { return ends_.size() < header_.size(); }

  std::uint64_t line() const noexcept { return row_line_; }
  std::string where() const { return where(row_line_); }
  std::string where(std::uint64_t line) const { return name_ + ":" + std::to_string(line); }

  /// Fingerprint of the file. Call it after the last row.
  SourceFile fingerprint(const std::string& role);

private:
  bool read_line(std::string& line);
  bool read_row();
  bool refill();
  void detect_separator();
  static void on_cell(void* text, std::size_t size, void* self);
  static void on_row(int end, void* self);

  std::string path_;
  std::string name_;
  TableLayout layout_;
  std::unique_ptr<ByteSource> source_;
  struct ParserCloser {
    void operator()(csv_parser* parser) const;
  };
  std::unique_ptr<csv_parser, ParserCloser> parser_;

  std::string text_;            // decoded, not yet parsed
  std::size_t text_position_ = 0;
  bool source_ended_ = false;
  int utf16_ = -1;              // not known yet, no, yes
  std::string odd_bytes_;       // of a code unit cut by the end of a block

  std::string cells_;           // of the present row, one after the other
  std::vector<std::size_t> ends_;
  int rows_ready_ = 0;
  std::vector<std::string> header_;
  std::uint64_t line_ = 0;
  std::uint64_t row_line_ = 0;
  std::uint64_t header_line_ = 0;
};

}  // namespace potentia
