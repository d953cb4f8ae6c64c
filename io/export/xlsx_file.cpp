// A table as a workbook: its rows, then what its columns are and where it comes from.
#include <algorithm>
#include <string>
#include <vector>

#include "io/export/export_file.hpp"
#include "io/export/workbook.hpp"

namespace potentia {
namespace {

CellFormat format_of(const TidyColumn& column) {
  const bool is_large = column.units == "USD" || column.units == "km";
  return !column.is_text() && is_large ? CellFormat::thousands : CellFormat::general;
}

/// Room for most of the texts, not for the longest.
double width_of(const TidyColumn& column) {
  constexpr std::size_t least = 9, most = 40;
  if (!column.is_text()) return 18;
  std::size_t longest = column.key.size();
  for (const std::string& text : *column.texts) longest = std::max(longest, text.size());
  return static_cast<double>(std::clamp(longest + 1, least, most));
}

using Row = std::vector<std::string>;

void add_definitions(Workbook& book, const TidyTable& table, std::size_t sheets) {
  std::vector<Row> rows{{"table", table.title, ""}};
  if (sheets > 1)
    rows.push_back({"sheets",
                    "the table has " + std::to_string(table.rows) + " rows, more than a sheet holds, and goes on in " +
                        std::to_string(sheets) + " sheets",
                    ""});
  for (const TidyColumn& column : table.columns)
    rows.push_back({column.key, column.label, column.units == "1" ? "" : column.units});
  for (const auto& [what, text] : table.about) rows.push_back({what, text, ""});
  const std::vector<SheetColumn> columns{
      {"what", CellFormat::wrapped, 22}, {"meaning", CellFormat::wrapped, 100}, {"unit", CellFormat::wrapped, 8}};
  book.add_table("definitions", columns, rows.size(), [&](std::size_t row, SheetRow& cells) {
    for (const std::string& text : rows[row]) cells.text(text);
  });
}

}  // namespace

ExportReport write_xlsx(const std::string& path, const TidyTable& table, const ExportOptions& options) {
  Workbook book(path, options.threads);
  std::vector<SheetColumn> columns;
  std::vector<std::vector<std::string>> texts;  // [columns][texts] as XML
  for (const TidyColumn& column : table.columns) {
    columns.push_back({column.key, format_of(column), width_of(column)});
    texts.emplace_back();
    if (!column.is_text()) continue;
    for (const std::string& text : *column.texts) texts.back().push_back(SheetRow::sheet_text(text));
  }
  const auto write_row = [&](std::size_t row, SheetRow& cells) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const TidyColumn& column = table.columns[c];
      if (column.is_text())
        cells.prepared(texts[c][static_cast<std::size_t>((*column.which)[row])]);
      else
        cells.number(column.values[row]);
    }
  };
  const std::size_t sheets = book.add_table(table.name, columns, table.rows, write_row, options.sheet_rows);
  add_definitions(book, table, sheets);
  ExportReport report = book.save();
  report.sheets = sheets;
  return report;
}

}  // namespace potentia
