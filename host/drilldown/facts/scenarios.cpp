// See scenarios.hpp.
#include "host/drilldown/facts/scenarios.hpp"

#include <algorithm>
#include <cmath>

#include "host/drilldown/wording.hpp"
#include "host/model/ranking.hpp"

namespace potentia::drilldown {
namespace {

std::vector<CountryChange> sorted(std::vector<CountryChange> changes) {
  changes.erase(std::remove_if(changes.begin(), changes.end(),
                               [](const CountryChange& one) { return one.change() == 0.0 && one.at_risk == 0.0; }),
                changes.end());
  std::stable_sort(changes.begin(), changes.end(), [](const CountryChange& a, const CountryChange& b) {
    return std::fabs(a.change()) > std::fabs(b.change());
  });
  return changes;
}

/// One side of the pairs, country by country, each summed over its partners in ascending order.
class ByCountry {
public:
  ByCountry(const ScenarioResult& result, std::size_t countries) : result_(result), countries_(countries) {}

  CountryChange exports(std::int32_t exporter, const std::vector<std::int32_t>& markets) const {
    CountryChange change;
    change.country = exporter;
    for (const std::int32_t market : markets) add(exporter, market, change);
    return change;
  }
  CountryChange imports(std::int32_t market, const std::vector<std::int32_t>& exporters) const {
    CountryChange change;
    change.country = market;
    for (const std::int32_t exporter : exporters) add(exporter, market, change);
    return change;
  }

private:
  void add(std::int32_t exporter, std::int32_t market, CountryChange& to) const {
    if (exporter == market) return;
    const std::size_t at = static_cast<std::size_t>(exporter) * countries_ + static_cast<std::size_t>(market);
    to.actual += result_.baseline_pair.columns[column_actual][at];
    to.before += result_.baseline_pair.columns[column_potential][at];
    to.after += result_.scenario_pair.columns[column_potential][at];
    to.at_risk += result_.at_risk[at];
  }

  const ScenarioResult& result_;
  std::size_t countries_;
};

void sum_pairs(const Context& context, const ScenarioResult& result, ScenarioFacts& facts) {
  const std::size_t countries = context.world->country_count();
  facts.by_instrument.assign(result.instruments.size(), 0.0);
  for (const std::int32_t exporter : context.exporter.members)
    for (const std::int32_t market : context.market.members) {
      if (exporter == market) continue;
      const std::size_t at = static_cast<std::size_t>(exporter) * countries + static_cast<std::size_t>(market);
      for (int c = 0; c < column_count; ++c) {
        facts.before[c] += result.baseline_pair.columns[c][at];
        facts.after[c] += result.scenario_pair.columns[c][at];
      }
      facts.at_risk += result.at_risk[at];
      for (std::size_t n = 0; n < facts.by_instrument.size(); ++n)
        facts.by_instrument[n] += result.by_instrument[n * countries * countries + at];
    }
}

/// Products for which `value` is not 0, largest in size first, ties by code.
template <class ValueOf>
std::vector<std::int32_t> products_by(std::size_t products, const ValueOf& value) {
  std::vector<std::int32_t> order;
  for (std::int32_t product = 0; product < static_cast<std::int32_t>(products); ++product)
    if (value(product) != 0.0) order.push_back(product);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int32_t a, std::int32_t b) { return std::fabs(value(a)) > std::fabs(value(b)); });
  return order;
}

ScenarioFacts facts_of(const Context& context, const ScenarioResult& result) {
  ScenarioFacts facts;
  facts.context = &context;
  facts.result = &result;
  sum_pairs(context, result, facts);

  const ByCountry by_country(result, context.world->country_count());
  for (std::int32_t country = 0; country < static_cast<std::int32_t>(context.world->country_count()); ++country) {
    facts.exporters.push_back(by_country.exports(country, context.market.members));
    facts.exporters.back().is_party = context.is_exporter[country] != 0;
  }
  facts.exporters = sorted(std::move(facts.exporters));
  if (context.market.members.size() > 1)
    for (const std::int32_t market : context.market.members)
      facts.markets.push_back(by_country.imports(market, context.exporter.members));
  facts.markets = sorted(std::move(facts.markets));

  const ScenarioProducts& products = result.products;
  facts.changed = products_by(products.at_risk.size(), [&](std::int32_t at) { return facts.product_change(at); });
  facts.risky = products_by(products.at_risk.size(), [&](std::int32_t at) { return products.at_risk[at]; });
  facts.place_before = places_of(products.baseline[column_unrealized]);
  facts.place_after = places_of(products.scenario[column_unrealized]);
  return facts;
}

}  // namespace

std::string target_parties(const World& world, const TargetLine& target) {
  const auto names = [&](const std::vector<std::int32_t>& countries) {
    constexpr std::size_t named = 6;
    if (countries.size() > named) return counted(countries.size(), "country", "countries");
    std::vector<std::string> list;
    for (const std::int32_t country : countries) list.push_back(world.countries[country].name);
    return listed(list);
  };
  const std::string from = names(target.exporters), to = names(target.markets);
  return target.two_way ? "between " + from + " and " + to + ", both ways," : "from " + from + " to " + to;
}

std::vector<ScenarioFacts> scenario_facts(const Context& context, const Scenarios& scenarios) {
  std::vector<ScenarioFacts> facts;
  for (const ScenarioResult& result : scenarios.results) facts.push_back(facts_of(context, result));
  return facts;
}

}  // namespace potentia::drilldown
