// The report in a screenful: findings, and the first rows of the opportunities.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/drilldown/drilldown.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t shown_rows = 10;
constexpr std::size_t name_width = 44;

const Figure* find_figure(const Report& report, const std::string& id) {
  for (const Part& part : report.parts)
    for (const Figure& figure : part.figures)
      if (figure.id == id) return &figure;
  return nullptr;
}

int column_of(const Table& table, const std::string& key) {
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].key == key) return static_cast<int>(c);
  return -1;
}

std::string text_at(const Table& table, std::size_t row, int column) {
  if (column < 0) return "";
  const auto* text = std::get_if<std::string>(&table.rows[row][static_cast<std::size_t>(column)]);
  return text == nullptr ? "" : *text;
}

/// USD million with one decimal, three for what would round to nothing.
std::string millions_at(const Table& table, std::size_t row, int column) {
  if (column < 0) return "";
  const auto* value = std::get_if<double>(&table.rows[row][static_cast<std::size_t>(column)]);
  if (value == nullptr || std::isnan(*value)) return "-";
  const double millions = *value / 1e6;
  return fmt::format("{:.{}f}", millions, std::fabs(millions) < 1.0 ? 3 : 1);
}

/// At most `name_width` bytes, cut between characters.
std::string shortened(const std::string& name) {
  if (name.size() <= name_width) return name;
  std::size_t end = name_width - 3;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end) + "...";
}

}  // namespace

std::vector<std::string> report_lines(const Report& report) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} to {}: potential in {}, trade of {}{}", report.exporter.name, report.market.name,
                              report.horizon_year, report.base_years.front(),
                              report.base_years.size() > 1 ? fmt::format("-{}", report.base_years.back()) : ""));
  for (const Finding& finding : report.findings) lines.push_back("  - " + finding.sentence);
  const Figure* figure = find_figure(report, "opportunities");
  if (figure == nullptr || figure->table.rows.empty()) return lines;
  const Table& table = figure->table;
  const int code = column_of(table, "product"), name = column_of(table, "name");
  lines.push_back(fmt::format("{:<6} {:<{}} {:>12} {:>12} {:>12}", "largest untapped, USD million", "",
                              name_width - 23, "potential", "actual", "unrealised"));
  for (std::size_t row = 0; row < std::min(shown_rows, table.rows.size()); ++row)
    lines.push_back(fmt::format("{:<6} {:<{}} {:>12} {:>12} {:>12}", text_at(table, row, code),
                                shortened(text_at(table, row, name)), name_width,
                                millions_at(table, row, column_of(table, "potential")),
                                millions_at(table, row, column_of(table, "actual")),
                                millions_at(table, row, column_of(table, "unrealized"))));
  return lines;
}

}  // namespace potentia::drilldown
