// Targets of a scenario: whether the potential reaches them, and which products would cover them.
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/parts/scenario_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

std::string codes_of(const World& world, const std::vector<std::int32_t>& countries) {
  std::string text;
  for (const std::int32_t country : countries) text += (text.empty() ? "" : " ") + world.countries[country].iso3;
  return text;
}

Figure targets_figure(const NumberedScenario& scenario) {
  const ScenarioResult& result = *scenario.facts.result;
  const World& world = *scenario.facts.context->world;
  Figure figure;
  figure.id = scenario.id("targets");
  figure.title = "Targets, trade and potential";
  figure.definition =
      "A target is compared with the scenario's potential at the horizon, also where its year lies later. The growth "
      "that it needs leads from the base period's trade to the target, that of the potential from there to the "
      "potential at the horizon; past growth is that of the years of trade that the world has, nothing where it has "
      "one year or trade began from nothing. Trade and potential are those of the target's own countries, in products "
      "in scope.";
  figure.table.columns = {{"target", "Target", Kind::text},
                          {"exporters", "Exporters", Kind::text},
                          {"markets", "Markets", Kind::text},
                          {"two_way", "Both ways", Kind::text},
                          {"year", "Year", Kind::year},
                          {"value", "Target value", Kind::usd},
                          {"actual", "Trade of the base period", Kind::usd},
                          {"baseline", "Potential, baseline", Kind::usd},
                          {"potential", "Potential, scenario", Kind::usd},
                          {"compared_year", "Year of the potential", Kind::year},
                          {"reached", "Reached", Kind::text},
                          {"required_growth", "Growth a year needed", Kind::share},
                          {"past_growth", "Growth a year of the past", Kind::share},
                          {"past_first", "Past from", Kind::year},
                          {"past_last", "Past to", Kind::year},
                          {"potential_growth", "Growth a year to the potential", Kind::share},
                          {"static", "Static unrealised", Kind::usd},
                          {"dynamic", "Dynamic unrealised", Kind::usd},
                          {"products", "Products that cover it", Kind::count},
                          {"covered", "Covered by unrealised potential", Kind::text}};
  const auto yes = [](bool value) { return std::string(value ? "yes" : "no"); };
  for (const TargetLine& target : result.targets)
    figure.table.rows.push_back({target.instrument,
                                 codes_of(world, target.exporters),
                                 codes_of(world, target.markets),
                                 yes(target.two_way),
                                 static_cast<std::int64_t>(target.year),
                                 target.value,
                                 target.actual,
                                 target.baseline,
                                 target.potential,
                                 static_cast<std::int64_t>(target.compared_year),
                                 yes(target.reached),
                                 known(target.required_growth),
                                 known(target.past_growth),
                                 static_cast<std::int64_t>(target.past_first),
                                 static_cast<std::int64_t>(target.past_last),
                                 known(target.potential_growth),
                                 target.static_part,
                                 target.dynamic,
                                 static_cast<std::int64_t>(target.product.size()),
                                 yes(target.covered)});
  figure.charts = {{Chart::Type::horizontal_bar,
                    "target",
                    {{"actual", Role::actual}, {"potential", Role::after}, {"value", Role::balance}},
                    0}};
  figure.alternative = "Bars of trade of the base period, potential and target.";
  return figure;
}

Figure target_products_figure(const NumberedScenario& scenario) {
  const ScenarioResult& result = *scenario.facts.result;
  const World& world = *scenario.facts.context->world;
  Figure figure;
  figure.id = scenario.id("target_products");
  figure.title = "Products that could cover the target, by unrealised potential";
  figure.definition =
      "Unrealised potential of the scenario between the target's countries by product, largest first, until it covers "
      "what trade of the base period lacks to the target, or to the last where it never does, USD; cumulated it is the "
      "sum up to the row, and the share "
      "that of what is lacking.";
  figure.table.columns = {
      {"target", "Target", Kind::text},      {"product", "Code", Kind::code},
      {"name", "Product", Kind::text},       {"static", "Static", Kind::usd},
      {"dynamic", "Dynamic", Kind::usd},     {"unrealized", "Unrealised", Kind::usd},
      {"cumulated", "Cumulated", Kind::usd}, {"covers", "Cumulated, share of what is lacking", Kind::share}};
  for (const TargetLine& target : result.targets) {
    double sum = 0.0;
    for (std::size_t at = 0; at < target.product.size(); ++at) {
      const Product& entry = world.products[target.product[at]];
      const double unrealized = target.product_static[at] + target.product_dynamic[at];
      sum += unrealized;
      figure.table.rows.push_back({target.instrument, entry.code, entry.name, target.product_static[at],
                                   target.product_dynamic[at], unrealized, sum,
                                   share_of(sum, target.value - target.actual)});
    }
  }
  figure.charts = {stacked("name", static_and_dynamic(), shown_products)};
  figure.alternative = "Stacked bars of static and dynamic unrealised potential of the products that cover the target.";
  return figure;
}

}  // namespace

std::vector<Figure> target_figures(const NumberedScenario& scenario) {
  std::vector<Figure> figures;
  if (scenario.facts.result->targets.empty()) return figures;
  figures.push_back(targets_figure(scenario));
  Figure products = target_products_figure(scenario);
  if (!products.table.rows.empty()) figures.push_back(std::move(products));
  return figures;
}

}  // namespace potentia::drilldown
