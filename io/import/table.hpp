// The small tables, whatever they are saved as: separated text of any kind (text_rows.hpp), workbooks and Stata files
// (grid.hpp), plain or in an archive. One row after another, with line numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/import/column_map.hpp"
#include "io/import/file_kind.hpp"
#include "io/import/number_style.hpp"
#include "io/import/row_source.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct TableLayout {
  /// The header is the first row, among the first thirty, that has a column of each of these sets of names; the separator
  /// is the one by which it is found. Empty: the first row, and the commonest separator in it.
  std::vector<std::vector<std::string>> header;
  bool ragged = false;  ///< rows may be shorter than the header (footers of downloads)
  /// Given where the manifest says which column is which: names that the reader asks for are then those of the map.
  const ColumnMap* map = nullptr;
};

/// A table read from its header to its end. Reading it to the end is what makes its fingerprint.
class Table {
public:
  /// @param path of the file; "x.xlsx#Sheet" names a sheet of a workbook
  /// @throws Error(input) when the file is missing, empty, damaged or no table, or has no such header
  Table(const std::string& path, const MemberChoice& choice, const TableLayout& layout = {});
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table();

  const std::vector<std::string>& header() const noexcept { return header_; }
  /// Index of the first of these columns that is there, or -1. Letters' case, blanks and quotes do not matter. Where there
  /// is a map, the columns that it has for one of these names.
  int find_column(const std::vector<std::string>& names) const;
  /// Likewise. @throws Error(input) naming the file, the header's line and the columns it has
  int column(const std::vector<std::string>& names) const;

  /// Remembers what a column is taken for, for those who ask what became of a file. find_column does so by the first of
  /// the names that it is asked for.
  void take(int column, const std::string& taken_for) const;

  /// Says that these columns hold numbers: how the table writes them is decided by all their cells together. Call it
  /// before the first row is read.
  /// @throws Error(input) when cells contradict each other, with the places of both
  void expect_numbers(const std::vector<int>& columns);

  /// Goes to the next row that counts. False at the end of the file.
  /// @throws Error(input) at the end if there were rows, but none that the map lets count
  bool next();
  /// Cell of the present row; empty where the row is short or the column is -1.
  std::string_view cell(int column) const;
  /// Cell read as a number; NaN where it says that it is missing. @throws Error(input) for anything else
  double number(int column);
  /// Cell read as an HS6 code. @throws Error(input) unless it has five or six digits
  std::string hs6(int column) const;
  /// Cell read as a year. @throws Error(input)
  std::int32_t year(int column) const;

  /// Whether the present row has fewer cells than the header.
  bool is_short() const noexcept { return row_.size() < header_.size(); }

  std::uint64_t line() const noexcept { return rows_->line(); }
  std::string where() const { return where(line()); }
  std::string where(std::uint64_t line) const { return name_ + ":" + std::to_string(line); }
  const std::string& name() const noexcept { return name_; }

  /// Fingerprint of the file, and what it was found to be. Call it after the last row.
  SourceFile fingerprint(const std::string& role);

private:
  [[noreturn]] void contradict(const std::string& other, const std::string& here) const;
  std::vector<std::string> mapped(const std::vector<std::string>& names) const;
  bool next_row();
  bool counts();
  void choose_rows();
  [[noreturn]] void none_counted() const;
  bool has_header(const Row& row, const TableLayout& layout) const;
  void choose_separator(const TableLayout& layout);
  void take_header(const TableLayout& layout);
  FileReport report() const;

  std::string path_;  ///< without the sheet
  std::string name_;
  bool ragged_;
  TableKind kind_ = TableKind::text;
  std::unique_ptr<ByteSource> source_;  ///< until the rows own it
  ByteSource* bytes_ = nullptr;
  std::unique_ptr<RowSource> rows_;
  NumberStyle style_;
  Row row_;
  std::vector<std::string> header_;
  std::uint64_t header_line_ = 0;
  std::string sheet_;
  std::uint64_t rows_read_ = 0;
  mutable std::map<int, std::string> taken_;                    // column → what for
  mutable std::int32_t first_year_ = 0, last_year_ = 0;         // of those read; 0 = none

  /// A choice of the map, with its column, and what was seen there: what decided about the row before decides about most.
  struct Choice {
    const RowChoice* choice;
    int column;
    std::string last;
    bool last_counts;
    std::vector<std::string> refused;  ///< a few values that did not count, for the complaint
  };
  const ColumnMap* map_ = nullptr;
  std::vector<Choice> choices_;
  int digits_column_ = -1;  ///< of products, where only codes of six digits count
  std::uint64_t seen_ = 0, counted_ = 0;
};

/// "comma", "tab" …
const char* separator_in_words(char separator);

}  // namespace potentia
