// Products that gain and lose in a scenario, products at risk, and places in the list of opportunities.
#include <algorithm>
#include <cmath>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/parts/scenario_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t most_coloured = 6;  // instruments that a chart can tell apart

const Product& product_at(const ScenarioFacts& facts, std::int32_t product) {
  return facts.context->world->products[facts.context->solution->axes.products[product]];
}

std::string instrument_key(std::size_t n) { return "instrument_" + std::to_string(n + 1); }

/// A bar of its change for each product, or what each instrument explains of it where colours can tell.
Chart products_chart(const ScenarioFacts& facts) {
  Chart chart{Chart::Type::horizontal_stacked, "name", {}, shown_markets};
  for (std::size_t n = 0; n < facts.by_instrument.size(); ++n) {
    const std::vector<double>& part = facts.result->products.by_instrument[n];
    if (std::any_of(part.begin(), part.end(), [](double value) { return value != 0.0; }))
      chart.series.push_back({instrument_key(n), Role::plain});
  }
  if (chart.series.size() < 2 || chart.series.size() > most_coloured)
    return {Chart::Type::horizontal_bar, "name", {{"difference", Role::change}}, shown_markets};
  return chart;
}

Figure products_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  const ScenarioProducts& sums = facts.result->products;
  Figure figure;
  figure.id = scenario.id("products");
  figure.title = "Products that gain and lose potential, " + pair_in_words(*facts.context);
  figure.definition =
      "Every product whose potential the scenario changes, the largest change first, USD: potential in the baseline "
      "and in the scenario, what each instrument explains of the difference (the parts add up to it), exports of the "
      "base period and those of them at risk, unrealised potential, and the place by unrealised potential among all "
      "products. What has none left stands behind all that have some.";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},
                          {"sector", "Sector", Kind::text},
                          {"difference", "Difference", Kind::usd},
                          {"difference_share", "Share of the baseline", Kind::share},
                          {"baseline", "Potential, baseline", Kind::usd},
                          {"scenario", "Potential, scenario", Kind::usd},
                          {"actual", "Exports", Kind::usd},
                          {"at_risk", "Exports at risk", Kind::usd},
                          {"unrealized_baseline", "Unrealised, baseline", Kind::usd},
                          {"unrealized_scenario", "Unrealised, scenario", Kind::usd},
                          {"place_baseline", "Place, baseline", Kind::count},
                          {"place_scenario", "Place, scenario", Kind::count}};
  for (std::size_t n = 0; n < facts.by_instrument.size(); ++n)
    figure.table.columns.push_back({instrument_key(n), facts.result->instruments[n], Kind::usd});
  std::int64_t rank = 0;
  for (const std::int32_t product : facts.changed) {
    const Product& entry = product_at(facts, product);
    const double before = sums.baseline[column_potential][product], after = sums.scenario[column_potential][product];
    std::vector<Value> row = {++rank,
                              entry.code,
                              entry.name,
                              facts.context->world->sectors[entry.sector],
                              after - before,
                              share_of(after - before, before),
                              before,
                              after,
                              sums.baseline[column_actual][product],
                              sums.at_risk[product],
                              sums.baseline[column_unrealized][product],
                              sums.scenario[column_unrealized][product],
                              static_cast<std::int64_t>(facts.place_before[product]),
                              static_cast<std::int64_t>(facts.place_after[product])};
    for (const std::vector<double>& part : sums.by_instrument) row.emplace_back(part[product]);
    figure.table.rows.push_back(std::move(row));
  }
  figure.charts = {products_chart(facts)};
  const std::int32_t first = facts.changed[0];
  figure.alternative = "Bars of the change of potential by product, the largest first. Most of all changes " +
                       shortened(product_in_words(*facts.context, first), 60) + ", by " +
                       in_dollars(facts.product_change(first)) + ".";
  return figure;
}

Figure risk_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  const ScenarioProducts& sums = facts.result->products;
  Figure figure;
  figure.id = scenario.id("at_risk");
  figure.title = "Exports at risk, " + pair_in_words(*facts.context);
  figure.definition =
      "Products with exports that the baseline's potential carries and the scenario's does not, most at risk first, "
      "USD: the smaller of exports and baseline's potential, less the scenario's potential, pair by pair. The share is "
      "that of the product's exports of the base period.";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},
                          {"sector", "Sector", Kind::text},
                          {"at_risk", "Exports at risk", Kind::usd},
                          {"at_risk_share", "Share of the product's exports", Kind::share},
                          {"actual", "Exports", Kind::usd},
                          {"baseline", "Potential, baseline", Kind::usd},
                          {"scenario", "Potential, scenario", Kind::usd}};
  std::int64_t rank = 0;
  for (const std::int32_t product : facts.risky) {
    const Product& entry = product_at(facts, product);
    const double actual = sums.baseline[column_actual][product], risk = sums.at_risk[product];
    figure.table.rows.push_back({++rank, entry.code, entry.name, facts.context->world->sectors[entry.sector], risk,
                                 share_of(risk, actual), actual, sums.baseline[column_potential][product],
                                 sums.scenario[column_potential][product]});
  }
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"at_risk", Role::actual}}, shown_markets}};
  figure.alternative = "Bars of exports at risk by product: " + in_dollars(facts.at_risk) + " in all.";
  return figure;
}

Figure places_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  Figure figure;
  figure.id = scenario.id("places");
  figure.title = "How the list of opportunities moves";
  figure.definition =
      "Products among the first hundred by unrealised potential, in the baseline or in the scenario, whose place "
      "changes most; places count from 1 among all products, and a move is up where it is positive. What has no "
      "unrealised potential left stands behind all that has some. The twenty largest moves.";
  figure.table.columns = {{"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},
                          {"place_baseline", "Place, baseline", Kind::count},
                          {"place_scenario", "Place, scenario", Kind::count},
                          {"move", "Move", Kind::count},
                          {"unrealized_baseline", "Unrealised, baseline", Kind::usd},
                          {"unrealized_scenario", "Unrealised, scenario", Kind::usd}};
  for (const RankChange& one : facts.result->opportunities.changes) {
    const std::int64_t was = one.place_baseline, is = one.place_scenario;
    const Product& entry = product_at(facts, one.product);
    figure.table.rows.push_back(
        {entry.code, entry.name, was, is, was - is, one.unrealized_baseline, one.unrealized_scenario});
  }
  return figure;
}

}  // namespace

std::vector<Figure> scenario_product_figures(const NumberedScenario& scenario) {
  std::vector<Figure> figures;
  if (!scenario.facts.changed.empty()) figures.push_back(products_figure(scenario));
  if (!scenario.facts.risky.empty()) figures.push_back(risk_figure(scenario));
  if (scenario.facts.ranks_compare() && !scenario.facts.result->opportunities.changes.empty())
    figures.push_back(places_figure(scenario));
  return figures;
}

}  // namespace potentia::drilldown
