// A workbook (.xlsx, ECMA-376) of tables: a bold header that stays in sight, a number format for each column, numbers
// in full. The shared library for it, libxlsxwriter, writes sixteen digits, where seventeen may be needed, and passes
// over a full disk below its temporary files.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "io/export/export_file.hpp"
#include "io/export/zip_file.hpp"
#include "io/output_file.hpp"

namespace potentia {

/// How a column is shown; what it holds stays in full.
enum class CellFormat { general, thousands, whole, percent, wrapped };  // 0.25, 1,234, 2024, 25.0%, lines of text

struct SheetColumn {
  std::string header;
  CellFormat format = CellFormat::general;
  double width = 12;  ///< in characters
};

/// The cells of one row, from left to right.
class SheetRow {
public:
  void number(double value);  ///< an empty cell where it is none
  void text(const std::string& value) { prepared(sheet_text(value)); }
  void prepared(const std::string& text);  ///< what sheet_text() made
  void empty() { ++column_; }

  /// A text as a cell holds it, for those that come again and again: XML, cut where a cell ends (32,767 characters).
  static std::string sheet_text(const std::string& text);

private:
  friend class Workbook;
  explicit SheetRow(const std::vector<SheetColumn>& columns);
  void begin(std::size_t number);
  void end() { xml_ += "</row>"; }
  void begin_cell(const std::string& style);

  std::vector<std::string> starts_, styles_;  // [columns] `<c r="B`, `" s="2"`
  std::string xml_;                           // the rows so far
  std::string number_;                        // of the row
  std::size_t column_ = 0;
};

class Workbook {
public:
  /// Begins a workbook. Nothing is left of it without save(). @throws as OutputFile
  Workbook(const std::string& path, int threads);

  using WriteRow = std::function<void(std::size_t row, SheetRow& cells)>;
  /// Adds a table; where it has more rows than a sheet holds it goes on in "NAME 2", each with the header.
  /// @param name made fit for a sheet: 31 characters, none of []:*?/\, another than those there are
  /// @param write_row fills one row; called from several threads
  /// @return how many sheets it took
  std::size_t add_table(const std::string& name, const std::vector<SheetColumn>& columns, std::size_t rows,
                        const WriteRow& write_row, std::size_t sheet_rows = most_sheet_rows);

  /// Writes the rest, flushes it and gives the file its name.
  ExportReport save();

private:
  void add_sheet(const std::string& name, const std::vector<SheetColumn>& columns, std::size_t first, std::size_t last,
                 const WriteRow& write_row);
  std::string free_name(const std::string& wanted) const;

  OutputFile output_;
  ZipFile zip_;
  int threads_;
  std::vector<std::string> sheets_;  // their names
};

}  // namespace potentia
