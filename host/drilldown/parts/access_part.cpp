// Part 3: tariffs now and at the horizon, regimes and how far they are used (figures 8 and 9 of the report).
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "host/drilldown/facts/pair_sums.hpp"
#include "host/drilldown/facts/tariffs.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

std::string now_year(const Context& context) {
  return std::to_string(context.solution->settings.world.base_years.back());
}

std::string horizon_year(const Context& context) {
  return std::to_string(context.solution->settings.world.horizon_year);
}

std::string no_tariffs(const Context& context) {
  return "No tariffs of " + context.market.name + " are known in this world.";
}

/// How many members of a market of several have a schedule.
std::string known_members(const Context& context) {
  const std::vector<std::int32_t>& members = context.market.members;
  if (members.size() < 2 || !context.tariffs.known) return "";
  const auto known = std::count_if(members.begin(), members.end(), [&](std::int32_t member) {
    return context.world->tariffs.market_schedule[member] >= 0;
  });
  return ": " + std::to_string(known) + " of " + std::to_string(members.size());
}

// How tariffs change -----------------------------------------------------------------------------------------------

/// Products whose tariffs change in one way, and the trade in them.
struct Change {
  const char* name;
  std::int64_t products = 0, exported = 0;
  double exports = 0.0, unrealized = 0.0;
  double now = 0.0, horizon = 0.0;                      ///< USD × rate
  double compared = 0.0;                                ///< USD of products that rivals sell there too
  double advantage_now = 0.0, advantage_horizon = 0.0;  ///< USD × points

  void add(const Context& context, std::size_t at) {
    const FacedTariffs& tariffs = context.tariffs;
    const double weight = tariffs.weight[at];
    ++products;
    if (weight > 0.0) ++exported;
    exports += weight;
    unrealized += context.pair.columns[column_unrealized][at];
    now += weight * tariffs.now[at];
    horizon += weight * tariffs.horizon[at];
    if (std::isnan(tariffs.rivals_now[at])) return;
    compared += weight;
    advantage_now += weight * (tariffs.rivals_now[at] - tariffs.now[at]);
    advantage_horizon += weight * (tariffs.rivals_horizon[at] - tariffs.horizon[at]);
  }

  std::vector<Value> row(double all_exports) const {
    return {std::string(name),
            products,
            exported,
            exports,
            share_of(exports, all_exports),
            unrealized,
            share_of(now, exports),
            share_of(horizon, exports),
            share_of(advantage_now, compared),
            share_of(advantage_horizon, compared)};
  }
};

Figure change_figure(const Context& context) {
  Figure figure;
  figure.id = "change";
  figure.title = "Tariffs in " + context.market.name + ", " + now_year(context) + " and " + horizon_year(context);
  figure.definition =
      "Products in scope that are exported to the market or have potential there, by what happens to the tariff "
      "faced until the horizon. Tariffs faced are means weighted by base-period exports; the advantage is the "
      "trade-weighted mean tariff of all other suppliers of a product minus the tariff faced, weighted likewise. "
      "Exports are those to members of the market whose tariffs are known" +
      known_members(context) + ".";
  figure.table.columns = {{"change", "Tariff until the horizon", Kind::text},
                          {"products", "Products", Kind::count},
                          {"exported_products", "Products exported", Kind::count},
                          {"exports", "Exports", Kind::usd},
                          {"export_share", "Share of exports", Kind::share},
                          {"unrealized", "Unrealised potential", Kind::usd},
                          {"tariff_now", "Mean tariff, " + now_year(context), Kind::share},
                          {"tariff_horizon", "Mean tariff, " + horizon_year(context), Kind::share},
                          {"advantage_now", "Tariff advantage, " + now_year(context), Kind::points},
                          {"advantage_horizon", "Tariff advantage, " + horizon_year(context), Kind::points}};
  if (!context.tariffs.known) {
    figure.notice = no_tariffs(context);
    return figure;
  }
  if (!context.solution->settings.method.tariffs)
    figure.definition += " The potentials of this report were computed without tariffs.";
  Change rises{"rises"}, falls{"falls"}, stays{"stays as it is"}, all{"all"};
  for (std::size_t at = 0; at < context.tariffs.now.size(); ++at) {
    const double now = context.tariffs.now[at], horizon = context.tariffs.horizon[at];
    const bool concerned =
        context.pair.columns[column_actual][at] > 0.0 || context.pair.columns[column_potential][at] > 0.0;
    if (!concerned || std::isnan(now)) continue;
    (horizon > now ? rises : horizon < now ? falls : stays).add(context, at);
    all.add(context, at);
  }
  for (const Change& each : {rises, falls, stays, all}) figure.table.rows.push_back(each.row(all.exports));
  figure.charts = {{Chart::Type::bar, "change", {{"tariff_now", Role::before}, {"tariff_horizon", Role::after}}, 0}};
  figure.alternative = "The tariff of " + counted(static_cast<std::uint64_t>(rises.products), "product", "products") +
                       " rises, with exports of " + in_dollars(rises.exports) + "; that of " +
                       counted(static_cast<std::uint64_t>(falls.products), "product", "products") +
                       " falls, with exports of " + in_dollars(falls.exports) + ".";
  return figure;
}

// Tariffs and advantages of the main products ----------------------------------------------------------------------

Figure products_figure(const Context& context, Column column, const char* id, const std::string& which) {
  constexpr std::size_t listed_products = 15;
  Figure figure;
  figure.id = id;
  figure.title = "Tariff advantage in " + context.market.name + ", " + which;
  figure.definition =
      "Tariff faced in the market and the best regime that grants it, now and at the horizon, and the advantage: "
      "the trade-weighted mean tariff faced by all other suppliers minus the tariff faced, in percentage points. "
      "Products in scope, " +
      which + ".";
  const std::string now = ", " + now_year(context), horizon = ", " + horizon_year(context);
  figure.table.columns = {{"code", "Product", Kind::code},
                          {"name", "Name", Kind::text},
                          {"exports", "Exports", Kind::usd},
                          {"unrealized", "Unrealised potential", Kind::usd},
                          {"regime_now", "Best regime" + now, Kind::text},
                          {"tariff_now", "Tariff" + now, Kind::share},
                          {"rivals_now", "Tariff of competitors" + now, Kind::share},
                          {"advantage_now", "Tariff advantage" + now, Kind::points},
                          {"regime_horizon", "Best regime" + horizon, Kind::text},
                          {"tariff_horizon", "Tariff" + horizon, Kind::share},
                          {"rivals_horizon", "Tariff of competitors" + horizon, Kind::share},
                          {"advantage_horizon", "Tariff advantage" + horizon, Kind::points}};
  const FacedTariffs& tariffs = context.tariffs;
  if (!tariffs.known) {
    figure.notice = no_tariffs(context);
    return figure;
  }
  for (const std::int32_t at : ranked_products(context, column)) {
    if (figure.table.rows.size() == listed_products || !(context.pair.columns[column][at] > 0.0)) break;
    const Product& product = context.world->products[context.solution->axes.products[at]];
    figure.table.rows.push_back({product.code, product.name, context.pair.columns[column_actual][at],
                                 context.pair.columns[column_unrealized][at], tariffs.regime_now[at],
                                 known(tariffs.now[at]), known(tariffs.rivals_now[at]),
                                 known(tariffs.rivals_now[at] - tariffs.now[at]), tariffs.regime_horizon[at],
                                 known(tariffs.horizon[at]), known(tariffs.rivals_horizon[at]),
                                 known(tariffs.rivals_horizon[at] - tariffs.horizon[at])});
  }
  if (figure.table.rows.empty()) {
    figure.notice = "There is no such product.";
    return figure;
  }
  figure.charts = {
      {Chart::Type::horizontal_bar, "name", {{"advantage_now", Role::before}, {"advantage_horizon", Role::after}}, 0}};
  figure.alternative =
      "Tariff advantage in percentage points now and at the horizon, " + which + "; the table has the numbers.";
  return figure;
}

// Regimes ----------------------------------------------------------------------------------------------------------

Figure regimes_figure(const Context& context) {
  Figure figure;
  figure.id = "regimes";
  figure.title = "Exports to " + context.market.name + " by tariff regime";
  figure.definition =
      "Base-period exports in products in scope by the regime that grants the lowest rate: MFN free, a preference, "
      "or MFN where duty is due and no preference beats it. Where several preferences grant the same rate the "
      "trade is counted for the first of them; beside it, how much is eligible for each preference at all, that "
      "is, gets a rate below MFN, whether or not another grants as little.";
  const std::string now = ", " + now_year(context), horizon = ", " + horizon_year(context);
  figure.table.columns = {{"regime", "Regime", Kind::text},
                          {"best_now", "Best regime" + now, Kind::usd},
                          {"best_share_now", "Best regime" + now + ", share", Kind::share},
                          {"best_horizon", "Best regime" + horizon, Kind::usd},
                          {"best_share_horizon", "Best regime" + horizon + ", share", Kind::share},
                          {"eligible_now", "Eligible" + now, Kind::usd},
                          {"eligible_share_now", "Eligible" + now + ", share", Kind::share},
                          {"eligible_horizon", "Eligible" + horizon, Kind::usd},
                          {"eligible_share_horizon", "Eligible" + horizon + ", share", Kind::share}};
  if (!context.tariffs.known) {
    figure.notice = no_tariffs(context);
    return figure;
  }
  double all = 0.0;
  for (const RegimeUse& use : context.tariffs.regimes) all += use.best_now;
  if (!(all > 0.0)) {
    figure.notice = "There are no exports to " + context.market.name + " in products in scope in the base period.";
    return figure;
  }
  std::vector<std::string> told;
  for (const RegimeUse& use : context.tariffs.regimes) {
    const auto eligible = [&](double value) { return use.preference ? Value(value) : Value(); };
    const auto eligible_share = [&](double value) { return use.preference ? share_of(value, all) : Value(); };
    figure.table.rows.push_back({use.regime, use.best_now, share_of(use.best_now, all), use.best_horizon,
                                 share_of(use.best_horizon, all), eligible(use.eligible_now),
                                 eligible_share(use.eligible_now), eligible(use.eligible_horizon),
                                 eligible_share(use.eligible_horizon)});
    if (use.best_now > 0.0) told.push_back(in_percent(use.best_now, all) + " " + use.regime);
  }
  figure.charts = {{Chart::Type::horizontal_bar,
                    "regime",
                    {{"best_share_now", Role::before}, {"best_share_horizon", Role::after}},
                    0},
                   {Chart::Type::horizontal_bar,
                    "regime",
                    {{"eligible_share_now", Role::before}, {"eligible_share_horizon", Role::after}},
                    0}};
  figure.alternative = "Best regime of exports in " + now_year(context) + ": " + listed(told) + ".";
  return figure;
}

// Use of preferences -----------------------------------------------------------------------------------------------

/// Names under which tables of tariffs know the members of the market: their own and their customs territory's.
std::set<std::string> territories(const Context& context) {
  std::set<std::string> names;
  for (const std::int32_t j : context.market.members) {
    names.insert(context.world->countries[j].iso3);
    const Tariffs& tariffs = context.world->tariffs;
    if (!tariffs.empty() && tariffs.market_schedule[j] >= 0)
      names.insert(tariffs.schedules[tariffs.market_schedule[j]]);
  }
  return names;
}

Figure utilization_figure(const Context& context) {
  Figure figure;
  figure.id = "utilization";
  figure.title = "Use of preferences in " + context.market.name;
  figure.definition =
      "Share of the exports eligible for a regime that enter under it, by year, as in the table of the use of "
      "preferences.";
  figure.table.columns = {
      {"case", "Regime and year", Kind::text}, {"market", "Market", Kind::code}, {"exporter", "Exporter", Kind::code},
      {"regime", "Regime", Kind::text},        {"year", "Year", Kind::year},     {"used", "Used", Kind::share},
      {"not_used", "Not used", Kind::share}};
  const Utilization& table = context.world->utilization;
  if (table.empty()) {
    figure.notice = "This world has no table of the use of preferences.";
    return figure;
  }
  const std::set<std::string> markets = territories(context);
  const bool one_pair =
      markets.size() <= 2 && context.market.members.size() == 1 && context.exporter.members.size() == 1;
  for (std::size_t row = 0; row < table.share.size(); ++row) {
    if (!context.is_exporter[table.exporter[row]] || markets.count(table.market[row]) == 0) continue;
    const std::string& exporter = context.world->countries[table.exporter[row]].iso3;
    std::string name = table.regime[row] + ", " + std::to_string(table.year[row]);
    if (!one_pair) name = exporter + " in " + table.market[row] + ", " + name;
    figure.table.rows.push_back({name, table.market[row], exporter, table.regime[row],
                                 static_cast<std::int64_t>(table.year[row]), table.share[row], 1.0 - table.share[row]});
  }
  if (figure.table.rows.empty()) {
    figure.notice = "Exports of " + context.exporter.name + " to " + context.market.name +
                    " do not appear in the table of the use of preferences.";
    return figure;
  }
  figure.charts = {{Chart::Type::stacked_bar, "case", {{"used", Role::realized}, {"not_used", Role::rest}}, 30}};
  figure.alternative = "Share of eligible exports that use the regime they may use, by regime and year.";
  return figure;
}

}  // namespace

Part access_part(const Context& context) {
  return {"access",
          "Market access",
          {change_figure(context), products_figure(context, column_actual, "exported", "main products exported"),
           products_figure(context, column_unrealized, "untapped", "main products with untapped potential"),
           regimes_figure(context), utilization_figure(context)}};
}

}  // namespace potentia::drilldown
