// See macro_layout.hpp.
#include "io/import/macro_layout.hpp"

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

void add_years(const Table& table, MacroLayout& layout) {
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    const std::int32_t year = year_of_header(table.header()[i]);
    if (year != 0) layout.numbers.push_back({static_cast<int>(i), year, {}});
  }
}

/// "GDP (constant 2015 US$) [NY.GDP.MKTP.KD]" → NY.GDP.MKTP.KD
std::string code_in_brackets(const std::string& name) {
  const std::size_t open = name.rfind('['), close = name.rfind(']');
  return open == std::string::npos || close == std::string::npos || close < open ? "" : name.substr(open + 1, close - open - 1);
}

[[noreturn]] void no_layout(const Table& table, const std::string& what) {
  std::string held;
  for (std::size_t i = 0; i < table.header().size() && i < 12; ++i) held += (i == 0 ? "" : ", ") + table.header()[i];
  throw input_error("no column " + what, table.where(), "check the format; the header has: " + held);
}

void world_bank(const Table& table, MacroLayout& layout) {
  layout.countries = {{table.column({"Country Code"}), iso3_codes}};
  layout.series = table.find_column({"Series Code", "Indicator Code"});
  add_years(table, layout);
  if (layout.series >= 0 && !layout.numbers.empty()) return;
  layout.year = table.find_column({"Time", "Year"});
  if (layout.year < 0) no_layout(table, "is a year or called Time");
  const int value = table.find_column({"Value"});
  if (layout.series >= 0 && value >= 0) {
    layout.numbers.push_back({value, 0, {}});
    return;
  }
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    const std::optional<Quantity> quantity = quantity_of(code_in_brackets(table.header()[i]));
    if (!quantity) continue;
    table.take(static_cast<int>(i), *quantity == Quantity::population ? "population" : "GDP");
    layout.numbers.push_back({static_cast<int>(i), 0, quantity});
  }
  if (layout.numbers.empty()) no_layout(table, "names NY.GDP.MKTP.KD or SP.POP.TOTL in brackets");
}

void monetary_fund(const Table& table, MacroLayout& layout) {
  layout.imf = true;
  add_years(table, layout);
  if (layout.numbers.empty()) no_layout(table, "is a year");
  layout.scale = table.find_column({"Scale"});
  layout.series_key = table.find_column({"SERIES_CODE"});
  if (layout.series_key >= 0) return;
  layout.series = table.find_column({"WEO Subject Code"});
  layout.descriptor = table.find_column({"Subject Descriptor"});
  layout.units = table.find_column({"Units"});
  for (const auto& [name, kinds] : {std::pair<const char*, unsigned>{"ISO", iso3_codes},
                                    {"WEO Country Code", imf_codes},
                                    {"Country", country_names}}) {
    const int column = table.find_column({name});
    if (column >= 0) layout.countries.emplace_back(column, kinds);
  }
  if (layout.countries.empty()) no_layout(table, "of countries (ISO, WEO Country Code or Country)");
  if (layout.series < 0 && (layout.descriptor < 0 || layout.units < 0)) no_layout(table, "of series (WEO Subject Code, or Subject Descriptor and Units)");
}

/// Columns that the manifest or a preset names.
void named_columns(const Table& table, const ColumnMap& map, MacroLayout& layout) {
  layout.countries = {{table.column({"country"}), any_country}};
  layout.year = table.column({"year"});
  layout.unit = map.unit;
  if (map.has("gdp")) layout.numbers.push_back({table.column({"gdp"}), 0, Quantity::gdp});
  if (map.has("population")) layout.numbers.push_back({table.column({"population"}), 0, Quantity::population});
}

}  // namespace

TableLayout macro_table_layout(const std::string& format, const ColumnMap& map) {
  TableLayout layout;
  layout.ragged = true;  // for their footers
  layout.map = map.given() ? &map : nullptr;
  if (map.given()) layout.header = {{"country"}, {"year"}};
  else if (format == "tidy") layout = {{{"iso3"}, {"year"}}, false};
  else if (format == "wdi") layout.header = {{"Country Code"}};
  else layout.header = {{"WEO Subject Code", "Subject Descriptor", "SERIES_CODE"}};
  return layout;
}

MacroLayout find_macro_layout(const Table& table, const std::string& format, const ColumnMap& map) {
  MacroLayout layout;
  if (map.given()) {
    named_columns(table, map, layout);
  } else if (format == "wdi") {
    world_bank(table, layout);
  } else if (format == "weo") {
    monetary_fund(table, layout);
  } else {
    layout.countries = {{table.column({"iso3"}), iso3_codes | trade_numbers}};
    layout.year = table.column({"year"});
    const int gdp = table.find_column({"gdp"}), population = table.find_column({"population"});
    if (gdp < 0 && population < 0) table.column({"gdp", "population"});
    if (gdp >= 0) layout.numbers.push_back({gdp, 0, Quantity::gdp});
    if (population >= 0) layout.numbers.push_back({population, 0, Quantity::population});
  }
  return layout;
}

std::optional<Quantity> quantity_of(const std::string& code) {
  if (code == "NY.GDP.MKTP.KD" || code == "NGDP_R") return Quantity::gdp;
  if (code == "SP.POP.TOTL" || code == "LP") return Quantity::population;
  if (code == "NY.GDP.MKTP.KD.ZG" || code == "NGDP_RPCH") return Quantity::gdp_growth;
  return {};
}

std::optional<Quantity> quantity_of(const std::string& descriptor, const std::string& units) {
  const std::string what = lower_case(descriptor), unit = lower_case(units);
  if (what == "gross domestic product, constant prices") {
    if (unit == "national currency") return Quantity::gdp;
    if (unit == "percent change") return Quantity::gdp_growth;
  }
  if (what == "population" && unit == "persons") return Quantity::population;
  return {};
}

}  // namespace potentia
