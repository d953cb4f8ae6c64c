// Tariffs: lines of rates by market and regime, and who may use a regime until when. The European Union is one market
// with one schedule, which each of its members applies.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* most_favoured_nation = "MFN";

/// A market as tariff tables name it: a country of this world, the European Union, or neither.
struct Market {
  std::string schedule;                 ///< ISO3 or "EU"; empty outside this world
  std::vector<std::int32_t> countries;  ///< that apply it
};

Market find_market(const SideTables& tables, std::string_view code) {
  if (code == european_union_code) return {european_union_code, tables.countries.european_union()};
  const std::int32_t country = tables.countries.find(code);
  if (country < 0) return {};
  return {tables.world.countries[static_cast<std::size_t>(country)].iso3, {country}};
}

struct Line {
  std::string schedule, regime;
  std::int32_t product;
  double rate;
};

/// Rates as the table has them, and where each schedule was first named.
struct Rates {
  std::vector<Line> lines;
  std::map<std::string, std::string> schedule_where;             // schedule → "file:line"
  std::set<std::pair<std::string, std::string>> granted;         // (schedule, regime) with at least one line
};

Rates read_rates(const SideTables& tables) {
  Table table(tables.manifest.tariff_rates.path, {{}, false});
  const int market_column = table.column({"market"});
  const int regime_column = table.column({"regime"});
  const int hs6_column = table.column({"hs6"});
  const int rate_column = table.column({"rate"});
  Rates rates;
  std::unordered_map<std::string, std::uint64_t> line_of;
  std::set<std::pair<std::string, std::string>> schedules_read;
  std::uint64_t rows = 0;
  while (table.next()) {
    ++rows;
    const std::string code = table.hs6(hs6_column);
    const std::string regime = utf8_name(table.cell(regime_column));
    const std::string market_code(table.cell(market_column));
    if (regime.empty()) throw input_error("no regime", table.where(), "name it, MFN if it is open to everyone");
    const Market market = find_market(tables, market_code);
    const std::string& schedule = market.schedule.empty() ? market_code : market.schedule;
    const auto [known, is_new] = line_of.emplace(schedule + "," + regime + "," + code, table.line());
    if (!is_new) {
      throw input_error("the line of " + market_code + ", " + regime + ", " + code + " stands on line " +
                            std::to_string(known->second) + " too",
                        table.where(), "remove one of the two");
    }
    const double rate = table.number(rate_column);
    if (rate < 0.0) {
      throw input_error("rate " + std::string(table.cell(rate_column)) + " is negative", table.where(),
                        "write a fraction of at least 0, or leave it empty if it is not known");
    }
    if (rate > 5.0) {
      tables.notices.add("warning", "tariffs.rate_above_5", "rates above 5 (500 %): per cent given as a fraction?",
                         schedule + " " + regime + " " + code);
    }
    schedules_read.emplace(schedule, regime);
    if (market.countries.empty()) {
      note_outside_country(tables, "tariffs", market_code);
      continue;
    }
    rates.schedule_where.emplace(schedule, table.where());
    rates.granted.emplace(schedule, regime);
    if (rate != rate) {
      tables.notices.add("drop", "tariffs.rate_missing", "lines without a rate", schedule + " " + regime);
      continue;
    }
    const std::int32_t product = tables.products.find(code);
    if (product < 0) {
      note_outside_product(tables, "tariffs", code);
      continue;
    }
    rates.lines.push_back({schedule, regime, product, rate});
  }
  tables.world.sources.push_back(table.fingerprint("tariff rates"));
  tables.notices.add("note", "tariffs.lines", "tariff lines read, in so many schedules (market, regime): " +
                     std::to_string(schedules_read.size()), {}, rows);
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
  for (const auto& [schedule, where] : rates.schedule_where) {
    const std::int32_t index = index_in(tariffs.schedules, schedule);
    for (const std::int32_t country : find_market(tables, schedule).countries) {
      std::int32_t& applied = tariffs.market_schedule[static_cast<std::size_t>(country)];
      if (applied >= 0) {
        throw input_error("the market " + tables.world.countries[static_cast<std::size_t>(country)].iso3 +
                              " has lines of its own and those of the EU (" +
                              rates.schedule_where.at(tariffs.schedules[static_cast<std::size_t>(applied)]) + ")",
                          where, "keep either");
      }
      applied = index;
    }
  }
  std::vector<std::tuple<std::int32_t, std::int32_t, std::int32_t, double>> sorted;
  sorted.reserve(rates.lines.size());
  std::map<std::string, std::int32_t> schedule_index, regime_index;
  for (const std::string& name : tariffs.schedules) schedule_index.emplace(name, index_in(tariffs.schedules, name));
  for (const std::string& name : tariffs.regimes) regime_index.emplace(name, index_in(tariffs.regimes, name));
  for (const Line& line : rates.lines) {
    sorted.emplace_back(schedule_index.at(line.schedule), regime_index.at(line.regime), line.product, line.rate);
  }
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [schedule, regime, product, rate] : sorted) {
    tariffs.line_schedule.push_back(schedule);
    tariffs.line_regime.push_back(regime);
    tariffs.line_product.push_back(product);
    tariffs.line_rate.push_back(rate);
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
  Table table(tables.manifest.tariff_members.path, {{}, false});
  const int market_column = table.column({"market"});
  const int regime_column = table.column({"regime"});
  const int exporter_column = table.column({"exporter"});
  const int first_column = table.find_column({"first_year"});
  const int last_column = table.find_column({"last_year"});
  const Tariffs& tariffs = tables.world.tariffs;
  std::vector<Member> members;
  while (table.next()) {
    const std::string regime = utf8_name(table.cell(regime_column));
    if (regime == most_favoured_nation) {
      throw input_error("MFN is open to everyone and has no members", table.where(), "remove the row");
    }
    Member member{0, index_in(tariffs.regimes, regime), 0, year_or(table, first_column, Tariffs::first_open),
                  year_or(table, last_column, Tariffs::last_open), table.line()};
    if (member.first > member.last) {
      throw input_error("first_year is after last_year", table.where(), "correct the years");
    }
    const Market market = find_market(tables, table.cell(market_column));
    const Market exporter = find_market(tables, table.cell(exporter_column));
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

}  // namespace

void import_tariffs(const SideTables& tables) {
  if (!tables.manifest.tariff_rates.given()) {
    tables.notices.add("note", "tariffs.none", "no tariff table: every tariff term is 1");
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
  for (std::size_t i = 0; i < tables.world.country_count(); ++i) {
    if (tariffs.market_schedule[i] >= 0) continue;
    tables.notices.add("note", "tariffs.market_without", "markets without tariffs: their rates count as 0",
                       tables.world.countries[i].iso3);
  }
}

}  // namespace potentia
