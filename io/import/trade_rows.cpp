// One row of a trade file, in any columns, with quotes or without; and words for its faults. See trade_rows.hpp.
#include "io/import/trade_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr int most_columns = 64;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Position of the quotation mark that closes the one before `at`; two together stand for one.
std::size_t closing_quote(std::string_view row, std::size_t at) {
  while (true) {
    at = row.find('"', at);
    if (at == std::string_view::npos || at + 1 >= row.size() || row[at + 1] != '"') return at;
    at += 2;
  }
}

/// Splits a row at its separators; one cell must not hold the line's end. Empty cells behind the last column are nothing.
RowFault split(std::string_view row, const TradeLayout& layout, std::string_view (&cells)[most_columns]) {
  int count = 0;
  bool is_full = false;  // a cell beyond the header's holds something
  const auto keep = [&](std::string_view cell) {
    if (count < layout.columns) cells[count] = cell;
    else is_full |= !cell.empty();
    ++count;
  };
  while (true) {
    const std::size_t end = row.find(layout.separator);
    const std::string_view cell = trimmed(row.substr(0, end));
    if (!cell.empty() && cell.front() == '"') {
      // Within quotes a separator is text, which no column here can use: the cell fails as what it should be.
      const std::size_t open = row.find('"');
      const std::size_t close = closing_quote(row, open + 1);
      if (close == std::string_view::npos) return RowFault::quotes;
      const std::size_t after = row.find(layout.separator, close);
      if (!trimmed(row.substr(close + 1, after == std::string_view::npos ? after : after - close - 1)).empty()) {
        return RowFault::quotes;
      }
      keep(trimmed(row.substr(open + 1, close - open - 1)));
      if (after == std::string_view::npos) break;
      row.remove_prefix(after + 1);
      continue;
    }
    keep(cell);
    if (end == std::string_view::npos) break;
    row.remove_prefix(end + 1);
  }
  return count >= layout.columns && !is_full ? RowFault::none : RowFault::fields;
}

/// A code that another program made a float, as it was: 418.0 is 418.
std::string_view whole(std::string_view cell) {
  const std::size_t point = cell.find('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == cell.size()) return cell;
  return cell.find_first_not_of('0', point + 1) == std::string_view::npos ? cell.substr(0, point) : cell;
}

/// Index of the holder of a country code: a number, or ISO3 where the files name countries so.
std::int16_t holder(std::string_view cell, const TradeCodes& codes) {
  std::int32_t number = 0;
  if (parse_integer(whole(cell), number)) return number < codes.country_size ? codes.country[number] : std::int16_t{-1};
  if (codes.names == nullptr || cell.empty()) return -1;
  const std::string code = plain_code(cell);
  const auto found = std::lower_bound(codes.names->begin(), codes.names->end(), code,
                                      [](const Country& country, const std::string& key) { return country.iso3 < key; });
  return found != codes.names->end() && found->iso3 == code ? static_cast<std::int16_t>(found - codes.names->begin())
                                                            : std::int16_t{-1};
}

bool is_world(std::int16_t holder, std::string_view cell) { return holder == CountryTable::world || is_world_total(cell); }

std::uint16_t country_of(std::int16_t holder, const TradeCodes& codes) {
  return codes.country_of == nullptr ? static_cast<std::uint16_t>(holder) : codes.country_of[holder];
}

/// A decimal number in US dollars, correctly rounded: the exponent is raised before it is read.
NumberFault parse_dollars(std::string_view cell, const TradeLayout& layout, double& value) {
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
  text += "e" + std::to_string(exponent + layout.exponent);
  return parse_number(text, value);
}

std::string quoted(std::string_view cell) {
  std::string text = "\"";
  text += cell.substr(0, 40);
  return text + (cell.size() > 40 ? "…\"" : "\"");
}

}  // namespace

std::int32_t year_in_name(const std::string& name) {
  const std::size_t folder = name.find_last_of("/:");
  std::string_view rest = std::string_view(name).substr(folder == std::string::npos ? 0 : folder + 1);
  std::int32_t found = 0;
  while (!rest.empty()) {
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    std::int32_t year = 0;
    if (digits == 4 && parse_integer(rest.substr(0, 4), year) && year >= 1960 && year < 2100) found = year;
    rest.remove_prefix(std::max<std::size_t>(digits, 1));
  }
  return found;
}

TradeLayout read_trade_header(std::string_view line, const std::string& name) {
  const std::string where = name + ":1";
  const char* remedy = "a trade file starts with t,i,j,k,v,q, or names its columns so";
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (trimmed(line).empty()) throw input_error("no header", where, remedy);
  TradeLayout layout;
  // The separator by which the columns are found, not the commonest character.
  constexpr const char* names[] = {"t", "i", "j", "k", "v"};
  constexpr const char* others[] = {"year", "exporter", "importer", "hs6", "value"};
  int most = -1;
  std::string_view unknown;
  for (const char separator : {',', ';', '\t', '|'}) {
    TradeLayout tried;
    tried.separator = separator;
    int* columns[] = {&tried.year, &tried.exporter, &tried.market, &tried.product, &tried.value};
    int found = 0, last = 0;  // columns found; all but the empty ones at the end
    std::string_view left = line, stranger;
    while (true) {
      const std::size_t end = left.find(separator);
      std::string_view cell = trimmed(left.substr(0, end));
      if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = trimmed(cell.substr(1, cell.size() - 2));
      const std::string word = lower_case(cell);
      int known = -1;
      for (int i = 0; i < 5; ++i) {
        if (word == names[i] || word == others[i]) known = i;
      }
      if (known >= 0) {
        if (*columns[known] >= 0) throw input_error("column " + quoted(cell) + " stands twice", where, remedy);
        *columns[known] = tried.columns;
        ++found;
      } else if (word != "q" && stranger.empty()) {
        stranger = cell;
      }
      ++tried.columns;
      if (!cell.empty()) last = tried.columns;
      if (end == std::string_view::npos) break;
      left.remove_prefix(end + 1);
    }
    if (found <= most) continue;
    most = found;
    tried.columns = last;
    layout = tried;
    unknown = stranger;
  }
  if (layout.columns > most_columns) {
    throw input_error("more than " + std::to_string(most_columns) + " columns", where, remedy);
  }
  if (most > 0 && layout.year < 0) layout.year_of_file = year_in_name(name);
  const int columns[] = {layout.year_of_file != 0 ? 0 : layout.year, layout.exporter, layout.market, layout.product,
                         layout.value};
  for (int i = 0; i < 5; ++i) {
    if (columns[i] >= 0) continue;
    throw input_error(std::string("missing column \"") + names[i] + "\"" +
                          (unknown.empty() ? "" : ", but there is " + quoted(unknown)),
                      where, remedy);
  }
  layout.standard = layout.year == 0 && layout.exporter == 1 && layout.market == 2 && layout.product == 3 &&
                    layout.value == 4 && layout.columns <= 6;
  return layout;
}

RowFault parse_trade_row(std::string_view row, const TradeLayout& layout, const TradeCodes& codes, TradeRow& out) {
  if (trimmed(row).empty()) return RowFault::blank;
  std::string_view cells[most_columns];
  const RowFault fault = split(row, layout, cells);
  if (fault != RowFault::none) return fault;
  std::int32_t number = 0;
  out.year = layout.year_of_file;
  if (layout.year >= 0 && (!parse_integer(whole(cells[layout.year]), out.year) || out.year < 1000 || out.year > 9999)) {
    return RowFault::year;
  }
  const std::int16_t exporter = holder(cells[layout.exporter], codes);
  if (exporter < 0) return is_world(exporter, cells[layout.exporter]) ? RowFault::exporter_is_world : RowFault::exporter;
  const std::int16_t market = holder(cells[layout.market], codes);
  if (market < 0) return is_world(market, cells[layout.market]) ? RowFault::market_is_world : RowFault::market;
  if (country_of(exporter, codes) == country_of(market, codes)) return RowFault::same_country;
  out.exporter = static_cast<std::uint16_t>(exporter);
  out.market = static_cast<std::uint16_t>(market);
  if (is_no_hs_code(cells[layout.product])) return RowFault::product_letters;
  const std::string_view code = whole(cells[layout.product]);
  if ((code.size() != 5 && code.size() != 6) || !parse_integer(code, number)) return RowFault::product_code;
  out.product = codes.product[number];
  if (out.product == ProductTable::none) return RowFault::product;
  switch (parse_dollars(cells[layout.value], layout, out.value)) {
    case NumberFault::not_a_number:
      return !layout.has_plain_values && cells[layout.value].find(',') != std::string_view::npos ? RowFault::value_comma
                                                                                                 : RowFault::value_text;
    case NumberFault::infinite: return RowFault::value_infinite;
    case NumberFault::none: break;
  }
  if (out.value < 0.0) return RowFault::value_negative;
  out.value = out.value + 0.0;  // -0 is 0
  return RowFault::none;
}

double value_of_row(std::string_view row, const TradeLayout& layout) {
  std::string_view cells[most_columns];
  double value = 0.0;
  if (split(row, layout, cells) != RowFault::none) return 0.0;
  return parse_dollars(cells[layout.value], layout, value) == NumberFault::none && value > 0.0 ? value : 0.0;
}

LenientKind lenient_kind(RowFault fault) {
  switch (fault) {
    case RowFault::fields:
    case RowFault::quotes: return LenientKind::bad_row;
    case RowFault::year:
    case RowFault::product_code: return LenientKind::bad_code;
    case RowFault::exporter:
    case RowFault::market:
    case RowFault::product: return LenientKind::unknown_code;
    case RowFault::exporter_is_world:
    case RowFault::market_is_world: return LenientKind::world_total;
    case RowFault::same_country: return LenientKind::self_trade;
    default: return LenientKind::bad_value;
  }
}

FaultWords describe_fault(RowFault fault, std::string_view row, const TradeLayout& layout) {
  std::string_view cells[most_columns];
  split(row, layout, cells);
  const auto cell = [&cells](int column) { return std::string(cells[column]); };
  const std::string or_lenient = std::string(", or drop such rows with --lenient ") + lenient_name(lenient_kind(fault));
  const std::string total = " is the world: the total over all partners of Comtrade, which repeats the rows of the countries";
  const std::string no_total = "download it without the partner World" + or_lenient;
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
              "take the country table of the same release, or add it there" + or_lenient, cell(layout.exporter)};
    case RowFault::market:
      return {"trade.unknown_market", "rows whose market is not in the country table",
              "unknown country code " + quoted(cell(layout.market)) + " in column j",
              "take the country table of the same release, or add it there" + or_lenient, cell(layout.market)};
    case RowFault::exporter_is_world:
      return {"trade.world_total", "rows whose exporter or market is the world, a total of other rows",
              "exporter " + quoted(cell(layout.exporter)) + total, no_total, cell(layout.exporter)};
    case RowFault::market_is_world:
      return {"trade.world_total", "rows whose exporter or market is the world, a total of other rows",
              "market " + quoted(cell(layout.market)) + total, no_total, cell(layout.market)};
    case RowFault::product_letters:
      return {"trade.product_not_numeric", "trade in codes that are no HS codes, such as 9999AA", "", "",
              cell(layout.product)};
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
