// The code tables of the trade files. See codes.hpp.
#include "io/import/codes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "io/country_codes.hpp"
#include "io/import/cells.hpp"
#include "io/import/table.hpp"
#include "io/import/text_decoder.hpp"
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

/// Of several codes for one country the present one names it: BACI writes the years of the others, "(...1990)", and in
/// older releases "Fmr Sudan".
bool is_historical(const std::string& name) {
  const std::string plain = plain_name(name);
  return name.find("(...") != std::string::npos || plain.compare(0, 4, "fmr ") == 0 || plain.compare(0, 7, "former ") == 0;
}

/// BACI's code for Taiwan, "Other Asia, nes", and the ISO3 code that its tables give it since 2023.
constexpr std::int32_t taiwan_code = 490;
constexpr const char* taiwan_iso3 = "S19";

/// A cell as a name; one that its publisher encoded twice (BACI's 2026 table has such a row) is read as it was meant.
std::string name_of(const Table& table, int column, NoticeBook& notices) {
  std::string name = one_line_name(table.cell(column));
  if (std::string meant = encoded_once(name); !meant.empty()) {
    notices.add("note", "names.encoded_twice", "names that were encoded as UTF-8 twice, read as they were meant", meant);
    name = std::move(meant);
  }
  if (name.size() <= longest_name) return name;
  throw input_error("a name of " + std::to_string(name.size()) + " bytes", table.where(), "check the quotes or shorten it");
}

std::string iso_code(std::string_view cell) {
  std::string code = plain_code(cell);
  return code == "N/A" ? "" : code;
}

}  // namespace

bool is_no_hs_code(std::string_view code) {
  const bool has_letter = std::any_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  const bool is_one_word = std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  const bool starts_with_digit = !code.empty() && code[0] >= '0' && code[0] <= '9';
  return has_letter && is_one_word && (starts_with_digit ? code.size() == 6 : code.size() <= 6);
}

CountryTable read_country_table(const TableEntry& entry, NoticeBook& notices) {
  Table table(entry.path, {{"country_codes*.csv"}, false}, {{{"country_code"}}});
  const int code = table.column({"country_code"});
  const int name = table.column({"country_name", "country_name_full", "country_name_abbreviation"});
  const int iso2 = table.column({"country_iso2", "iso_2digit_alpha"});
  const int iso3 = table.column({"country_iso3", "iso_3digit_alpha"});

  std::vector<CountryRow> rows;
  std::vector<std::int32_t> totals;
  std::map<std::int32_t, std::uint64_t> line_of_code;
  while (table.next()) {
    CountryRow row;
    row.line = table.line();
    if (is_world_total(table.cell(code)) || is_world_total(table.cell(iso3)) || plain_name(table.cell(name)) == "world") {
      notices.add("drop", "countries.world_total", "rows of the country table that are the world, no country",
                  std::string(table.cell(code)));
      std::int32_t number = 0;
      if (parse_integer(plain_code(table.cell(code)), number) && number <= largest_code) totals.push_back(number);
      continue;
    }
    if (!parse_integer(plain_code(table.cell(code)), row.code) || row.code > largest_code) {
      throw input_error("country_code \"" + std::string(table.cell(code)) + "\" is no code", table.where(),
                        "write a whole number below 100000");
    }
    const auto [known, is_new] = line_of_code.emplace(row.code, row.line);
    if (!is_new) {
      throw input_error("country_code " + std::to_string(row.code) + " stands on line " +
                            std::to_string(known->second) + " too",
                        table.where(), "remove one of the two lines");
    }
    row.country.name = name_of(table, name, notices);
    row.country.iso2 = iso_code(table.cell(iso2));
    row.country.iso3 = row.code == taiwan_code ? taiwan_iso3 : iso_code(table.cell(iso3));
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
      throw input_error(std::string(column) + " \"" + *text + "\" is no code", table.where(), "write it as ISO has it");
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
  std::vector<std::pair<std::int32_t, std::uint16_t>> further;  // codes of countries that have one, and the country
  const auto keep = [&result](std::int32_t number, std::ptrdiff_t holder) {
    const auto at = static_cast<std::size_t>(number);
    if (result.index_of_code.size() <= at) result.index_of_code.resize(at + 1, -1);
    result.index_of_code[at] = static_cast<std::int16_t>(holder);
  };
  for (const CountryRow& row : rows) {
    const bool is_new = result.countries.empty() || result.countries.back().iso3 != row.country.iso3;
    if (is_new) result.countries.push_back(row.country);
    if (rows.size() > most_countries) {
      throw input_error("more than " + std::to_string(most_countries) + " countries", table.where(row.line),
                        "check the file");
    }
    const std::size_t country = result.countries.size() - 1;
    result.numbers.push_back({row.code, static_cast<std::int32_t>(country), is_new});
    if (is_new) {
      keep(row.code, static_cast<std::ptrdiff_t>(country));
    } else {
      further.emplace_back(row.code, static_cast<std::uint16_t>(country));
      notices.add("note", "countries.merged", "further codes of the trade files for a country that has one",
                  row.country.iso3);
    }
  }
  for (const std::int32_t number : totals) keep(number, CountryTable::world);
  for (std::size_t i = 0; i < result.countries.size(); ++i) result.country_of.push_back(static_cast<std::uint16_t>(i));
  for (const auto& [number, country] : further) {
    keep(number, static_cast<std::ptrdiff_t>(result.country_of.size()));
    result.country_of.push_back(country);
  }
  result.source = table.fingerprint("countries");
  return result;
}

ProductTable read_product_table(const TableEntry& entry, NoticeBook& notices) {
  Table table(entry.path, {{"product_codes*.csv"}, false}, {{{"code", "hs6", "product_code"}}});
  const int code = table.column({"code", "hs6", "product_code"});
  const int name = table.column({"description", "product_name", "name"});
  ProductTable result;
  std::map<std::string, std::uint64_t> line_of_code;
  while (table.next()) {
    const std::string_view text = table.cell(code);
    if (is_no_hs_code(text)) {
      notices.add("drop", "products.not_numeric", "codes of the product table that are no HS codes, such as 9999AA",
                  std::string(text));
      continue;
    }
    Product product;
    product.code = table.hs6(code);
    product.in_scope = product.code.compare(0, 4, "9999") != 0;  // not specified: in trade, and in no potential
    product.name = name_of(table, name, notices);
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
