// Who else gains and loses in a scenario: exporters to the market, and members of a group of markets.
#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/parts/scenario_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

void add_countries(const ScenarioFacts& facts, const std::vector<CountryChange>& changes, const TableColumn& country,
                   bool of_exporters, Figure& figure) {
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {country.key, "Code", Kind::code},
                          {"name", country.label, Kind::text},
                          {"difference", "Difference", Kind::usd},
                          {"difference_share", "Share of the baseline", Kind::share},
                          {"baseline", "Potential, baseline", Kind::usd},
                          {"scenario", "Potential, scenario", Kind::usd},
                          {"actual", "Exports", Kind::usd},
                          {"at_risk", "Exports at risk", Kind::usd}};
  if (of_exporters) figure.table.columns.push_back({"is_party", "The report's exporter", Kind::flag});
  std::int64_t rank = 0;
  for (const CountryChange& one : changes) {
    const Country& entry = facts.context->world->countries[one.country];
    std::vector<Value> row = {++rank,     entry.iso3, entry.name, one.change(), share_of(one.change(), one.before),
                              one.before, one.after,  one.actual, one.at_risk};
    if (of_exporters) row.emplace_back(one.is_party);
    figure.table.rows.push_back(std::move(row));
  }
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"difference", Role::change}}, shown_markets}};
  const CountryChange& first = changes[0];
  figure.alternative = "Bars of the change of potential by country, the largest first. Most of all changes " +
                       facts.context->world->countries[first.country].name + ", by " + in_dollars(first.change()) + ".";
}

Figure exporters_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  Figure figure;
  figure.id = scenario.id("exporters");
  figure.title = "Exporters that gain and lose potential in " + facts.context->market.name;
  figure.definition =
      "Every exporter whose potential in the market the scenario changes, the largest change first, USD; potentials "
      "are sums over products and, of a group, over its members. What one exporter loses in market access others gain, "
      "as far as they sell the same products.";
  add_countries(facts, facts.exporters, {"exporter", "Exporter", Kind::text}, true, figure);
  return figure;
}

Figure markets_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  Figure figure;
  figure.id = scenario.id("markets");
  figure.title =
      "Where the potential of " + facts.context->exporter.name + " in " + facts.context->market.name + " changes";
  figure.definition =
      "Members of the market for which the exporter's potential changes, the largest change first, USD.";
  add_countries(facts, facts.markets, {"market", "Market", Kind::text}, false, figure);
  return figure;
}

}  // namespace

std::vector<Figure> scenario_country_figures(const NumberedScenario& scenario) {
  std::vector<Figure> figures;
  if (!scenario.facts.exporters.empty()) figures.push_back(exporters_figure(scenario));
  if (!scenario.facts.markets.empty()) figures.push_back(markets_figure(scenario));
  return figures;
}

}  // namespace potentia::drilldown
