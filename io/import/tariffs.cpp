// Tariffs: lines of rates by market and regime, and who may use a regime until when. The European Union is one market
// with one schedule, which each of its members applies.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "io/import/tariff_names.hpp"
#include "io/import/tariff_unit.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct Line {
  std::uint32_t schedule, regime;  ///< numbers of their names
  std::int32_t code;               ///< HS6
  std::int32_t rank;               ///< of the market's code
  std::uint64_t row;               ///< line of the file
  double rate;
  std::int32_t year;               ///< 0 where the table has no years
};

/// Rates as the table has them.
struct Rates {
  NamesInOrder schedules, regimes;
  std::vector<TariffMarket> markets;                                    ///< by number of the schedule's name
  std::vector<Line> lines;
  std::map<std::string, std::string> schedule_where;              ///< schedule → "file:line" of a row of it
  std::set<std::pair<std::string, std::string>> granted;          ///< (schedule, regime) with at least one line
};

void require_single_lines(const Rates& rates, const Table& table) {
  const Line* repeated = nullptr;
  const Line* first = nullptr;
  for (std::size_t i = 1; i < rates.lines.size(); ++i) {
    const Line& a = rates.lines[i - 1];
    const Line& b = rates.lines[i];
    if (std::tie(a.schedule, a.regime, a.code) != std::tie(b.schedule, b.regime, b.code)) continue;
    if (repeated != nullptr && repeated->row < b.row) continue;
    first = &a;
    repeated = &b;
  }
  if (repeated == nullptr) return;
  throw input_error("the line of " + rates.schedules.name(repeated->schedule) + ", " +
                        rates.regimes.name(repeated->regime) + ", " + six_digits(repeated->code) + " stands on line " +
                        std::to_string(first->row) + " too",
                    table.where(repeated->row), "remove one of the two");
}

/// Of each market the lines of one year.
void keep_years(Rates& rates, std::int32_t base_year, NoticeBook& notices) {
  std::vector<std::set<std::int32_t>> years(rates.schedules.size());
  for (const Line& line : rates.lines) years[line.schedule].insert(line.year);
  std::vector<std::int32_t> chosen(years.size(), 0);
  for (std::uint32_t i = 0; i < years.size(); ++i) {
    if (years[i].empty()) continue;
    chosen[i] = tariff_year(years[i], base_year);
    if (!rates.markets[i].countries.empty()) note_tariff_year(rates.schedules.name(i), chosen[i], base_year, notices);
  }
  rates.lines.erase(std::remove_if(rates.lines.begin(), rates.lines.end(),
                                   [&](const Line& line) { return line.year != chosen[line.schedule]; }),
                    rates.lines.end());
}

/// Checks every row, also of markets and products outside this world.
void read_rate_rows(const SideTables& tables, Table& table, Rates& rates) {
  const int market_column = table.column({"market"});
  const ColumnMap& map = tables.manifest.tariff_columns;
  const bool for_everyone = map.given() && !map.has("regime");  // a table of MFN rates alone
  const int regime_column = for_everyone ? -1 : table.column({"regime"});
  const int hs6_column = table.column({map.given() ? "product" : "hs6"});
  const int rate_column = table.column({"rate"});
  const int year_column = map.has("year") ? table.column({"year"}) : -1;
  NamesInOrder market_codes;
  table.expect_numbers({rate_column});
  std::vector<std::uint32_t> schedule_of;  // by number of the market's code: aliases share a schedule
  std::vector<std::int32_t> rank_of;       // likewise
  while (table.next()) {
    Line line{0, 0, 0, 0, table.line(), table.number(rate_column), year_column < 0 ? 0 : table.year(year_column)};
    if (tables.manifest.tariffs_in_percent) line.rate /= 100.0;
    parse_integer(table.hs6(hs6_column), line.code);
    if (!for_everyone && table.cell(regime_column).empty()) {
      throw input_error("no regime", table.where(), "name it, MFN if it is open to everyone");
    }
    if (line.rate < 0.0) {
      throw input_error("rate " + std::string(table.cell(rate_column)) + " is negative", table.where(),
                        "write a fraction of at least 0, or leave it empty if it is not known");
    }
    line.regime = rates.regimes.number(for_everyone ? most_favoured_nation : table.cell(regime_column));
    const std::uint32_t code = market_codes.number(table.cell(market_column));
    if (code == schedule_of.size()) {
      TariffMarket market = find_tariff_market(tables, table.cell(market_column));
      if (market.schedule.empty()) market.schedule = one_line_name(table.cell(market_column));
      rank_of.push_back(market.rank);
      schedule_of.push_back(rates.schedules.number(market.schedule));
      if (schedule_of.back() == rates.markets.size()) rates.markets.push_back(std::move(market));
    }
    line.schedule = schedule_of[code];
    line.rank = rank_of[code];
    rates.lines.push_back(line);
  }
  if (year_column >= 0) keep_years(rates, tables.manifest.base_years.back(), tables.notices);
  std::sort(rates.lines.begin(), rates.lines.end(), [](const Line& a, const Line& b) {
    return std::tie(a.schedule, a.regime, a.code, a.rank, a.row) < std::tie(b.schedule, b.regime, b.code, b.rank, b.row);
  });
  // A line under the market's own code beats one under another code of it.
  const auto is_beaten = [](const Line& a, const Line& b) {
    return std::tie(a.schedule, a.regime, a.code) == std::tie(b.schedule, b.regime, b.code) && a.rank < b.rank;
  };
  rates.lines.erase(std::unique(rates.lines.begin(), rates.lines.end(), is_beaten), rates.lines.end());
  require_single_lines(rates, table);
}

/// Lines of codes of another revision become those of the codes here: the mean of known rates where several meet.
void convert_lines(const SideTables& tables, Rates& rates) {
  std::vector<std::int32_t> codes;
  for (const Line& line : rates.lines) codes.push_back(line.code);
  const Conversion conversion(tables, "tariffs", std::move(codes));
  if (!conversion.converts()) return;
  std::vector<Line> converted;
  for (const Line& line : rates.lines)
    for (const std::int32_t code : conversion.codes_here(line.code)) {
      converted.push_back(line);
      converted.back().code = code;
    }
  std::stable_sort(converted.begin(), converted.end(), [](const Line& a, const Line& b) {
    return std::tie(a.schedule, a.regime, a.code) < std::tie(b.schedule, b.regime, b.code);
  });
  rates.lines.clear();
  for (std::size_t begin = 0, end = 0; begin < converted.size(); begin = end) {
    double sum = 0.0;
    int known = 0;
    for (; end < converted.size() && std::tie(converted[end].schedule, converted[end].regime, converted[end].code) ==
                                         std::tie(converted[begin].schedule, converted[begin].regime, converted[begin].code); ++end) {
      if (converted[end].rate != converted[end].rate) continue;
      sum += converted[end].rate;
      ++known;
    }
    rates.lines.push_back(converted[begin]);
    rates.lines.back().rate = known == 0 ? missing_value : sum / known;
  }
}

/// Says which markets' rates look like per cent.
void check_unit(const SideTables& tables, const Rates& rates) {
  std::vector<double> of_schedule;
  for (std::size_t at = 0; at < rates.lines.size(); ++at) {
    of_schedule.push_back(rates.lines[at].rate);
    if (at + 1 < rates.lines.size() && rates.lines[at + 1].schedule == rates.lines[at].schedule) continue;
    warn_of_percent(std::move(of_schedule), rates.schedules.name(rates.lines[at].schedule), tables.notices);
    of_schedule = {};
  }
}

/// Notes what stands out, and keeps the lines of this world, with the product instead of its code.
Rates read_rates(const SideTables& tables) {
  const ColumnMap& map = tables.manifest.tariff_columns;
  Table table(tables.manifest.tariff_rates.path, {{}, false}, {{{"market"}, {"rate"}}, map.given(), map.given() ? &map : nullptr});
  Rates rates;
  read_rate_rows(tables, table, rates);
  convert_lines(tables, rates);
  check_unit(tables, rates);
  std::set<std::pair<std::uint32_t, std::uint32_t>> schedules_read;
  std::vector<Line> kept;
  WorldRows markets(tables, table.where(1)), products(tables, table.where(1), WorldRows::CodesOf::products);
  for (Line line : rates.lines) {
    const std::string& schedule = rates.schedules.name(line.schedule);
    if (kept.empty() || kept.back().schedule != line.schedule || kept.back().regime != line.regime) {
      schedules_read.emplace(line.schedule, line.regime);
    }
    const std::string code = six_digits(line.code);
    if (line.rate > 5.0) {
      tables.notices.add("warning", "tariffs.rate_above_5", "rates above 5 (500 %): per cent given as a fraction?",
                         schedule + " " + rates.regimes.name(line.regime) + " " + code);
    }
    markets.see(!rates.markets[line.schedule].countries.empty(), schedule);
    if (rates.markets[line.schedule].countries.empty()) {
      note_outside_country(tables, "tariffs", schedule);
      continue;
    }
    const std::int32_t product = tables.products.find(code);
    products.see(product >= 0, code);
    if (line.rate != line.rate) {
      tables.notices.add("drop", "tariffs.rate_missing", "lines without a rate",
                         schedule + " " + rates.regimes.name(line.regime));
    } else if (product < 0) {
      note_outside_product(tables, "tariffs", code);
    }
    if (kept.empty() || kept.back().schedule != line.schedule || kept.back().regime != line.regime) {
      rates.schedule_where.emplace(schedule, table.where(line.row));
      rates.granted.emplace(schedule, rates.regimes.name(line.regime));
    }
    line.code = line.rate != line.rate ? -1 : product;
    kept.push_back(line);
  }
  markets.require_some();
  products.require_some();
  tables.notices.add("note", "tariffs.lines", "tariff lines read, in so many schedules (market, regime): " +
                     std::to_string(schedules_read.size()), {}, rates.lines.size());
  kept.erase(std::remove_if(kept.begin(), kept.end(), [](const Line& line) { return line.code < 0; }), kept.end());
  rates.lines = std::move(kept);
  tables.world.sources.push_back(table.fingerprint("tariff rates"));
  return rates;
}

std::int32_t index_in(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::int32_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// Schedules and regimes by name, MFN first; lines in their order; which market applies which schedule.
void store_rates(const SideTables& tables, Rates& rates) {
  Tariffs& tariffs = tables.world.tariffs;
  tariffs.market_schedule.assign(tables.world.country_count(), -1);
  tariffs.regimes = {most_favoured_nation};
  for (const auto& [schedule, where] : rates.schedule_where) tariffs.schedules.push_back(schedule);
  std::set<std::string> regimes;
  for (const auto& granted : rates.granted) regimes.insert(granted.second);
  for (const std::string& regime : regimes) {
    if (regime != most_favoured_nation) tariffs.regimes.push_back(regime);
  }
  assign_schedules(tables, rates.schedule_where);

  std::vector<std::int32_t> schedule_index, regime_index;
  for (std::uint32_t i = 0; i < rates.schedules.size(); ++i) {
    schedule_index.push_back(index_in(tariffs.schedules, rates.schedules.name(i)));
  }
  for (std::uint32_t i = 0; i < rates.regimes.size(); ++i) {
    regime_index.push_back(index_in(tariffs.regimes, rates.regimes.name(i)));
  }
  std::sort(rates.lines.begin(), rates.lines.end(), [&](const Line& a, const Line& b) {
    return std::tie(schedule_index[a.schedule], regime_index[a.regime], a.code) <
           std::tie(schedule_index[b.schedule], regime_index[b.regime], b.code);
  });
  for (const Line& line : rates.lines) {
    tariffs.line_schedule.push_back(schedule_index[line.schedule]);
    tariffs.line_regime.push_back(regime_index[line.regime]);
    tariffs.line_product.push_back(line.code);
    tariffs.line_rate.push_back(line.rate);
  }
}

struct Member {
  std::int32_t market, regime, exporter, first, last;
  std::uint64_t line;
};

/// A year that may be left open.
std::int32_t year_or(const Table& table, int column, std::int32_t open) {
  return is_missing(table.cell(column)) ? open : table.year(column);
}

/// Refuses two rows that say the same of the same years.
void require_apart(const std::vector<Member>& members, const SideTables& tables, const Table& table) {
  for (std::size_t i = 1; i < members.size(); ++i) {
    const Member& a = members[i - 1];
    const Member& b = members[i];
    if (std::tie(a.market, a.regime, a.exporter) != std::tie(b.market, b.regime, b.exporter) || b.first > a.last) continue;
    const std::vector<Country>& countries = tables.world.countries;
    throw input_error(tables.world.tariffs.regimes[static_cast<std::size_t>(a.regime)] + " of " +
                          countries[static_cast<std::size_t>(a.market)].iso3 + " for " +
                          countries[static_cast<std::size_t>(a.exporter)].iso3 + " stands on line " +
                          std::to_string(std::min(a.line, b.line)) + " too, for the same years",
                      table.where(std::max(a.line, b.line)), "remove one of the two");
  }
}

std::vector<Member> read_members(const SideTables& tables, const Rates& rates) {
  Table table(tables.manifest.tariff_members.path, {{}, false}, {{{"market"}, {"regime"}, {"exporter"}}});
  const int market_column = table.column({"market"});
  const int regime_column = table.column({"regime"});
  const int exporter_column = table.column({"exporter"});
  const int first_column = table.find_column({"first_year"});
  const int last_column = table.find_column({"last_year"});
  const Tariffs& tariffs = tables.world.tariffs;
  std::vector<Member> members;
  while (table.next()) {
    const std::string regime = one_line_name(table.cell(regime_column));
    if (regime == most_favoured_nation) {
      throw input_error("MFN is open to everyone and has no members", table.where(), "remove the row");
    }
    Member member{0, index_in(tariffs.regimes, regime), 0, year_or(table, first_column, Tariffs::first_open),
                  year_or(table, last_column, Tariffs::last_open), table.line()};
    if (member.first > member.last) {
      throw input_error("first_year is after last_year", table.where(), "correct the years");
    }
    const TariffMarket market = find_tariff_market(tables, table.cell(market_column));
    const TariffMarket exporter = find_tariff_market(tables, table.cell(exporter_column));
    if (market.countries.empty() || exporter.countries.empty()) {
      note_outside_country(tables, "members", table.cell(market.countries.empty() ? market_column : exporter_column));
      continue;
    }
    bool has_lines = false;
    for (const std::int32_t country : market.countries) {
      member.market = country;
      const std::int32_t schedule = tariffs.market_schedule[static_cast<std::size_t>(member.market)];
      if (schedule < 0 || rates.granted.count({tariffs.schedules[static_cast<std::size_t>(schedule)], regime}) == 0) continue;
      has_lines = true;
      for (const std::int32_t eligible : exporter.countries) {
        member.exporter = eligible;
        if (eligible != country) members.push_back(member);
      }
    }
    if (!has_lines) {
      tables.notices.add("drop", "members.regime_without_lines",
                         "members of regimes for which the tariff table has no lines",
                         std::string(table.cell(market_column)) + " " + regime);
    }
  }
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
    return std::tie(a.market, a.regime, a.exporter, a.first, a.last, a.line) <
           std::tie(b.market, b.regime, b.exporter, b.first, b.last, b.line);
  });
  require_apart(members, tables, table);
  tables.world.sources.push_back(table.fingerprint("tariff members"));
  return members;
}

void warn_of_regimes_without_members(const SideTables& tables, const Rates& rates) {
  const Tariffs& tariffs = tables.world.tariffs;
  std::set<std::pair<std::string, std::string>> used;
  for (std::size_t i = 0; i < tariffs.member_market.size(); ++i) {
    const std::int32_t schedule = tariffs.market_schedule[static_cast<std::size_t>(tariffs.member_market[i])];
    used.emplace(tariffs.schedules[static_cast<std::size_t>(schedule)],
                 tariffs.regimes[static_cast<std::size_t>(tariffs.member_regime[i])]);
  }
  for (const auto& granted : rates.granted) {
    if (granted.second == most_favoured_nation || used.count(granted) != 0) continue;
    tables.notices.add("warning", "tariffs.regime_without_members",
                       "regimes that grant something and that nobody of this world may use",
                       granted.first + " " + granted.second);
  }
}

void note_markets_without(const SideTables& tables) {
  const Tariffs& tariffs = tables.world.tariffs;
  for (std::size_t i = 0; i < tables.world.country_count(); ++i) {
    if (tariffs.market_schedule[i] >= 0) continue;
    tables.notices.add("note", "tariffs.market_without", "markets without tariffs: their rates count as 0",
                       tables.world.countries[i].iso3);
  }
}

}  // namespace

void import_tariffs(const SideTables& tables) {
  if (!tables.manifest.tariff_rates.given()) {
    tables.notices.add("note", "tariffs.none", "no tariff table: every tariff term is 1");
    return;
  }
  if (tables.manifest.tariff_columns.has("exporter")) {
    import_bilateral_tariffs(tables);
    note_markets_without(tables);
    return;
  }
  Rates rates = read_rates(tables);
  store_rates(tables, rates);
  Tariffs& tariffs = tables.world.tariffs;
  if (tables.manifest.tariff_members.given()) {
    for (const Member& member : read_members(tables, rates)) {
      tariffs.member_market.push_back(member.market);
      tariffs.member_regime.push_back(member.regime);
      tariffs.member_exporter.push_back(member.exporter);
      tariffs.member_first_year.push_back(member.first);
      tariffs.member_last_year.push_back(member.last);
    }
  }
  warn_of_regimes_without_members(tables, rates);
  note_markets_without(tables);
}

}  // namespace potentia
