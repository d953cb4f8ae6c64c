// The tables of a report as one workbook.
#include <string>
#include <vector>

#include "host/drilldown/drilldown.hpp"
#include "io/export/workbook.hpp"

namespace potentia::drilldown {
namespace {

CellFormat format_of(Kind kind) {
  switch (kind) {
    case Kind::usd:
      return CellFormat::thousands;
    case Kind::share:
      return CellFormat::percent;
    case Kind::count:
    case Kind::year:
      return CellFormat::whole;
    default:
      return CellFormat::general;
  }
}

void write_cell(const Value& value, SheetRow& cells) {
  if (const auto* text = std::get_if<std::string>(&value))
    cells.text(*text);
  else if (const auto* number = std::get_if<double>(&value))
    cells.number(*number);
  else if (const auto* whole = std::get_if<std::int64_t>(&value))
    cells.number(static_cast<double>(*whole));
  else if (const auto* flag = std::get_if<bool>(&value))
    cells.text(*flag ? "yes" : "no");
  else
    cells.empty();
}

void add_texts(Workbook& book, const std::string& name, const std::vector<SheetColumn>& columns,
               const std::vector<std::vector<std::string>>& rows) {
  book.add_table(name, columns, rows.size(), [&](std::size_t row, SheetRow& cells) {
    for (const std::string& text : rows[row]) cells.text(text);
  });
}

void add_summary(Workbook& book, const Report& report) {
  std::vector<std::vector<std::string>> rows{
      {"pair", report.exporter.name + " to " + report.market.name},
      {"method",
       "Export potential after Decreux and Spies (2016), an unofficial replication: these are not ITC's figures"},
      {"world", report.world_title}};
  std::string years;
  for (const std::int32_t year : report.base_years) years += (years.empty() ? "" : ", ") + std::to_string(year);
  rows.push_back({"base years", years});
  rows.push_back({"horizon", std::to_string(report.horizon_year)});
  for (const Finding& finding : report.findings) rows.push_back({finding.rule, finding.sentence});
  add_texts(book, "summary", {{"what", CellFormat::wrapped, 24}, {"text", CellFormat::wrapped, 110}}, rows);
}

void add_definitions(Workbook& book, const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const Part& part : report.parts)
    for (const Figure& figure : part.figures)
      rows.push_back({figure.id, part.title, figure.title, figure.definition, figure.notice});
  for (const Rule& rule : report.rules) rows.push_back({rule.name, "findings", rule.when, rule.says, ""});
  add_texts(book, "about the tables",
            {{"sheet or rule", CellFormat::wrapped, 24},
             {"part", CellFormat::wrapped, 24},
             {"what it is", CellFormat::wrapped, 40},
             {"definition", CellFormat::wrapped, 90},
             {"why it is empty", CellFormat::wrapped, 40}},
            rows);
}

}  // namespace

void write_workbook(const std::string& path, const Report& report, int threads) {
  Workbook book(path, threads);
  add_summary(book, report);
  for (const Part& part : report.parts)
    for (const Figure& figure : part.figures) {
      if (figure.table.rows.empty()) continue;  // "about the tables" says why
      std::vector<SheetColumn> columns;
      for (const TableColumn& column : figure.table.columns)
        columns.push_back({column.label, format_of(column.kind), column.kind == Kind::text ? 28.0 : 16.0});
      book.add_table(figure.id, columns, figure.table.rows.size(), [&](std::size_t row, SheetRow& cells) {
        for (const Value& value : figure.table.rows[row]) write_cell(value, cells);
      });
    }
  add_definitions(book, report);
  book.save();
}

}  // namespace potentia::drilldown
