// See tariffs.hpp.
#include "host/drilldown/facts/tariffs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

#include "host/model/tariff_rows.hpp"

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

  const std::vector<std::int32_t>& row(int vintage) const { return vintage == 0 ? rows.now : rows.horizon; }
  double rate(std::int32_t row, std::size_t at) const { return rows.rate[row * products + at]; }
  std::int32_t granted_by(std::int32_t row, std::size_t at) const { return detail.granted_by[row * products + at]; }
  /// Whether a regime of the row grants less than the MFN rate or what stands for it.
  bool grants_less(std::int32_t row, std::int32_t regime, std::size_t at) const {
    const auto& schedule = detail.lines[detail.schedule[row]];
    return !schedule[regime].empty() && schedule[regime][at] < schedule[0][at];
  }
};

/// Where a rate's trade is counted: "MFN free", the preferences by index, "MFN", customs union, no line, no schedule.
struct Places {
  std::size_t regimes;  ///< of the world, MFN among them

  std::size_t count() const { return regimes + 4; }
  std::size_t mfn() const { return regimes; }
  std::size_t customs_union() const { return regimes + 1; }
  std::size_t no_line() const { return regimes + 2; }
  std::size_t no_schedule() const { return regimes + 3; }
  std::size_t of(const Tables& tables, std::int32_t row, std::size_t at) const {
    if (row < 0) return no_schedule();
    const std::int32_t by = tables.granted_by(row, at);
    if (by == TariffDetail::no_line) return no_line();
    if (by == TariffDetail::customs_union) return customs_union();
    if (by > 0) return static_cast<std::size_t>(by);
    return tables.rate(row, at) == 0.0 ? 0 : mfn();
  }
  std::string name(const World& world, std::size_t place) const {
    if (place == 0) return regime_mfn_free;
    if (place < regimes) return world.tariffs.is_applied(place) ? regime_applied : world.tariffs.regimes[place];
    if (place == mfn()) return regime_mfn;
    if (place == customs_union()) return regime_customs_union;
    return place == no_line() ? regime_no_line : regime_no_schedule;
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
void count_regimes(const Tables& tables, const Places& places, std::int32_t row, std::size_t at, double value,
                   int vintage, std::vector<RegimeUse>& uses) {
  const auto best = vintage == 0 ? &RegimeUse::best_now : &RegimeUse::best_horizon;
  const auto eligible = vintage == 0 ? &RegimeUse::eligible_now : &RegimeUse::eligible_horizon;
  const std::size_t place = places.of(tables, row, at);
  uses[place].*best += value;
  if (row < 0 || place == places.no_line() || place == places.customs_union()) return;
  for (const std::int32_t regime : tables.detail.eligible[row])
    if (tables.grants_less(row, regime, at)) uses[regime].*eligible += value;
}

/// A weighted mean that lies among what it is of: of equal rates it is that rate, to the last bit.
struct Mean {
  double weight = 0.0, sum = 0.0;
  double lowest = std::numeric_limits<double>::infinity(), highest = 0.0;

  void add(double more, double rate) {
    weight += more;
    sum += more * rate;
    if (!(more > 0.0)) return;
    lowest = std::min(lowest, rate);
    highest = std::max(highest, rate);
  }
  double value() const { return weight > 0.0 ? std::min(std::max(sum / weight, lowest), highest) : missing_value; }
};

/// What the flows of one product to the market say; pairs without a schedule say nothing.
struct Faced {
  std::array<Mean, vintages> own, rivals;
  double largest = 0.0;  ///< USD of the pair of members with most trade
  std::array<std::int32_t, vintages> row_of_largest{-1, -1};
};

/// Sums over flows and pairs of members, product by product.
struct Walk {
  const Tables& tables;
  const BaseTrade& trade;
  std::vector<char> is_exporter, is_market;
  std::vector<PairRows> distinct;

  Faced flows_of(std::size_t product, std::size_t at) const {
    Faced faced;
    for (std::uint64_t flow = trade.product_begin[product]; flow < trade.product_end[product]; ++flow) {
      const std::size_t i = trade.exporter[flow], j = trade.market[flow];
      if (!is_market[j]) continue;
      const bool own = is_exporter[i] != 0;
      const double value = trade.value[flow];
      std::array<std::int32_t, vintages> row{};
      for (int v = 0; v < vintages; ++v) {
        row[v] = tables.row(v)[i * tables.countries + j];
        if (row[v] >= 0) (own ? faced.own : faced.rivals)[v].add(value, tables.rate(row[v], at));
      }
      if (own && row[0] >= 0 && value > faced.largest) {
        faced.largest = value;
        faced.row_of_largest = row;
      }
    }
    return faced;
  }

  /// Lets all pairs count alike where members trade nothing.
  void without_trade(std::size_t at, Faced& faced) const {
    for (const PairRows& each : distinct) {
      faced.own[0].add(each.pairs, tables.rate(each.now, at));
      faced.own[1].add(each.pairs, tables.rate(each.horizon, at));
    }
    faced.row_of_largest = {distinct[0].now, distinct[0].horizon};
  }
};

/// Counts the regimes of the exporter's flows of a product, which lie together for each member.
void count_product(const Walk& walk, const Places& places, const Party& exporter, std::size_t product, std::size_t at,
                   std::vector<RegimeUse>& uses) {
  const std::uint16_t* begin = walk.trade.exporter + walk.trade.product_begin[product];
  const std::uint16_t* end = walk.trade.exporter + walk.trade.product_end[product];
  for (const std::int32_t i : exporter.members)
    for (begin = std::lower_bound(begin, end, static_cast<std::uint16_t>(i)); begin != end && *begin == i; ++begin) {
      const std::size_t flow = static_cast<std::size_t>(begin - walk.trade.exporter);
      const std::size_t j = walk.trade.market[flow];
      if (!walk.is_market[j]) continue;
      for (int v = 0; v < vintages; ++v)
        count_regimes(walk.tables, places, walk.tables.row(v)[i * walk.tables.countries + j], at,
                      walk.trade.value[flow], v, uses);
    }
}

/// Nothing known of any product.
FacedTariffs unknown_tariffs(std::size_t products) {
  FacedTariffs faced;
  faced.now.assign(products, missing_value);
  faced.horizon = faced.rivals_now = faced.rivals_horizon = faced.now;
  faced.regime_now.assign(products, regime_no_schedule);
  faced.regime_horizon = faced.regime_now;
  faced.line_missing.assign(products, 0);
  faced.weight.assign(products, 0.0);
  return faced;
}

/// Of what some trade is concerned with; all applied rates together.
std::vector<RegimeUse> named_uses(const World& world, const Places& places, const std::vector<RegimeUse>& uses) {
  std::vector<RegimeUse> named;
  for (std::size_t place = 0; place < uses.size(); ++place) {
    RegimeUse use = uses[place];
    if (!(use.best_now + use.best_horizon + use.eligible_now + use.eligible_horizon > 0.0)) continue;
    use.regime = places.name(world, place);
    use.preference = place > 0 && place < places.mfn() && !world.tariffs.is_applied(place);
    if (!named.empty() && named.back().regime == use.regime) {
      RegimeUse& all = named.back();
      all.best_now += use.best_now;
      all.best_horizon += use.best_horizon;
      continue;
    }
    named.push_back(std::move(use));
  }
  return named;
}

}  // namespace

FacedTariffs faced_tariffs(const World& world, const Settings& settings, const std::vector<std::int32_t>& products,
                           const Party& exporter, const Party& market, const BaseTrade& trade, int threads) {
  FacedTariffs faced = unknown_tariffs(products.size());
  if (world.tariffs.empty()) return faced;
  for (const std::int32_t j : market.members) faced.known = faced.known || world.tariffs.market_schedule[j] >= 0;
  if (!faced.known) return faced;

  std::vector<Notice> told_by_the_solver;
  TariffDetail detail;
  const std::int32_t horizon = settings.world.horizon_year != 0 ? settings.world.horizon_year : world.horizon_year;
  const TariffRows rows = make_tariff_rows(world, products, resolve_base_years(world, settings).back(), horizon,
                                           told_by_the_solver, &detail);
  const Tables tables{rows, detail, world.country_count(), products.size()};
  const Places places{world.tariffs.regimes.size()};
  const Walk walk{tables, trade, member_marks(exporter, tables.countries), member_marks(market, tables.countries),
                  distinct_rows(tables, exporter, market)};

  std::vector<Faced> by_product(products.size());
  Faced* out = by_product.data();
  const std::int32_t* chosen = products.data();
  const std::int64_t last = static_cast<std::int64_t>(products.size());
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t at = 0; at < last; ++at)
    out[at] = walk.flows_of(static_cast<std::size_t>(chosen[at]), static_cast<std::size_t>(at));

  std::vector<RegimeUse> uses(places.count());
  for (std::size_t at = 0; at < products.size(); ++at) {
    Faced& product = by_product[at];
    count_product(walk, places, exporter, static_cast<std::size_t>(products[at]), at, uses);
    faced.rivals_now[at] = product.rivals[0].value();
    faced.rivals_horizon[at] = product.rivals[1].value();
    faced.weight[at] = product.own[0].weight;
    for (const PairRows& each : walk.distinct)
      faced.line_missing[at] |= detail.mfn_missing[detail.schedule[each.now]][at];
    if (walk.distinct.empty()) continue;  // a market that is the exporter itself
    if (!(product.own[0].weight > 0.0)) walk.without_trade(at, product);
    faced.now[at] = product.own[0].value();
    faced.horizon[at] = product.own[1].value();
    faced.regime_now[at] = places.name(world, places.of(tables, product.row_of_largest[0], at));
    faced.regime_horizon[at] = places.name(world, places.of(tables, product.row_of_largest[1], at));
  }
  faced.regimes = named_uses(world, places, uses);
  return faced;
}

}  // namespace potentia::drilldown
