#include "host/drilldown/tariffs.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "host/tariff_rows.hpp"

namespace potentia::drilldown {
namespace {

constexpr int vintages = 2;  // now, horizon

/// Rows that the pairs of members face in the two years; pairs of the same rows need to be looked at once.
struct PairRows {
  std::int32_t now, horizon;
  double pairs;  ///< how many
};

/// The tables of this file, so that a product's sums are a function of its own.
struct Tables {
  const TariffRows& rows;
  const TariffDetail& detail;
  std::size_t countries, products;

  const std::vector<std::int16_t>& row(int vintage) const { return vintage == 0 ? rows.now : rows.horizon; }
  double rate(std::int32_t row, std::size_t at) const { return rows.rate[row * products + at]; }
  std::int32_t granted_by(std::int32_t row, std::size_t at) const { return detail.granted_by[row * products + at]; }
  /// Whether a regime of the row grants less than a known MFN rate.
  bool grants_less(std::int32_t row, std::int32_t regime, std::size_t at) const {
    const auto& schedule = detail.lines[detail.schedule[row]];
    return !schedule[regime].empty() && !schedule[0].empty() && schedule[regime][at] < schedule[0][at];
  }
};

/// Where a rate's trade is counted: "MFN free", the preferences by index, "MFN", no line, no schedule.
struct Places {
  std::size_t regimes;  ///< of the world, MFN among them

  std::size_t count() const { return regimes + 3; }
  std::size_t mfn() const { return regimes; }
  std::size_t no_line() const { return regimes + 1; }
  std::size_t no_schedule() const { return regimes + 2; }
  std::size_t of(const Tables& tables, std::int32_t row, std::size_t at) const {
    if (row < 0) return no_schedule();
    const std::int32_t by = tables.granted_by(row, at);
    if (by == TariffDetail::no_line) return no_line();
    if (by > 0) return static_cast<std::size_t>(by);
    return tables.rate(row, at) == 0.0 ? 0 : mfn();
  }
  std::string name(const World& world, std::size_t place) const {
    if (place == 0) return regime_mfn_free;
    if (place < regimes) return world.tariffs.regimes[place];
    return place == mfn() ? regime_mfn : place == no_line() ? regime_no_line : regime_no_schedule;
  }
};

/// The distinct rows of the pairs of members, in order of their first pair by code, which is therefore the first's.
std::vector<PairRows> distinct_rows(const Tables& tables, const Party& exporter, const Party& market) {
  std::vector<PairRows> distinct;
  std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> known;
  for (const std::int32_t i : exporter.members)
    for (const std::int32_t j : market.members) {
      const std::size_t pair = i * tables.countries + j;
      const std::pair<std::int32_t, std::int32_t> rows(tables.rows.now[pair], tables.rows.horizon[pair]);
      if (i == j || rows.first < 0) continue;
      const auto [found, inserted] = known.emplace(rows, distinct.size());
      if (inserted) distinct.push_back({rows.first, rows.second, 0.0});
      distinct[found->second].pairs += 1.0;
    }
  return distinct;
}

/// Adds what a flow of the exporter's says about regimes.
void count_regimes(const Tables& tables, const Places& places, std::int32_t row, std::size_t at, double value, int vintage,
                   std::vector<RegimeUse>& uses) {
  const auto best = vintage == 0 ? &RegimeUse::best_now : &RegimeUse::best_horizon;
  const auto eligible = vintage == 0 ? &RegimeUse::eligible_now : &RegimeUse::eligible_horizon;
  const std::size_t place = places.of(tables, row, at);
  uses[place].*best += value;
  if (row < 0 || place == places.no_line()) return;
  for (const std::int32_t regime : tables.detail.eligible[row])
    if (tables.grants_less(row, regime, at)) uses[regime].*eligible += value;
}

/// What the flows of one product to the market say.
struct Sums {
  double own = 0.0, rivals = 0.0;                  ///< USD of pairs with a schedule
  std::array<double, vintages> own_rate{}, rivals_rate{};  ///< USD × rate
  double largest = 0.0;
  std::array<std::int32_t, vintages> row_of_largest{-1, -1};
};

}  // namespace

FacedTariffs faced_tariffs(const World& world, const Settings& settings, const std::vector<std::int32_t>& products,
                           const Party& exporter, const Party& market, const BaseTrade& trade) {
  const std::size_t count = products.size();
  const std::size_t countries = world.country_count();
  FacedTariffs faced;
  const std::vector<double> unknown(count, missing_value);
  faced.now = faced.horizon = faced.rivals_now = faced.rivals_horizon = unknown;
  faced.regime_now.assign(count, regime_no_schedule);
  faced.regime_horizon = faced.regime_now;
  faced.line_missing.assign(count, 0);
  faced.weight.assign(count, 0.0);
  if (world.tariffs.empty()) return faced;
  for (const std::int32_t j : market.members) faced.known = faced.known || world.tariffs.market_schedule[j] >= 0;
  if (!faced.known) return faced;

  std::vector<Notice> told_by_the_solver;
  TariffDetail detail;
  const std::int32_t horizon = settings.world.horizon_year != 0 ? settings.world.horizon_year : world.horizon_year;
  const TariffRows rows = make_tariff_rows(world, products, resolve_base_years(world, settings).back(), horizon,
                                           told_by_the_solver, &detail);
  const Tables tables{rows, detail, countries, count};
  const Places places{world.tariffs.regimes.size()};
  const std::vector<PairRows> distinct = distinct_rows(tables, exporter, market);
  const std::vector<char> is_exporter = member_marks(exporter, countries), is_market = member_marks(market, countries);
  std::vector<RegimeUse> uses(places.count());

  for (std::size_t at = 0; at < count; ++at) {
    Sums sums;
    const std::size_t product = static_cast<std::size_t>(products[at]);
    for (std::uint64_t flow = trade.product_begin[product]; flow < trade.product_end[product]; ++flow) {
      const std::size_t i = trade.exporter[flow], j = trade.market[flow];
      if (!is_market[j]) continue;
      const double value = trade.value[flow];
      const std::array<std::int32_t, vintages> row{rows.now[i * countries + j], rows.horizon[i * countries + j]};
      if (is_exporter[i])
        for (int v = 0; v < vintages; ++v) count_regimes(tables, places, row[v], at, value, v, uses);
      if (row[0] < 0) continue;
      (is_exporter[i] ? sums.own : sums.rivals) += value;
      for (int v = 0; v < vintages; ++v)
        (is_exporter[i] ? sums.own_rate : sums.rivals_rate)[v] += value * tables.rate(row[v], at);
      if (is_exporter[i] && value > sums.largest) {
        sums.largest = value;
        sums.row_of_largest = row;
      }
    }
    if (sums.rivals > 0.0) {
      faced.rivals_now[at] = sums.rivals_rate[0] / sums.rivals;
      faced.rivals_horizon[at] = sums.rivals_rate[1] / sums.rivals;
    }
    if (distinct.empty()) continue;
    faced.weight[at] = sums.own;
    if (sums.own == 0.0) {
      double pairs = 0.0;
      for (const PairRows& each : distinct) {
        pairs += each.pairs;
        sums.own_rate[0] += each.pairs * tables.rate(each.now, at);
        sums.own_rate[1] += each.pairs * tables.rate(each.horizon, at);
      }
      sums.own = pairs;
      sums.row_of_largest = {distinct[0].now, distinct[0].horizon};
    }
    faced.now[at] = sums.own_rate[0] / sums.own;
    faced.horizon[at] = sums.own_rate[1] / sums.own;
    faced.regime_now[at] = places.name(world, places.of(tables, sums.row_of_largest[0], at));
    faced.regime_horizon[at] = places.name(world, places.of(tables, sums.row_of_largest[1], at));
    for (const PairRows& each : distinct)
      faced.line_missing[at] |= static_cast<char>(tables.granted_by(each.now, at) == TariffDetail::no_line);
  }
  for (std::size_t place = 0; place < uses.size(); ++place) {
    RegimeUse& use = uses[place];
    if (use.best_now + use.best_horizon + use.eligible_now + use.eligible_horizon <= 0.0) continue;
    use.regime = places.name(world, place);
    use.preference = place > 0 && place < places.mfn();
    faced.regimes.push_back(std::move(use));
  }
  return faced;
}

}  // namespace potentia::drilldown
