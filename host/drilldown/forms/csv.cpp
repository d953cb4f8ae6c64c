// Tables as CSV files.
#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <regex>

#include "host/drilldown/drilldown.hpp"
#include "io/export/csv_field.hpp"

namespace potentia::drilldown {
namespace {

void append(const Value& value, std::string& out) {
  if (const auto* text = std::get_if<std::string>(&value)) out += csv_text(*text);
  if (const auto* number = std::get_if<double>(&value))
    if (std::isfinite(*number)) fmt::format_to(std::back_inserter(out), "{}", *number);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) fmt::format_to(std::back_inserter(out), "{}", *whole);
  if (const auto* flag = std::get_if<bool>(&value)) out += *flag ? "true" : "false";
}

}  // namespace

bool is_table_of_a_chapter(const std::string& file_name) {
  static const std::regex name(
      "outlook_(chances|intervals|stability|assumptions|prospect_files)\\.csv|scenarios_(assumptions|comparison|files|"
      "(findings|before_after|instruments|products|at_risk|places|exporters|markets|targets|target_products)_[0-9]+)"
      "\\.csv");
  return std::regex_match(file_name, name);
}

std::string table_csv(const Table& table) {
  std::string out;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (c > 0) out += ',';
    out += csv_text(table.columns[c].key);
  }
  out += '\n';
  for (const std::vector<Value>& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += ',';
      append(row[c], out);
    }
    out += '\n';
  }
  return out;
}

}  // namespace potentia::drilldown
