// What changes under the assumptions of scenario files: the assumptions first, then scenario by scenario.
#include <cmath>
#include <utility>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/parts/scenario_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

std::string side_in_words(const AssumptionLine& line) {
  return line.side == "both" ? "baseline and scenario" : line.side;
}

/// What a reader must know of the line besides what it says.
std::string remark(const AssumptionLine& line) {
  std::string text;
  if (line.already_in_base) text = "already in the base trade: the scenario takes it out";
  if (!line.acts) text += (text.empty() ? "" : "; ") + std::string("does not act at the horizon");
  return text;
}

std::string horizon_of(const Context& context) { return std::to_string(context.solution->settings.world.horizon_year); }

}  // namespace

Figure assumptions_figure(const std::vector<ScenarioFacts>& scenarios) {
  Figure figure;
  figure.id = "assumptions";
  figure.title = scenarios.size() == 1 ? "What the scenario rests on" : "What the scenarios rest on";
  figure.definition =
      "Every statement of the scenario's files with its source; one without a source is marked as an assumption, with "
      "the reason that the file gives. Instruments are laid under the scenario, unless they are said to be under the "
      "baseline, which then is not that of the rest of this report, or under both.";
  figure.table.columns = {{"scenario", "Scenario", Kind::text}, {"instrument", "Instrument", Kind::text},
                          {"kind", "Kind", Kind::code},         {"side", "Laid under", Kind::text},
                          {"says", "Says", Kind::text},         {"applies_to", "Applies to", Kind::text},
                          {"basis", "Basis", Kind::text},       {"source", "Source or reason", Kind::text},
                          {"remark", "Remark", Kind::text}};
  for (const ScenarioFacts& facts : scenarios)
    for (const AssumptionLine& line : facts.result->assumptions)
      figure.table.rows.push_back({facts.result->name, line.instrument, line.kind, side_in_words(line), line.says,
                                   line.applies_to, std::string(line.assumption ? "assumption" : "source"), line.source,
                                   remark(line)});
  if (figure.table.rows.empty()) figure.notice = "The scenario states nothing.";
  return figure;
}

Figure comparison_figure(const std::vector<ScenarioFacts>& scenarios) {
  const Context& context = *scenarios.front().context;
  Figure figure;
  figure.id = "comparison";
  figure.title = "Scenarios side by side, " + pair_in_words(context);
  figure.definition =
      "Each scenario is compared with its own baseline, and none of them builds on another: they are not to be added "
      "up. Those that are to act at once are composed by a file that includes them, which is a scenario of its own. "
      "Potential and unrealised potential in " +
      horizon_of(context) +
      ", USD; at risk are exports that the "
      "baseline's potential carries and the scenario's does not.";
  figure.table.columns = {{"scenario", "Scenario", Kind::text},
                          {"baseline", "Potential, baseline", Kind::usd},
                          {"scenario_potential", "Potential, scenario", Kind::usd},
                          {"difference", "Difference", Kind::usd},
                          {"difference_share", "Difference, share of the baseline", Kind::share},
                          {"unrealized_baseline", "Unrealised, baseline", Kind::usd},
                          {"unrealized_scenario", "Unrealised, scenario", Kind::usd},
                          {"at_risk", "Exports at risk", Kind::usd},
                          {"rank_correlation", "Rank correlation of products", Kind::number},
                          {"description", "About", Kind::text},
                          {"files", "Files", Kind::text}};
  for (const ScenarioFacts& facts : scenarios) {
    std::string files;
    for (const std::string& file : facts.result->files) files += (files.empty() ? "" : ", ") + file;
    const double before = facts.before[column_potential], after = facts.after[column_potential];
    figure.table.rows.push_back({facts.result->name, before, after, after - before, share_of(after - before, before),
                                 facts.before[column_unrealized], facts.after[column_unrealized], facts.at_risk,
                                 known(facts.result->opportunities.correlation), facts.result->description, files});
  }
  figure.charts = {
      {Chart::Type::horizontal_bar, "scenario", {{"baseline", Role::before}, {"scenario_potential", Role::after}}, 0}};
  figure.alternative = "Pairs of bars: the potential in the baseline and in the scenario, for each scenario.";
  return figure;
}

Figure scenario_files_figure(const Scenarios& scenarios) {
  Figure figure;
  figure.id = "files";
  figure.title = "Files of the scenarios";
  figure.definition =
      "What the scenarios were read from, files that they include among them. The same files (SHA-256) with the same "
      "world and switches give the same numbers, here and in potentia scenario.";
  figure.table.columns = {
      {"file", "File", Kind::text}, {"sha256", "SHA-256", Kind::code}, {"bytes", "Bytes", Kind::count}};
  for (const SourceFile& file : scenarios.files)
    figure.table.rows.push_back({file.name, file.sha256, static_cast<std::int64_t>(file.bytes)});
  if (figure.table.rows.empty()) figure.notice = "The scenarios were not read from files.";
  return figure;
}

Figure scenario_findings_figure(const NumberedScenario& scenario) {
  Figure figure;
  figure.id = scenario.id("findings");
  figure.title = "What scenario " + in_quotes(scenario.name()) + " changes";
  figure.definition = "Sentences made by fixed rules from the numbers of this chapter.";
  figure.table.columns = {{"finding", "Finding", Kind::text}, {"rule", "Rule", Kind::code}};
  for (const Finding& finding : scenario_findings(scenario.facts))
    figure.table.rows.push_back({finding.sentence, finding.rule});
  figure.section =
      scenario.name() + (scenario.facts.result->description.empty() ? "" : ": " + scenario.facts.result->description);
  return figure;
}

Figure before_after_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  Figure figure;
  figure.id = scenario.id("before_after");
  figure.title = "Potential before and after, " + pair_in_words(*facts.context);
  figure.definition =
      "The pair's potential in " + horizon_of(*facts.context) +
      " in the scenario's baseline and in the scenario, "
      "USD: what exports of the base period realise of it, and the unrealised rest, static (frictions of today) and "
      "dynamic (growth and change of tariffs and costs to come). At risk are exports that the baseline's potential "
      "carries and the scenario's does not.";
  figure.table.columns = {{"state", "State", Kind::text},        {"potential", "Potential", Kind::usd},
                          {"realized", "Realised", Kind::usd},   {"static", "Static", Kind::usd},
                          {"dynamic", "Dynamic", Kind::usd},     {"unrealized", "Unrealised", Kind::usd},
                          {"overtrade", "Overtrade", Kind::usd}, {"at_risk", "Exports at risk", Kind::usd}};
  constexpr Column columns[] = {column_potential, column_realized,   column_static,
                                column_dynamic,   column_unrealized, column_overtrade};
  std::vector<Value> before{std::string("Baseline")}, after{std::string("Scenario")}, change{std::string("Difference")};
  for (const Column column : columns) {
    before.emplace_back(facts.before[column]);
    after.emplace_back(facts.after[column]);
    change.emplace_back(facts.after[column] - facts.before[column]);
  }
  before.emplace_back();
  after.emplace_back(facts.at_risk);
  change.emplace_back();
  figure.table.rows = {std::move(before), std::move(after), std::move(change)};
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "state",
                    {{"realized", Role::realized}, {"static", Role::static_part}, {"dynamic", Role::dynamic_part}},
                    2}};
  figure.alternative =
      "Two stacked bars of realised, static and dynamic potential: " + in_dollars(facts.before[column_potential]) +
      " in all in the baseline, " + in_dollars(facts.after[column_potential]) + " in the scenario.";
  return figure;
}

Figure instruments_figure(const NumberedScenario& scenario) {
  const ScenarioFacts& facts = scenario.facts;
  Figure figure;
  figure.id = scenario.id("instruments");
  figure.title = "What each instrument explains of the difference";
  figure.definition =
      "The difference between the scenario's potential and the baseline's, USD, split exactly among the instruments: "
      "factors of the potential by logarithmic means, instruments that act on the same factor by Shapley values. "
      "The bars follow each other from nothing to the whole difference, in the order of the file, which the parts do "
      "not depend on.";
  figure.table.columns = {{"step", "Step", Kind::text},
                          {"change", "Change of the potential", Kind::usd},
                          {"from", "From", Kind::usd},
                          {"to", "To", Kind::usd},
                          {"difference_share", "Share of the difference", Kind::share}};
  const double whole = facts.change();
  const auto share = [&](double part) { return whole == 0.0 ? Value() : known(part / whole); };
  double sum = 0.0;
  for (std::size_t n = 0; n < facts.by_instrument.size(); ++n) {
    const double part = facts.by_instrument[n];
    figure.table.rows.push_back({facts.result->instruments[n], part, sum, sum + part, share(part)});
    sum += part;
  }
  figure.table.rows.push_back({std::string("Difference in all"), whole, 0.0, whole, share(whole)});
  figure.charts = {{Chart::Type::waterfall, "step", {{"from", Role::change}, {"to", Role::change}}, 0}};
  figure.alternative = "Waterfall of " + counted(facts.by_instrument.size(), "instrument", "instruments") +
                       " from nothing to a difference of " + in_dollars(whole) + ".";
  return figure;
}

Part scenario_part(const Scenarios& scenarios, const std::vector<ScenarioFacts>& facts) {
  Part part{"scenarios", facts.size() == 1 ? "Scenario" : "Scenarios", {assumptions_figure(facts)}};
  if (facts.size() > 1) part.figures.push_back(comparison_figure(facts));
  for (std::size_t at = 0; at < facts.size(); ++at) {
    const NumberedScenario scenario{facts[at], at + 1};
    part.figures.push_back(scenario_findings_figure(scenario));
    part.figures.push_back(before_after_figure(scenario));
    if (!facts[at].leaves_pair()) part.figures.push_back(instruments_figure(scenario));
    for (auto&& figures :
         {scenario_product_figures(scenario), scenario_country_figures(scenario), target_figures(scenario)})
      part.figures.insert(part.figures.end(), figures.begin(), figures.end());
  }
  Figure files = scenario_files_figure(scenarios);
  files.section = "Files";
  part.figures.push_back(std::move(files));
  return part;
}

}  // namespace potentia::drilldown
