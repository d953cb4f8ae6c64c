// The code tables of the trade files. See codes.hpp.
#include "io/import/codes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::int32_t largest_code = 99999;       // BACI's are of three digits
constexpr std::size_t most_countries = 4096;       // tables of pairs are held whole
constexpr std::size_t most_products = 65000;
constexpr std::size_t longest_name = 1024;
constexpr const char* iso_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

struct CountryRow {
  std::int32_t code;
  Country country;
  std::uint64_t line;
};

/// Of several codes for one country the present one names it: BACI writes the years of the others, "(...1990)".
bool is_historical(const std::string& name) { return name.find("(...") != std::string::npos; }

std::string name_of(const Table& table, int column) {
  std::string name = utf8_name(table.cell(column));
  if (name.size() <= longest_name) return name;
  throw input_error("a name of " + std::to_string(name.size()) + " bytes", table.where(), "check the quotes or shorten it");
}

std::string text_or_empty(std::string_view cell) { return cell == "N/A" || cell == "n/a" ? "" : std::string(cell); }

}  // namespace

CountryTable read_country_table(const TableEntry& entry, NoticeBook& notices) {
  Table table(entry.path, {{"country_codes*.csv"}, false});
  const int code = table.column({"country_code"});
  const int name = table.column({"country_name", "country_name_full", "country_name_abbreviation"});
  const int iso2 = table.column({"country_iso2", "iso_2digit_alpha"});
  const int iso3 = table.column({"country_iso3", "iso_3digit_alpha"});

  std::vector<CountryRow> rows;
  std::map<std::int32_t, std::uint64_t> line_of_code;
  while (table.next()) {
    CountryRow row;
    row.line = table.line();
    if (!parse_integer(table.cell(code), row.code) || row.code > largest_code) {
      throw input_error("country_code \"" + std::string(table.cell(code)) + "\" is no code", table.where(),
                        "write a whole number below 100000");
    }
    const auto [known, is_new] = line_of_code.emplace(row.code, row.line);
    if (!is_new) {
      throw input_error("country_code " + std::to_string(row.code) + " stands on line " +
                            std::to_string(known->second) + " too",
                        table.where(), "remove one of the two lines");
    }
    row.country.name = name_of(table, name);
    row.country.iso2 = text_or_empty(table.cell(iso2));
    row.country.iso3 = text_or_empty(table.cell(iso3));
    if (row.country.iso3.empty() || row.country.iso3 == "NA") {
      // An area without an ISO code trades like any other; it needs a name that is nobody else's.
      const std::string digits = std::to_string(row.code);
      row.country.iso3 = "N" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
      notices.add("note", "countries.no_iso3", "areas without an ISO3 code, named N and their number in the trade files",
                  row.country.iso3);
    }
    const std::pair<const char*, const std::string*> codes[] = {{"country_iso3", &row.country.iso3},
                                                                {"country_iso2", &row.country.iso2}};
    for (const auto& [column, text] : codes) {
      if (text->size() <= 8 && text->find_first_not_of(iso_characters) == std::string::npos) continue;
      throw input_error(std::string(column) + " \"" + *text + "\" is no code", table.where(), "write capital letters as ISO has them");
    }
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw input_error("a country table without countries", table.where(1), "check the file");

  // The row that names a country first: the present one, then the one with the lowest code.
  std::sort(rows.begin(), rows.end(), [](const CountryRow& a, const CountryRow& b) {
    if (a.country.iso3 != b.country.iso3) return a.country.iso3 < b.country.iso3;
    const bool old_a = is_historical(a.country.name), old_b = is_historical(b.country.name);
    return old_a != old_b ? old_b : a.code < b.code;
  });
  CountryTable result;
  for (const CountryRow& row : rows) {
    if (result.countries.empty() || result.countries.back().iso3 != row.country.iso3) {
      result.countries.push_back(row.country);
    } else {
      notices.add("note", "countries.merged", "further codes of the trade files for a country that has one",
                  row.country.iso3);
    }
    if (result.countries.size() > most_countries) {
      throw input_error("more than " + std::to_string(most_countries) + " countries", table.where(row.line),
                        "check the file");
    }
    const auto at = static_cast<std::size_t>(row.code);
    if (result.index_of_code.size() <= at) result.index_of_code.resize(at + 1, -1);
    result.index_of_code[at] = static_cast<std::int16_t>(result.countries.size() - 1);
  }
  result.source = table.fingerprint("countries");
  return result;
}

ProductTable read_product_table(const TableEntry& entry, NoticeBook& notices) {
  Table table(entry.path, {{"product_codes*.csv"}, false});
  const int code = table.column({"code", "hs6", "product_code"});
  const int name = table.column({"description", "product_name", "name"});
  ProductTable result;
  std::map<std::string, std::uint64_t> line_of_code;
  while (table.next()) {
    const std::string_view text = table.cell(code);
    if (text.size() == 6 && text.find_first_not_of("0123456789") != std::string_view::npos) {
      notices.add("drop", "products.not_numeric", "codes of the product table that are no HS codes, such as 9999AA",
                  std::string(text));
      continue;
    }
    Product product;
    product.code = table.hs6(code);
    product.name = name_of(table, name);
    const auto [known, is_new] = line_of_code.emplace(product.code, table.line());
    if (!is_new) {
      throw input_error("product " + product.code + " stands on line " + std::to_string(known->second) + " too",
                        table.where(), "remove one of the two lines");
    }
    result.products.push_back(std::move(product));
    if (result.products.size() > most_products) {
      throw input_error("more than " + std::to_string(most_products) + " products", table.where(), "check the file");
    }
  }
  if (result.products.empty()) throw input_error("a product table without products", table.where(1), "check the file");
  std::sort(result.products.begin(), result.products.end(),
            [](const Product& a, const Product& b) { return a.code < b.code; });
  result.index_of_code.assign(1000000, ProductTable::none);
  for (std::size_t i = 0; i < result.products.size(); ++i) {
    result.index_of_code[static_cast<std::size_t>(std::stoi(result.products[i].code))] = static_cast<std::uint16_t>(i);
  }
  result.source = table.fingerprint("products");
  return result;
}

}  // namespace potentia
