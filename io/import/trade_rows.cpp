// One row of a trade file, in any columns, with quotes or without; and words for its faults. See trade_rows.hpp.
#include "io/import/trade_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr int most_columns = 6;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Splits a row at its separators; one cell must not hold the line's end, nor a quotation mark of its own.
RowFault split(std::string_view row, const TradeLayout& layout, std::string_view (&cells)[most_columns]) {
  int count = 0;
  while (true) {
    const std::size_t end = row.find(layout.separator);
    std::string_view cell = trimmed(row.substr(0, end));
    if (!cell.empty() && cell.front() == '"') {
      // Within quotes a separator is text, which no column here can use: the cell fails as what it should be.
      const std::size_t open = row.find('"');
      const std::size_t close = row.find('"', open + 1);
      if (close == std::string_view::npos) return RowFault::quotes;
      const std::size_t after = row.find(layout.separator, close);
      if (!trimmed(row.substr(close + 1, after == std::string_view::npos ? after : after - close - 1)).empty()) {
        return RowFault::quotes;
      }
      cell = trimmed(row.substr(open + 1, close - open - 1));
      if (count < most_columns) cells[count] = cell;
      ++count;
      if (after == std::string_view::npos) break;
      row.remove_prefix(after + 1);
      continue;
    }
    if (count < most_columns) cells[count] = cell;
    ++count;
    if (end == std::string_view::npos) break;
    row.remove_prefix(end + 1);
  }
  return count == layout.columns ? RowFault::none : RowFault::fields;
}

/// A thousand times a decimal number, correctly rounded: the exponent is raised by three before it is read.
NumberFault parse_thousands(std::string_view cell, double& value) {
  const std::size_t mark = cell.find_first_of("eE");
  std::string text(cell.substr(0, mark));
  if (text.find_first_not_of("+-.0123456789") != std::string::npos) return parse_number(cell, value);
  std::int32_t exponent = 0;
  if (mark != std::string_view::npos) {
    std::string_view digits = cell.substr(mark + 1);
    const bool negative = !digits.empty() && digits.front() == '-';
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
    if (!parse_integer(digits, exponent)) return NumberFault::not_a_number;
    if (negative) exponent = -exponent;
  }
  text += "e" + std::to_string(exponent + 3);
  return parse_number(text, value);
}

std::string quoted(std::string_view cell) {
  std::string text = "\"";
  text += cell.substr(0, 40);
  return text + (cell.size() > 40 ? "…\"" : "\"");
}

}  // namespace

TradeLayout read_trade_header(std::string_view line, const std::string& name) {
  const std::string where = name + ":1";
  const char* remedy = "a trade file starts with t,i,j,k,v,q";
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (trimmed(line).empty()) throw input_error("no header", where, remedy);
  TradeLayout layout;
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    const std::ptrdiff_t count = std::count(line.begin(), line.end(), separator);
    if (count > most) layout.separator = separator;
    most = std::max(most, count);
  }
  const char* names[] = {"t", "i", "j", "k", "v", "q"};
  int quantity = -1;
  int* columns[] = {&layout.year, &layout.exporter, &layout.market, &layout.product, &layout.value, &quantity};
  while (true) {
    const std::size_t end = line.find(layout.separator);
    std::string_view cell = trimmed(line.substr(0, end));
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    const auto known = std::find(std::begin(names), std::end(names), cell);
    if (known == std::end(names)) throw input_error("unknown column " + quoted(cell), where, remedy);
    int& column = *columns[known - std::begin(names)];
    if (column >= 0) throw input_error("column " + quoted(cell) + " stands twice", where, remedy);
    column = layout.columns++;
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  for (int i = 0; i < 5; ++i) {
    if (*columns[i] < 0) throw input_error(std::string("missing column \"") + names[i] + "\"", where, remedy);
  }
  layout.standard = layout.year == 0 && layout.exporter == 1 && layout.market == 2 && layout.product == 3 &&
                    layout.value == 4;
  return layout;
}

RowFault parse_trade_row(std::string_view row, const TradeLayout& layout, const TradeCodes& codes, TradeRow& out) {
  if (trimmed(row).empty()) return RowFault::blank;
  std::string_view cells[most_columns];
  const RowFault fault = split(row, layout, cells);
  if (fault != RowFault::none) return fault;
  std::int32_t number = 0;
  if (!parse_integer(cells[layout.year], out.year) || out.year < 1000 || out.year > 9999) return RowFault::year;
  const auto country = [&codes, &number](std::string_view cell) {
    return parse_integer(cell, number) && number < codes.country_size ? codes.country[number] : std::int16_t{-1};
  };
  const std::int16_t exporter = country(cells[layout.exporter]);
  if (exporter < 0) return RowFault::exporter;
  const std::int16_t market = country(cells[layout.market]);
  if (market < 0) return RowFault::market;
  if (exporter == market) return RowFault::same_country;
  out.exporter = static_cast<std::uint16_t>(exporter);
  out.market = static_cast<std::uint16_t>(market);
  const std::string_view code = cells[layout.product];
  if ((code.size() != 5 && code.size() != 6) || !parse_integer(code, number)) return RowFault::product_code;
  out.product = codes.product[number];
  if (out.product == ProductTable::none) return RowFault::product;
  switch (parse_thousands(cells[layout.value], out.value)) {
    case NumberFault::not_a_number: return RowFault::value_text;
    case NumberFault::infinite: return RowFault::value_infinite;
    case NumberFault::none: break;
  }
  if (out.value < 0.0) return RowFault::value_negative;
  out.value = out.value + 0.0;  // -0 is 0
  return RowFault::none;
}

FaultWords describe_fault(RowFault fault, std::string_view row, const TradeLayout& layout) {
  std::string_view cells[most_columns];
  split(row, layout, cells);
  const auto cell = [&cells](int column) { return std::string(cells[column]); };
  const std::string or_lenient = ", or drop such rows with --lenient";
  switch (fault) {
    case RowFault::fields:
      return {"trade.fields", "rows with too many or too few fields", "not " + std::to_string(layout.columns) +
              " fields: " + quoted(row), "correct the row" + or_lenient, ""};
    case RowFault::quotes:
      return {"trade.quotes", "rows with stray quotation marks", "a stray quotation mark: " + quoted(row),
              "correct the row" + or_lenient, ""};
    case RowFault::year:
      return {"trade.year", "rows without a year", "t " + quoted(cell(layout.year)) + " is no year",
              "write four digits" + or_lenient, ""};
    case RowFault::exporter:
      return {"trade.unknown_exporter", "rows whose exporter is not in the country table",
              "unknown country code " + quoted(cell(layout.exporter)) + " in column i",
              "add it to the country table" + or_lenient, cell(layout.exporter)};
    case RowFault::market:
      return {"trade.unknown_market", "rows whose market is not in the country table",
              "unknown country code " + quoted(cell(layout.market)) + " in column j",
              "add it to the country table" + or_lenient, cell(layout.market)};
    case RowFault::same_country:
      return {"trade.same_country", "rows whose exporter is also their market",
              "exporter and market are the same country, " + quoted(cell(layout.exporter)) +
                  (cell(layout.exporter) == cell(layout.market) ? "" : " and " + quoted(cell(layout.market))),
              "remove the row" + or_lenient, cell(layout.exporter)};
    case RowFault::product_code:
      return {"trade.product_code", "rows whose product is no HS code of six digits",
              quoted(cell(layout.product)) + " is no HS code of six digits",
              "write six digits; five are taken to have lost their leading zero" + or_lenient, cell(layout.product)};
    case RowFault::product:
      return {"trade.unknown_product", "rows whose product is not in the product table",
              "unknown product code " + quoted(cell(layout.product)), "add it to the product table" + or_lenient,
              cell(layout.product)};
    case RowFault::value_infinite:
      return {"trade.value_infinite", "rows with an infinite value", "v " + quoted(cell(layout.value)) + " is infinite",
              "correct the value" + or_lenient, ""};
    case RowFault::value_negative:
      return {"trade.value_negative", "rows with a negative value", "v " + quoted(cell(layout.value)) + " is negative",
              "correct the value" + or_lenient, ""};
    default:
      return {"trade.value_text", "rows whose value is no number", "v " + quoted(cell(layout.value)) + " is not a number",
              "correct the value" + or_lenient, ""};
  }
}

}  // namespace potentia
