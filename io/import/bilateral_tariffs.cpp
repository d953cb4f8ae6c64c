// Rates by exporter, as TRAINS and MAcMap give them: no regimes, but what each exporter pays in each market. Exporters that
// pay the same in a market share one row of rates, as a regime of that market whose name says that it is none.
#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/table.hpp"
#include "io/import/tariff_names.hpp"
#include "io/import/tariff_unit.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// A product and its rate, by their numbers: product << 32 | rate. Small, since whole worlds have a hundred million. The
/// product is the HS6 code of the table at first, and the world's index once the whole table is read.
using Line = std::uint64_t;
using Lines = std::vector<Line>;

Line line_of(std::int32_t product, std::uint32_t rate) { return static_cast<Line>(product) << 32 | rate; }
std::uint32_t product_of(Line line) { return static_cast<std::uint32_t>(line >> 32); }
std::uint32_t rate_of(Line line) { return static_cast<std::uint32_t>(line); }

/// Rates as small numbers.
class RateNumbers {
public:
  std::uint32_t number(double rate) {
    if (!rates_.empty() && rates_[last_] == rate) return last_;
    const auto [found, is_new] = numbers_.emplace(rate, static_cast<std::uint32_t>(rates_.size()));
    if (is_new) rates_.push_back(rate);
    return last_ = found->second;
  }
  double rate(std::uint32_t number) const { return rates_[number]; }

private:
  std::vector<double> rates_;
  std::unordered_map<double, std::uint32_t> numbers_;
  std::uint32_t last_ = 0;
};

constexpr std::uint32_t everyone = 0xffffffff;  // instead of an exporter: MFN

/// Rows that stand together: what one code calls an exporter, in what one code calls a market, in one year.
struct Source {
  std::uint32_t schedule, exporter;  ///< numbers of their names
  std::int32_t year;                 ///< 0 where the table has no years
  std::int32_t rank;                 ///< of both codes

  bool operator<(const Source& other) const {
    return std::tie(schedule, exporter, year, rank) < std::tie(other.schedule, other.exporter, other.year, other.rank);
  }
};

/// What a column of countries has called them.
struct Parties {
  NamesInOrder codes;                    ///< as written
  NamesInOrder names;                    ///< ISO3 or EU
  std::vector<TariffMarket> parties;     ///< by number of the name
  std::vector<std::uint32_t> name_of;    ///< by number of the code; `everyone`; `outside`
  std::vector<std::int32_t> rank_of;     ///< likewise
  std::vector<std::uint64_t> rows;       ///< likewise; of codes outside this world
  static constexpr std::uint32_t outside = everyone - 1;

  std::uint32_t number(const SideTables& tables, std::string_view cell, bool may_be_everyone) {
    const std::uint32_t code = codes.number(cell);
    if (code < name_of.size()) return code;
    TariffMarket party = find_tariff_market(tables, cell);
    rank_of.push_back(party.rank);
    rows.push_back(0);
    if (may_be_everyone && is_world_total(cell)) {
      name_of.push_back(everyone);
    } else if (party.countries.empty()) {
      name_of.push_back(outside);
    } else {
      name_of.push_back(names.number(party.schedule));
      if (name_of.back() == parties.size()) parties.push_back(std::move(party));
    }
    return code;
  }
};

struct Rates {
  Parties markets, exporters;
  RateNumbers numbers;
  std::map<Source, Lines> lines;
  std::map<std::string, std::string> schedule_where;  ///< schedule → "file:line" of a row of it
  std::vector<std::set<std::int32_t>> years;          ///< by number of the schedule
  std::vector<std::uint32_t> rows_of_code = std::vector<std::uint32_t>(1000000, 0);
};

/// Where the columns are.
struct Columns {
  int market, exporter, product, rate, year;
  explicit Columns(const Table& table)
      : market(table.column({"market"})), exporter(table.column({"exporter"})), product(table.column({"product"})),
        rate(table.column({"rate"})), year(table.find_column({"year"})) {}
};

double rate_in(Table& table, const Columns& columns, bool in_percent) {
  const double rate = in_percent ? table.number(columns.rate) / 100.0 : table.number(columns.rate);
  if (rate < 0.0)
    throw input_error("rate " + std::string(table.cell(columns.rate)) + " is negative", table.where(),
                      "write a fraction of at least 0, or leave it empty if it is not known");
  return rate;
}

/// Every row of the table into the lines of its source.
void read_rows(const SideTables& tables, Table& table, Rates& rates) {
  const Columns columns(table);
  table.expect_numbers({columns.rate});
  WorldRows market_rows(tables, table.where(1));
  std::map<std::string, std::uint64_t> missing;
  std::uint64_t rows = 0;
  Source last{everyone, everyone, -1, -1};
  Lines* into = nullptr;
  while (table.next()) {
    ++rows;
    const double rate = rate_in(table, columns, tables.manifest.tariffs_in_percent);
    const std::uint32_t market = rates.markets.number(tables, table.cell(columns.market), false);
    const std::uint32_t exporter = rates.exporters.number(tables, table.cell(columns.exporter), true);
    std::int32_t code = 0;
    parse_integer(table.hs6(columns.product), code);
    ++rates.rows_of_code[static_cast<std::size_t>(code)];
    const std::int32_t year = columns.year < 0 ? 0 : table.year(columns.year);
    const bool is_market = rates.markets.name_of[market] != Parties::outside;
    const bool is_exporter = rates.exporters.name_of[exporter] != Parties::outside;
    market_rows.see(is_market, table.cell(columns.market));
    if (!is_market) ++rates.markets.rows[market];
    else if (!is_exporter) ++rates.exporters.rows[exporter];
    else if (rate != rate) ++missing[rates.markets.names.name(rates.markets.name_of[market])];
    if (!is_market || !is_exporter || rate != rate) continue;
    const Source source{rates.markets.name_of[market], rates.exporters.name_of[exporter], year,
                        rates.markets.rank_of[market] + rates.exporters.rank_of[exporter]};
    if (last < source || source < last) {
      into = &rates.lines[source];
      last = source;
      rates.schedule_where.emplace(rates.markets.names.name(source.schedule), table.where());
      rates.years.resize(std::max<std::size_t>(rates.years.size(), source.schedule + 1));
      rates.years[source.schedule].insert(year);
    }
    into->push_back(line_of(code, rates.numbers.number(rate)));
  }
  market_rows.require_some();
  for (Parties* parties : {&rates.markets, &rates.exporters})
    for (std::uint32_t code = 0; code < parties->rows.size(); ++code)
      if (parties->rows[code] != 0) note_outside_country(tables, "tariffs", parties->codes.name(code), parties->rows[code]);
  for (const auto& [market, count] : missing)
    tables.notices.add("drop", "tariffs.rate_missing", "lines without a rate", market, count);
  tables.notices.add("note", "tariffs.lines", "tariff lines read, by market and exporter", {}, rows);
}

Table open_table(const SideTables& tables) {
  const ColumnMap& map = tables.manifest.tariff_columns;
  return Table(tables.manifest.tariff_rates.path, {{"*.csv"}, false}, {{{"market"}, {"exporter"}, {"rate"}}, true, &map});
}

/// Finds the two rows by reading the table again, since lines of the file are not kept.
[[noreturn]] void throw_repeated(const SideTables& tables, const Rates& rates, const Source& source, std::uint32_t code) {
  Table table = open_table(tables);
  const Columns columns(table);
  Parties markets = rates.markets, exporters = rates.exporters;
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
    throw input_error("the rate of " + std::string(table.cell(columns.market)) + " for " + std::string(table.cell(columns.exporter)) +
                          ", " + six_digits(static_cast<std::int32_t>(code)) + " stands on line " + first + " too",
                      table.where(), "say by [tariffs.where] which rows count, or remove one of the two");
  }
  throw input_error("a rate stands twice", table.name(), "the file changed while it was read");
}

/// One line for each product: the mean of its rates.
void average(Lines& lines, RateNumbers& numbers) {
  // By rates, not by their numbers: the order of rows in the table must not show in the last bit.
  std::sort(lines.begin(), lines.end(), [&numbers](Line x, Line y) {
    return std::make_pair(product_of(x), numbers.rate(rate_of(x))) < std::make_pair(product_of(y), numbers.rate(rate_of(y)));
  });
  std::size_t kept = 0;
  for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
    double sum = 0.0;
    for (; end < lines.size() && product_of(lines[end]) == product_of(lines[begin]); ++end) sum += numbers.rate(rate_of(lines[end]));
    const double mean = sum / static_cast<double>(end - begin);
    lines[kept++] = line_of(static_cast<std::int32_t>(product_of(lines[begin])), numbers.number(mean));
  }
  lines.resize(kept);
}

void sort_lines(const SideTables& tables, Rates& rates) {
  for (auto& [source, lines] : rates.lines) {
    if (!std::is_sorted(lines.begin(), lines.end())) std::sort(lines.begin(), lines.end());
    const auto repeated = std::adjacent_find(lines.begin(), lines.end(), [](Line a, Line b) { return product_of(a) == product_of(b); });
    if (repeated != lines.end()) throw_repeated(tables, rates, source, product_of(*repeated));
  }
}

/// Codes of the table become products of the world; of several codes of another revision that lead to one product the
/// mean rate counts.
void take_products(const SideTables& tables, const std::string& where, Rates& rates) {
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
      if (product >= 0) products.push_back(product);
      else note_outside_product(tables, "tariffs", six_digits(here), rates.rows_of_code[static_cast<std::size_t>(code)]);
    }
    if (products.size() == 1) product_of_code[static_cast<std::size_t>(code)] = products[0];
    else products_of.emplace(static_cast<std::uint32_t>(code), std::move(products));
  }
  seen.require_some();
  for (auto& [source, lines] : rates.lines) {
    Lines taken;
    taken.reserve(lines.size());
    for (const Line line : lines) {
      const std::int32_t product = product_of_code[product_of(line)];
      if (product >= 0) taken.push_back(line_of(product, rate_of(line)));
      else
        for (const std::int32_t one : products_of.at(product_of(line))) taken.push_back(line_of(one, rate_of(line)));
    }
    if (conversion.converts()) average(taken, rates.numbers);
    lines = std::move(taken);
  }
}

/// Adds lines of products that are not there yet.
void add_others(Lines& lines, const Lines& others) {
  if (lines.empty()) {
    lines = others;
    return;
  }
  Lines all;
  all.reserve(lines.size() + others.size());
  auto own = lines.begin();
  for (const Line line : others) {
    for (; own != lines.end() && product_of(*own) < product_of(line); ++own) all.push_back(*own);
    if (own == lines.end() || product_of(*own) != product_of(line)) all.push_back(line);
  }
  all.insert(all.end(), own, lines.end());
  lines = std::move(all);
}

/// Rates of a schedule: those for everyone, and rows that exporters share.
struct Schedule {
  Lines everyone;
  std::vector<Lines> rows;
  std::vector<std::int32_t> row_of;  ///< [countries] -1 = an exporter without rates of its own
};

/// The nearest code of a country counts first, then that of the Union it belongs to.
Schedule share_rows(const SideTables& tables, Rates& rates, std::uint32_t schedule, std::int32_t year) {
  const auto all_lines = [&](std::uint32_t exporter, Lines& into) {
    for (auto at = rates.lines.lower_bound(Source{schedule, exporter, year, -1});
         at != rates.lines.end() && at->first.schedule == schedule && at->first.exporter == exporter && at->first.year == year; ++at)
      add_others(into, at->second);
  };
  std::vector<std::vector<std::uint32_t>> names_of(tables.world.country_count());  // of each country, its own first
  for (const bool is_union : {false, true})
    for (std::uint32_t name = 0; name < rates.exporters.parties.size(); ++name) {
      const TariffMarket& party = rates.exporters.parties[name];
      if ((party.schedule == european_union_code) != is_union) continue;
      for (const std::int32_t country : party.countries) names_of[static_cast<std::size_t>(country)].push_back(name);
    }
  Schedule result;
  all_lines(everyone, result.everyone);
  std::map<Lines, std::int32_t> known;
  for (const std::vector<std::uint32_t>& names : names_of) {
    Lines lines;
    for (const std::uint32_t name : names) all_lines(name, lines);
    result.row_of.push_back(-1);
    if (lines.empty()) continue;
    const auto [row, is_new] = known.emplace(std::move(lines), static_cast<std::int32_t>(known.size()));
    result.row_of.back() = row->second;
  }
  result.rows.resize(known.size());
  while (!known.empty()) {
    auto row = known.extract(known.begin());
    result.rows[static_cast<std::size_t>(row.mapped())] = std::move(row.key());
  }
  // What was read of this schedule is not needed any more.
  rates.lines.erase(rates.lines.lower_bound(Source{schedule, 0, 0, -1}), rates.lines.lower_bound(Source{schedule + 1, 0, 0, -1}));
  return result;
}

void append_lines(Tariffs& tariffs, std::int32_t schedule, std::int32_t regime, const Lines& lines, const Rates& rates) {
  for (const Line line : lines) {
    tariffs.line_schedule.push_back(schedule);
    tariffs.line_regime.push_back(regime);
    tariffs.line_product.push_back(static_cast<std::int32_t>(product_of(line)));
    tariffs.line_rate.push_back(rates.numbers.rate(rate_of(line)));
  }
}

struct Member {
  std::int32_t market, regime, exporter;
  bool operator<(const Member& other) const {
    return std::tie(market, regime, exporter) < std::tie(other.market, other.regime, other.exporter);
  }
};

}  // namespace

void import_bilateral_tariffs(const SideTables& tables) {
  Rates rates;
  Table table = open_table(tables);
  read_rows(tables, table, rates);
  sort_lines(tables, rates);
  take_products(tables, table.where(1), rates);
  tables.world.sources.push_back(table.fingerprint("tariff rates"));

  Tariffs& tariffs = tables.world.tariffs;
  tariffs.market_schedule.assign(tables.world.country_count(), -1);
  for (const auto& [schedule, where] : rates.schedule_where) tariffs.schedules.push_back(schedule);
  assign_schedules(tables, rates.schedule_where);
  std::map<std::string, std::uint32_t> number_of;
  for (std::uint32_t i = 0; i < rates.markets.names.size(); ++i) number_of.emplace(rates.markets.names.name(i), i);

  std::vector<Member> members;
  std::size_t most_rows = 0;
  for (std::size_t index = 0; index < tariffs.schedules.size(); ++index) {
    const std::string& name = tariffs.schedules[index];
    const std::uint32_t number = number_of.at(name);
    const std::int32_t year = tariff_year(rates.years[number], tables.manifest.base_years.back());
    if (year != 0) note_tariff_year(name, year, tables.manifest.base_years.back(), tables.notices);
    const Schedule schedule = share_rows(tables, rates, number, year);
    const auto at = static_cast<std::int32_t>(index);
    append_lines(tariffs, at, 0, schedule.everyone, rates);
    std::vector<double> values;
    for (std::size_t row = 0; row < schedule.rows.size(); ++row) {
      append_lines(tariffs, at, static_cast<std::int32_t>(row + 1), schedule.rows[row], rates);
      for (const Line line : schedule.rows[row]) values.push_back(rates.numbers.rate(rate_of(line)));
    }
    for (const Line line : schedule.everyone) values.push_back(rates.numbers.rate(rate_of(line)));
    warn_of_percent(std::move(values), name, tables.notices);
    most_rows = std::max(most_rows, schedule.rows.size());
    for (const std::int32_t market : rates.markets.parties[number].countries)
      for (std::size_t exporter = 0; exporter < schedule.row_of.size(); ++exporter)
        if (schedule.row_of[exporter] >= 0 && static_cast<std::int32_t>(exporter) != market)
          members.push_back({market, schedule.row_of[exporter] + 1, static_cast<std::int32_t>(exporter)});
  }
  tariffs.regimes = {most_favoured_nation};
  for (std::size_t row = 1; row <= most_rows; ++row) tariffs.regimes.push_back(Tariffs::applied_rates + std::to_string(row));
  std::sort(members.begin(), members.end());
  for (const Member& member : members) {
    tariffs.member_market.push_back(member.market);
    tariffs.member_regime.push_back(member.regime);
    tariffs.member_exporter.push_back(member.exporter);
    tariffs.member_first_year.push_back(Tariffs::first_open);
    tariffs.member_last_year.push_back(Tariffs::last_open);
  }
}

}  // namespace potentia
