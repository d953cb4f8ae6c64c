// Rates by exporter, as TRAINS and MAcMap give them: no regimes, but what each exporter pays in each market. Exporters
// that pay the same in a market share one row of rates, as a regime of that market whose name says that it is none.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "io/import/bilateral_rates.hpp"
#include "io/import/tariff_unit.hpp"

namespace potentia {
namespace {

/// Adds lines of products that are not there yet.
void add_others(RateLines& lines, const RateLines& others) {
  if (lines.empty()) {
    lines = others;
    return;
  }
  RateLines all;
  all.reserve(lines.size() + others.size());
  auto own = lines.begin();
  for (const RateLine line : others) {
    for (; own != lines.end() && product_of(*own) < product_of(line); ++own) all.push_back(*own);
    if (own == lines.end() || product_of(*own) != product_of(line)) all.push_back(line);
  }
  all.insert(all.end(), own, lines.end());
  lines = std::move(all);
}

/// Rows of rates that exporters of a market share.
struct SharedRows {
  std::map<RateLines, std::int32_t> known;  ///< row → its number, from 0

  std::int32_t number(RateLines lines) {
    return known.emplace(std::move(lines), static_cast<std::int32_t>(known.size())).first->second;
  }
  std::vector<const RateLines*> in_order() const {
    std::vector<const RateLines*> rows(known.size());
    for (const auto& [lines, number] : known) rows[static_cast<std::size_t>(number)] = &lines;
    return rows;
  }
};

/// One vintage of a table: the year of each market that counts.
struct Vintage {
  const BilateralRates* rates;
  std::int32_t until;  ///< the latest year up to this one
};

RateLines lines_of(const Vintage& vintage, std::uint32_t schedule, const std::vector<std::uint32_t>& exporters) {
  const std::int32_t year = tariff_year(vintage.rates->years[schedule], vintage.until);
  const std::map<RateSource, RateLines>& all = vintage.rates->lines;
  RateLines lines;
  for (const std::uint32_t exporter : exporters)
    for (auto at = all.lower_bound(RateSource{schedule, exporter, year, -1});
         at != all.end() && at->first.schedule == schedule && at->first.exporter == exporter && at->first.year == year;
         ++at)
      add_others(lines, at->second);
  return lines;
}

/// [countries] the names under which each is an exporter of the table: the nearest code of its own first, then that of
/// the Union it belongs to.
std::vector<std::vector<std::uint32_t>> names_of_exporters(const SideTables& tables, const BilateralRates& rates) {
  std::vector<std::vector<std::uint32_t>> names(tables.world.country_count());
  for (const bool is_union : {false, true})
    for (std::uint32_t name = 0; name < rates.exporters.parties.size(); ++name) {
      const TariffMarket& party = rates.exporters.parties[name];
      if ((party.schedule == european_union_code) != is_union) continue;
      for (const std::int32_t country : party.countries) names[static_cast<std::size_t>(country)].push_back(name);
    }
  return names;
}

/// [countries] the row of each exporter, -1 where it has no rate of its own.
/// @param with_everyone what everyone pays is part of the row
std::vector<std::int32_t> share_rows(const SideTables& tables, const Vintage& vintage, std::uint32_t schedule,
                                     bool with_everyone, SharedRows& rows) {
  std::vector<std::int32_t> row_of;
  for (std::vector<std::uint32_t>& names : names_of_exporters(tables, *vintage.rates)) {
    if (with_everyone) names.push_back(everyone);
    RateLines lines = lines_of(vintage, schedule, names);
    row_of.push_back(lines.empty() ? -1 : rows.number(std::move(lines)));
  }
  return row_of;
}

void append_lines(Tariffs& tariffs, std::int32_t schedule, std::int32_t regime, const RateLines& lines,
                  const RateNumbers& numbers) {
  for (const RateLine line : lines) {
    tariffs.line_schedule.push_back(schedule);
    tariffs.line_regime.push_back(regime);
    tariffs.line_product.push_back(static_cast<std::int32_t>(product_of(line)));
    tariffs.line_rate.push_back(numbers.rate(rate_of(line)));
  }
}

struct Member {
  std::int32_t market, regime, exporter, first, last;
  bool operator<(const Member& other) const {
    return std::tie(market, regime, exporter, first) <
           std::tie(other.market, other.regime, other.exporter, other.first);
  }
};

/// Who pays which row of a market when.
void add_members(std::int32_t market, std::int32_t base_year, const std::vector<std::int32_t>& now,
                 const std::vector<std::int32_t>& later, std::vector<Member>& members) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto exporter = static_cast<std::int32_t>(i);
    if (exporter == market) continue;
    const bool lasts = now[i] == later[i];
    if (now[i] >= 0)
      members.push_back({market, now[i] + 1, exporter, Tariffs::first_open, lasts ? Tariffs::last_open : base_year});
    if (later[i] >= 0 && !lasts) members.push_back({market, later[i] + 1, exporter, base_year + 1, Tariffs::last_open});
  }
}

}  // namespace

void import_bilateral_tariffs(const SideTables& tables) {
  const Manifest& manifest = tables.manifest;
  const std::int32_t base_year = manifest.base_years.back();
  RateNumbers numbers;
  BilateralRates rates = read_bilateral_rates(tables, manifest.tariff_rates, "tariff rates", numbers), other;
  if (manifest.horizon_rates.given())
    other = read_bilateral_rates(tables, manifest.horizon_rates, "tariff rates of the horizon", numbers);
  const bool has_vintages = manifest.horizon_rates.given() || manifest.horizon_rates_by_year;
  const Vintage now{&rates, base_year};

  Tariffs& tariffs = tables.world.tariffs;
  tariffs.market_schedule.assign(tables.world.country_count(), -1);
  for (const auto& [schedule, where] : rates.schedule_where) tariffs.schedules.push_back(schedule);
  assign_schedules(tables, rates.schedule_where);

  std::vector<Member> members;
  std::size_t most_rows = 0;
  for (std::size_t index = 0; index < tariffs.schedules.size(); ++index) {
    const std::string& name = tariffs.schedules[index];
    const std::uint32_t number = rates.markets.names.number(name);
    const std::int32_t year = tariff_year(rates.years[number], base_year);
    if (year != 0) note_tariff_year(name, year, base_year, tables.notices);
    SharedRows rows;
    const std::vector<std::int32_t> row_now = share_rows(tables, now, number, has_vintages, rows);
    std::vector<std::int32_t> row_later = row_now;
    if (manifest.horizon_rates_by_year) {
      row_later = share_rows(tables, {&rates, manifest.horizon_year}, number, true, rows);
    } else if (other.schedule_where.count(name) != 0) {  // a market that the other table lacks keeps its rates
      row_later = share_rows(tables, {&other, manifest.horizon_year}, other.markets.names.number(name), true, rows);
    }
    const auto schedule = static_cast<std::int32_t>(index);
    std::vector<double> values;
    const auto append = [&](std::int32_t regime, const RateLines& lines) {
      append_lines(tariffs, schedule, regime, lines, numbers);
      for (const RateLine line : lines) values.push_back(numbers.rate(rate_of(line)));
    };
    // Rows that everyone's rates are part of leave nothing to fall back on, and rates that rise are not capped by them.
    if (!has_vintages) append(0, lines_of(now, number, {everyone}));
    const std::vector<const RateLines*> in_order = rows.in_order();
    for (std::size_t row = 0; row < in_order.size(); ++row) append(static_cast<std::int32_t>(row + 1), *in_order[row]);
    warn_of_percent(std::move(values), name, tables.notices);
    most_rows = std::max(most_rows, in_order.size());
    for (const std::int32_t market : rates.markets.parties[number].countries)
      add_members(market, base_year, row_now, row_later, members);
    // What was read of this market is not needed any more.
    rates.lines.erase(rates.lines.lower_bound(RateSource{number, 0, 0, -1}),
                      rates.lines.lower_bound(RateSource{number + 1, 0, 0, -1}));
  }
  tariffs.regimes = {most_favoured_nation};
  for (std::size_t row = 1; row <= most_rows; ++row)
    tariffs.regimes.push_back(Tariffs::applied_rates + std::to_string(row));
  std::sort(members.begin(), members.end());
  for (const Member& member : members) {
    tariffs.member_market.push_back(member.market);
    tariffs.member_regime.push_back(member.regime);
    tariffs.member_exporter.push_back(member.exporter);
    tariffs.member_first_year.push_back(member.first);
    tariffs.member_last_year.push_back(member.last);
  }
}

}  // namespace potentia
