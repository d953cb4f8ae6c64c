// The chapter on scenarios: sums of a result made by hand, what is left out, and its sentences.
#include <cmath>
#include <limits>

#include "host/drilldown/facts/scenarios.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

using drilldown::Scenarios;

constexpr std::int32_t c = facts_chn, k = facts_khm, l = facts_lao, t = facts_tha, v = facts_vnm;
constexpr std::size_t countries = 5;

/// Laos and Cambodia to China and Thailand under a scenario of two instruments, in USD million.
class ByHand {
public:
  ByHand()
      : evaluated_(facts_world(), {}, {k, l}, {c, t}), products_(evaluated_.context().solution->axes.products.size()) {
    result.name = "by hand";
    result.instruments = {"one", "two"};
    for (Margin* margin : {&result.baseline_pair, &result.scenario_pair})
      for (Buffer<double>& column : margin->columns) column = Buffer<double>::zeroed(countries * countries);
    result.at_risk = Buffer<double>::zeroed(countries * countries);
    result.by_instrument = Buffer<double>::zeroed(2 * countries * countries);
    for (auto* columns : {&result.products.baseline, &result.products.scenario})
      for (std::vector<double>& column : *columns) column.assign(products_, 0.0);
    result.products.at_risk.assign(products_, 0.0);
    result.products.by_instrument.assign(2, std::vector<double>(products_, 0.0));
  }

  void pair(std::int32_t exporter, std::int32_t market, double before, double after) {
    const std::size_t at = static_cast<std::size_t>(exporter) * countries + static_cast<std::size_t>(market);
    result.baseline_pair.columns[column_potential][at] = before * 1e6;
    result.scenario_pair.columns[column_potential][at] = after * 1e6;
    result.by_instrument[at] = (after - before) * 0.75e6;
    result.by_instrument[countries * countries + at] = (after - before) * 0.25e6;
  }
  void product(std::size_t at, double before, double after, double risk) {
    result.products.baseline[column_potential][at] = before * 1e6;
    result.products.scenario[column_potential][at] = after * 1e6;
    result.products.at_risk[at] = risk * 1e6;
  }

  const drilldown::Context& context() const { return evaluated_.context(); }
  drilldown::ScenarioFacts facts() {
    scenarios_.results.clear();
    scenarios_.results.push_back(std::move(result));
    return scenario_facts(context(), scenarios_).at(0);
  }
  const Scenarios& scenarios() const { return scenarios_; }

  ScenarioResult result;

private:
  Evaluated evaluated_;
  std::size_t products_;
  Scenarios scenarios_;
};

std::string sentence(const drilldown::ScenarioFacts& facts, const std::string& rule) {
  for (const drilldown::Finding& finding : scenario_findings(facts))
    if (finding.rule == rule) return finding.sentence;
  return "";
}

TEST(ScenarioFacts, AddUpPairsOfThePartiesAlone) {
  ByHand by_hand;
  by_hand.pair(k, c, 10, 7), by_hand.pair(k, t, 4, 4), by_hand.pair(l, c, 20, 14), by_hand.pair(l, t, 1, 2);
  by_hand.pair(v, c, 30, 42), by_hand.pair(c, t, 5, 4), by_hand.pair(l, v, 100, 900);  // others, and elsewhere
  by_hand.result.at_risk[l * countries + c] = 3e6;
  by_hand.result.at_risk[v * countries + c] = 50e6;
  by_hand.product(0, 30, 21, 3), by_hand.product(1, 5, 6, 0);
  const drilldown::ScenarioFacts facts = by_hand.facts();
  EXPECT_DOUBLE_EQ(facts.before[column_potential], 35e6);
  EXPECT_DOUBLE_EQ(facts.after[column_potential], 27e6);
  EXPECT_DOUBLE_EQ(facts.at_risk, 3e6);
  ASSERT_EQ(facts.by_instrument.size(), 2u);
  EXPECT_DOUBLE_EQ(facts.by_instrument[0], -6e6);
  EXPECT_DOUBLE_EQ(facts.by_instrument[1], -2e6);
  // Exporters to China and Thailand together: Viet Nam +12, Laos −5, Cambodia −3, China −1 (in Thailand).
  ASSERT_EQ(facts.exporters.size(), 4u);
  EXPECT_EQ(facts.exporters[0].country, v);
  EXPECT_DOUBLE_EQ(facts.exporters[0].change(), 12e6);
  EXPECT_FALSE(facts.exporters[0].is_party);
  EXPECT_EQ(facts.exporters[1].country, l);
  EXPECT_DOUBLE_EQ(facts.exporters[1].change(), -5e6);
  EXPECT_TRUE(facts.exporters[1].is_party);
  EXPECT_EQ(facts.exporters[2].country, k);
  EXPECT_EQ(facts.exporters[3].country, c);
  ASSERT_EQ(facts.markets.size(), 2u);
  EXPECT_EQ(facts.markets[0].country, c);
  EXPECT_DOUBLE_EQ(facts.markets[0].change(), -9e6);
  EXPECT_EQ(facts.changed, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(facts.risky, (std::vector<std::int32_t>{0}));
}

TEST(ScenarioFacts, OfOneMarketThereIsNoListOfMarkets) {
  ByHand by_hand;
  Party laos = party_of(facts_world(), {l}), china = party_of(facts_world(), {c});
  drilldown::Context context = by_hand.context();
  context.market = china;
  by_hand.pair(l, c, 20, 14);
  Scenarios scenarios;
  scenarios.results.push_back(std::move(by_hand.result));
  const drilldown::ScenarioFacts facts = scenario_facts(context, scenarios).at(0);
  EXPECT_TRUE(facts.markets.empty());
  EXPECT_EQ(facts.exporters.size(), 1u);
}

TEST(ScenarioSentences, SayWhatChangesAndWhy) {
  ByHand by_hand;
  by_hand.pair(l, c, 20, 14), by_hand.pair(v, c, 30, 42), by_hand.pair(c, t, 5, 4);
  by_hand.product(0, 15, 8, 3), by_hand.product(1, 5, 6, 0);
  by_hand.result.at_risk[l * countries + c] = 3e6;
  by_hand.result.baseline_pair.columns[column_actual][l * countries + c] = 30e6;
  AssumptionLine sourced, assumed;
  sourced.instrument = "one", sourced.side = "scenario", sourced.source = "a book";
  assumed.instrument = "two", assumed.side = "scenario", assumed.assumption = true, assumed.already_in_base = true;
  by_hand.result.assumptions = {sourced, assumed};
  by_hand.result.opportunities.correlation = 0.98765;
  const drilldown::ScenarioFacts facts = by_hand.facts();
  EXPECT_EQ(
      sentence(facts, "scenario_difference"),
      "Scenario “by hand” lowers the potential of exports from KHM,LAO to CHN,THA in 2028 by USD 6 million, or 30 % of "
      "the baseline's, from USD 20 million to USD 14 million.");
  EXPECT_EQ(sentence(facts, "scenario_nothing"), "");
  EXPECT_EQ(sentence(facts, "scenario_basis"),
            "It rests on 2 statements; 1 is an assumption, the others have a source.");
  EXPECT_EQ(sentence(facts, "scenario_in_base"),
            "The trade of the base period already has “two” in it. The scenario takes it out, so that the contribution "
            "is the "
            "difference with its sign turned round.");
  EXPECT_EQ(sentence(facts, "scenario_parts"),
            "Of the difference of minus USD 6 million, “one” (minus USD 4.5 million) and “two” (minus USD 1.5 million) "
            "explain "
            "the whole.");
  EXPECT_EQ(sentence(facts, "scenario_products"),
            "1 product gains potential, most of all 110814 Starch (USD 1 million); 1 product loses potential, most of "
            "all 071410 "
            "Cassava (minus USD 7 million).");
  EXPECT_EQ(
      sentence(facts, "scenario_risk"),
      "Exports of USD 3 million, or 10 % of those in scope, are at risk: the baseline's potential carries them and the "
      "scenario's does not. The largest is 071410 Cassava (USD 3 million).");
  EXPECT_EQ(
      sentence(facts, "scenario_rivals"),
      "Among rivals in CHN,THA, Viet Nam (USD 12 million) gains most; China (minus USD 1 million) loses most; the "
      "potential of all rivals together changes by USD 11 million.");
  EXPECT_EQ(
      sentence(facts, "scenario_ranks"),
      "By unrealised potential, products keep their order with a rank correlation of 0.9877; none of the first hundred "
      "changes its place.");
  EXPECT_EQ(sentence(facts, "target_growth"), "");
}

TEST(ScenarioSentences, InstrumentsWithoutAPartAreCounted) {
  ByHand by_hand;
  by_hand.product(0, 20, 14, 0);
  by_hand.pair(l, c, 20, 14);
  by_hand.result.by_instrument[l * countries + c] = -6e6;
  by_hand.result.by_instrument[countries * countries + l * countries + c] = -10;
  EXPECT_EQ(sentence(by_hand.facts(), "scenario_parts"),
            "Of the difference of minus USD 6 million, “one” (minus USD 6 million) explains all; 1 other instrument "
            "has no part "
            "in it that reaches USD 1,000.");
}

TEST(ScenarioSentences, Targets) {
  ByHand by_hand;
  TargetLine target;
  target.instrument = "goal";
  target.exporters = {k}, target.markets = {l};
  target.two_way = true;
  target.year = 2030, target.compared_year = 2028;
  target.value = 700e6, target.actual = 256e6, target.potential = 230e6;
  target.required_growth = 0.183;
  target.past_growth = -0.021, target.past_first = 2020, target.past_last = 2023;
  target.static_part = 60e6, target.dynamic = 17e6;
  by_hand.result.targets = {target};
  AssumptionLine line;
  line.kind = "target";
  by_hand.result.assumptions = {line};
  const drilldown::ScenarioFacts facts = by_hand.facts();
  EXPECT_EQ(
      sentence(facts, "scenario_nothing"),
      "Scenario “by hand” changes nothing for exports from KHM,LAO to CHN,THA: it sets a target, and a target changes "
      "nothing by itself.");
  EXPECT_EQ(sentence(facts, "target_growth"),
            "The target “goal”, USD 700 million between Cambodia and Laos, both ways, in 2030, needs trade to grow by "
            "18.3 % a "
            "year from the USD 256 million of the base period; from 2020 to 2023 it fell by 2.1 % a year.");
  EXPECT_EQ(
      sentence(facts, "target_reach"),
      "The potential in 2028, USD 230 million, does not reach “goal” (the target's year lies after the horizon).");
  EXPECT_EQ(sentence(facts, "target_cover"),
            "All of USD 77 million of unrealised potential (USD 60 million static, USD 17 million dynamic) would not "
            "cover the "
            "USD 444 million that “goal” lacks.");
}

TEST(ScenarioSentences, TargetsWithoutAPastOrATrade) {
  ByHand by_hand;
  TargetLine target;
  target.instrument = "goal";
  target.exporters = {k}, target.markets = {l};
  target.year = target.compared_year = 2028;
  target.value = 7e6, target.potential = 9e6, target.reached = true, target.covered = true;
  target.required_growth = std::numeric_limits<double>::infinity();
  target.past_growth = std::nan("");
  target.static_part = 8e6, target.product = {0, 1};
  by_hand.result.targets = {target};
  const drilldown::ScenarioFacts facts = by_hand.facts();
  EXPECT_EQ(
      sentence(facts, "target_growth"),
      "The target “goal”, USD 7 million from Cambodia to Laos in 2028, needs trade to begin at all; the past cannot be "
      "compared, as the world has trade of one year alone.");
  EXPECT_EQ(sentence(facts, "target_reach"), "The potential in 2028, USD 9 million, reaches “goal”.");
  EXPECT_EQ(sentence(facts, "target_cover"),
            "Of USD 8 million of unrealised potential (USD 8 million static, USD 0 dynamic), the largest 2 products "
            "would cover "
            "the USD 7 million that “goal” lacks.");
}

TEST(ScenarioPart, AssumptionsComeFirstAndEveryFigureCanBeDrawn) {
  ByHand by_hand;
  by_hand.pair(l, c, 20, 14), by_hand.pair(v, c, 30, 42);
  by_hand.product(0, 15, 8, 3), by_hand.product(1, 5, 6, 0);
  AssumptionLine kept, both;
  kept.instrument = "kept", kept.side = "baseline", kept.already_in_base = true, kept.acts = false;
  both.instrument = "both", both.side = "both", both.assumption = true;
  by_hand.result.assumptions = {kept, both};
  by_hand.result.description = "made up";
  const std::vector<drilldown::ScenarioFacts> facts{by_hand.facts()};
  const Part part = scenario_part(by_hand.scenarios(), facts);
  expect_drawable(part);
  EXPECT_EQ(part.figures[0].id, "assumptions");
  EXPECT_EQ(text_at(part.figures[0], 0, "side"), "baseline");
  EXPECT_EQ(text_at(part.figures[0], 1, "side"), "baseline and scenario");
  EXPECT_EQ(text_at(part.figures[0], 0, "remark"),
            "already in the base trade: the scenario takes it out; does not act at the horizon");
  EXPECT_EQ(text_at(part.figures[0], 1, "basis"), "assumption");
  EXPECT_EQ(part.figures[1].id, "findings_1");  // of one scenario there is nothing to compare
  EXPECT_EQ(part.figures[1].section, "by hand: made up");
  const Figure& steps = figure_of(part, "instruments_1");
  EXPECT_DOUBLE_EQ(number_at(steps, 0, "to"), -4.5e6);
  EXPECT_DOUBLE_EQ(number_at(steps, 1, "from"), -4.5e6);
  EXPECT_DOUBLE_EQ(number_at(steps, 1, "to"), -6e6);
  EXPECT_DOUBLE_EQ(number_at(steps, 2, "from"), 0);
  EXPECT_DOUBLE_EQ(number_at(steps, 2, "to"), -6e6);
  EXPECT_EQ(steps.charts.at(0).type, drilldown::Chart::Type::waterfall);
  EXPECT_EQ(text_at(figure_of(part, "exporters_1"), 0, "exporter"), "VNM");
}

}  // namespace
}  // namespace potentia::testing
