// Reads tables of rates by exporter. See bilateral_rates.hpp.
#include "io/import/bilateral_rates.hpp"

#include <algorithm>

#include "io/import/cells.hpp"
#include "io/import/concordance.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// Where the columns are.
struct Columns {
  int market, exporter, product, rate, year;
  explicit Columns(const Table& table)
      : market(table.column({"market"})),
        exporter(table.column({"exporter"})),
        product(table.column({"product"})),
        rate(table.column({"rate"})),
        year(table.find_column({"year"})) {}
};

double rate_in(Table& table, const Columns& columns, bool in_percent) {
  const double rate = in_percent ? table.number(columns.rate) / 100.0 : table.number(columns.rate);
  if (rate < 0.0)
    throw input_error("rate " + std::string(table.cell(columns.rate)) + " is negative", table.where(),
                      "write a fraction of at least 0, or leave it empty if it is not known");
  return rate;
}

/// Every row of the table into the lines of its source.
void read_rows(const SideTables& tables, Table& table, BilateralRates& rates) {
  const Columns columns(table);
  table.expect_numbers({columns.rate});
  WorldRows market_rows(tables, table.where(1));
  std::map<std::string, std::uint64_t> missing;
  std::uint64_t rows = 0;
  RateSource last{everyone, everyone, -1, -1};
  RateLines* into = nullptr;
  while (table.next()) {
    ++rows;
    const double rate = rate_in(table, columns, tables.manifest.tariffs_in_percent);
    const std::uint32_t market = rates.markets.number(tables, table.cell(columns.market), false);
    const std::uint32_t exporter = rates.exporters.number(tables, table.cell(columns.exporter), true);
    std::int32_t code = 0;
    parse_integer(table.hs6(columns.product), code);
    ++rates.rows_of_code[static_cast<std::size_t>(code)];
    const std::int32_t year = columns.year < 0 ? 0 : table.year(columns.year);
    const bool is_market = rates.markets.name_of[market] != TariffParties::outside;
    const bool is_exporter = rates.exporters.name_of[exporter] != TariffParties::outside;
    market_rows.see(is_market, table.cell(columns.market));
    if (!is_market)
      ++rates.markets.rows[market];
    else if (!is_exporter)
      ++rates.exporters.rows[exporter];
    else if (rate != rate)
      ++missing[rates.markets.names.name(rates.markets.name_of[market])];
    if (!is_market || !is_exporter || rate != rate) continue;
    const RateSource source{rates.markets.name_of[market], rates.exporters.name_of[exporter], year,
                            rates.markets.rank_of[market] + rates.exporters.rank_of[exporter]};
    if (last < source || source < last) {
      into = &rates.lines[source];
      last = source;
      rates.schedule_where.emplace(rates.markets.names.name(source.schedule), table.where());
      rates.years.resize(std::max<std::size_t>(rates.years.size(), source.schedule + 1));
      rates.years[source.schedule].insert(year);
    }
    into->push_back(rate_line(code, rates.numbers->number(rate)));
  }
  market_rows.require_some();
  for (TariffParties* parties : {&rates.markets, &rates.exporters})
    for (std::uint32_t code = 0; code < parties->rows.size(); ++code)
      if (parties->rows[code] != 0)
        note_outside_country(tables, "tariffs", parties->codes.name(code), parties->rows[code]);
  for (const auto& [market, count] : missing)
    tables.notices.add("drop", "tariffs.rate_missing", "lines without a rate", market, count);
  tables.notices.add("note", "tariffs.lines", "tariff lines read, by market and exporter", {}, rows);
}

Table open_table(const SideTables& tables, const TableEntry& file) {
  const ColumnMap& map = tables.manifest.tariff_columns;
  return Table(file.path, {{"*.csv"}, false}, {{{"market"}, {"exporter"}, {"rate"}}, true, &map});
}

/// Finds the two rows by reading the table again, since lines of the file are not kept.
[[noreturn]] void throw_repeated(const SideTables& tables, const TableEntry& file, const BilateralRates& rates,
                                 const RateSource& source, std::uint32_t code) {
  Table table = open_table(tables, file);
  const Columns columns(table);
  TariffParties markets = rates.markets, exporters = rates.exporters;
  std::string first;
  while (table.next()) {
    const std::uint32_t market = markets.number(tables, table.cell(columns.market), false);
    const std::uint32_t exporter = exporters.number(tables, table.cell(columns.exporter), true);
    if (markets.name_of[market] != source.schedule || exporters.name_of[exporter] != source.exporter) continue;
    if (markets.rank_of[market] + exporters.rank_of[exporter] != source.rank) continue;
    if (columns.year >= 0 && table.year(columns.year) != source.year) continue;
    if (table.hs6(columns.product) != six_digits(static_cast<std::int32_t>(code))) continue;
    if (is_missing(table.cell(columns.rate))) continue;
    if (first.empty()) {
      first = std::to_string(table.line());
      continue;
    }
    throw input_error("the rate of " + std::string(table.cell(columns.market)) + " for " +
                          std::string(table.cell(columns.exporter)) + ", " +
                          six_digits(static_cast<std::int32_t>(code)) + " stands on line " + first + " too",
                      table.where(), "say by [tariffs.where] which rows count, or remove one of the two");
  }
  throw input_error("a rate stands twice", table.name(), "the file changed while it was read");
}

/// One line for each product: the mean of its rates.
void average(RateLines& lines, RateNumbers& numbers) {
  // By rates, not by their numbers: the order of rows in the table must not show in the last bit.
  std::sort(lines.begin(), lines.end(), [&numbers](RateLine x, RateLine y) {
    return std::make_pair(product_of(x), numbers.rate(rate_of(x))) <
           std::make_pair(product_of(y), numbers.rate(rate_of(y)));
  });
  std::size_t kept = 0;
  for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
    double sum = 0.0;
    for (; end < lines.size() && product_of(lines[end]) == product_of(lines[begin]); ++end)
      sum += numbers.rate(rate_of(lines[end]));
    const double mean = sum / static_cast<double>(end - begin);
    lines[kept++] = rate_line(static_cast<std::int32_t>(product_of(lines[begin])), numbers.number(mean));
  }
  lines.resize(kept);
}

void sort_lines(const SideTables& tables, const TableEntry& file, BilateralRates& rates) {
  for (auto& [source, lines] : rates.lines) {
    if (!std::is_sorted(lines.begin(), lines.end())) std::sort(lines.begin(), lines.end());
    const auto repeated = std::adjacent_find(lines.begin(), lines.end(),
                                             [](RateLine a, RateLine b) { return product_of(a) == product_of(b); });
    if (repeated != lines.end()) throw_repeated(tables, file, rates, source, product_of(*repeated));
  }
}

/// Codes of the table become products of the world; of several codes of another revision that lead to one product the
/// mean rate counts.
void take_products(const SideTables& tables, const std::string& where, BilateralRates& rates) {
  std::vector<std::int32_t> codes;
  for (std::size_t code = 0; code < rates.rows_of_code.size(); ++code)
    if (rates.rows_of_code[code] != 0) codes.push_back(static_cast<std::int32_t>(code));
  const Conversion conversion(tables, "tariffs", codes);
  WorldRows seen(tables, where, WorldRows::CodesOf::products);
  std::unordered_map<std::uint32_t, std::vector<std::int32_t>> products_of;  // of those that are not one product
  std::vector<std::int32_t> product_of_code(rates.rows_of_code.size(), -1);
  for (const std::int32_t code : codes) {
    std::vector<std::int32_t> products;
    for (const std::int32_t here : conversion.codes_here(code)) {
      const std::int32_t product = tables.products.find(six_digits(here));
      seen.see(product >= 0, six_digits(here));
      if (product >= 0)
        products.push_back(product);
      else
        note_outside_product(tables, "tariffs", six_digits(here), rates.rows_of_code[static_cast<std::size_t>(code)]);
    }
    if (products.size() == 1)
      product_of_code[static_cast<std::size_t>(code)] = products[0];
    else
      products_of.emplace(static_cast<std::uint32_t>(code), std::move(products));
  }
  seen.require_some();
  for (auto& [source, lines] : rates.lines) {
    RateLines taken;
    taken.reserve(lines.size());
    for (const RateLine line : lines) {
      const std::int32_t product = product_of_code[product_of(line)];
      if (product >= 0)
        taken.push_back(rate_line(product, rate_of(line)));
      else
        for (const std::int32_t one : products_of.at(product_of(line))) taken.push_back(rate_line(one, rate_of(line)));
    }
    if (conversion.converts()) average(taken, *rates.numbers);
    lines = std::move(taken);
  }
}

}  // namespace

BilateralRates read_bilateral_rates(const SideTables& tables, const TableEntry& file, const char* role,
                                    RateNumbers& numbers) {
  BilateralRates rates;
  rates.numbers = &numbers;
  Table table = open_table(tables, file);
  read_rows(tables, table, rates);
  sort_lines(tables, file, rates);
  take_products(tables, table.where(1), rates);
  tables.world.sources.push_back(table.fingerprint(role));
  return rates;
}

}  // namespace potentia
