// Part 5: potential, realised and not, where and in what, and why it changes.
#include <algorithm>

#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {

Figure key_number_figure(const Context& context, const std::vector<Sums>& by_market) {
  const std::string horizon = std::to_string(context.solution->settings.world.horizon_year);
  Figure figure;
  figure.id = "key_numbers";
  figure.title = "Key numbers of the potential from " + pair_in_words(context);
  figure.definition =
      "Exports are those of the base period " + base_in_words(context) + "; in scope are the products that the " +
      "indicator is computed for. The potential is what the exporter's projected supply, the market's projected "
      "demand, " +
      "the tariffs of " + horizon + " and the ease of trade between the two would let expect in " + horizon +
      ". Realised is the smaller of exports and potential, unrealised the rest of the potential, product by product; " +
      "static is the part that the conditions of the base period would already allow (held back by frictions), "
      "dynamic " +
      "the part that growth and tariff change bring. Overtrade is what exports exceed the potential by. Totals are "
      "sums " +
      "over products and pairs of countries; USD.";
  figure.table.columns = {{"key", "Key", Kind::code},
                          {"measure", "Measure", Kind::text},
                          {"market", "To " + context.market.name, Kind::usd},
                          {"market_share", "Share", Kind::share},
                          {"world", "To the world", Kind::usd},
                          {"world_share", "Share, world", Kind::share},
                          {"share_of", "Shares are of", Kind::text},
                          {"market_in_world", context.market.name + " in the world", Kind::share}};

  const Sums market = market_sums(context, by_market), world = world_sums(by_market);
  const AllExports all = all_exports(context);
  const auto row = [&](const char* key, const std::string& measure, double here, double everywhere, const char* of,
                       double here_whole, double whole, bool in_world = true) {
    figure.table.rows.push_back({std::string(key), measure, here, share_of(here, here_whole), everywhere,
                                 share_of(everywhere, whole), of == nullptr ? Value() : Value(std::string(of)),
                                 in_world ? share_of(here, everywhere) : Value()});
  };
  const auto part = [&](const char* key, const std::string& measure, Column column, Column whole, const char* of,
                        bool in_world = true) {
    row(key, measure, market[column], world[column], of, market[whole], world[whole], in_world);
  };
  row("all_exports", "Exports of all products", all.market, all.world, nullptr, 0.0, 0.0);
  row("actual", "Exports of products in scope", market[column_actual], world[column_actual], "exports of all products",
      all.market, all.world);
  row("potential_now", "Potential under the conditions of the base period", market[column_potential_now],
      world[column_potential_now], nullptr, 0.0, 0.0);
  row("potential", "Potential in " + horizon, market[column_potential], world[column_potential], nullptr, 0.0, 0.0);
  part("realized", "Realised", column_realized, column_potential, "potential");
  part("unrealized", "Unrealised", column_unrealized, column_potential, "potential");
  part("static", "Unrealised, static (frictions)", column_static, column_unrealized, "unrealised");
  part("dynamic", "Unrealised, dynamic (growth and tariff change)", column_dynamic, column_unrealized, "unrealised");
  part("overtrade", "Overtrade (exports above potential)", column_overtrade, column_actual, "exports in scope");
  const char* now = "potential under the conditions of the base period";
  row("change", "Change of the potential", market[column_potential] - market[column_potential_now],
      world[column_potential] - world[column_potential_now], now, market[column_potential_now],
      world[column_potential_now], false);
  part("change_supply", "Change by the exporter's supply", column_change_supply, column_potential_now, now, false);
  part("change_population", "Change by the market's population", column_change_population, column_potential_now, now,
       false);
  part("change_income", "Change by the market's income per head", column_change_income, column_potential_now, now,
       false);
  part("change_tariff", "Change by tariffs", column_change_tariff, column_potential_now, now, false);

  return figure;
}

Part potential_part(const Context& context) {
  const std::vector<Sums> by_market = sums_by_market(context);
  Part part{"potential", "Export potential", {}};
  part.figures.push_back(key_number_figure(context, by_market));
  for (auto&& figures : {market_figures(context, by_market), sector_figures(context), product_figures(context)})
    part.figures.insert(part.figures.end(), figures.begin(), figures.end());
  return part;
}

}  // namespace potentia::drilldown
