#include "host/drilldown/drilldown.hpp"

#include <utility>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/opportunities.hpp"
#include "host/drilldown/facts/prospects.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/model/solver.hpp"

namespace potentia::drilldown {

Report make_report(const World& world, const Settings& settings, Party exporter, Party market,
                   const Scenarios& scenarios, HowSure sure, Backend& backend, const ProgressSink& progress) {
  Selection selection;
  selection.exporters = exporter.members;
  const Solution solution = solve(world, settings, selection, backend, progress, sure.outlook ? &*sure.outlook : nullptr);
  if (sure.draws) check_years(*sure.draws, solution.settings);
  const Context context = make_context(world, solution, backend, std::move(exporter), std::move(market));
  const Opportunities opportunities = find_opportunities(context);
  const Prospects prospects = find_prospects(context, std::move(sure.draws), sure.outlook ? &*sure.outlook : nullptr);

  Report report;
  report.exporter = context.exporter;
  report.market = context.market;
  report.base_years = solution.settings.world.base_years;
  report.horizon_year = solution.settings.world.horizon_year;
  report.world_title = world.title;
  for (const std::int32_t product : solution.axes.products)
    if (const Product& entry = world.products[product]; context.short_names[product] != entry.name)
      report.short_names[entry.code] = context.short_names[product];
  report.findings = make_findings(context, opportunities, prospects);
  report.rules = finding_rules(prospects.any());
  const std::vector<ScenarioFacts> of_scenarios = scenario_facts(context, scenarios);
  for (const ScenarioFacts& facts : of_scenarios)
    for (Finding& finding : scenario_findings(facts)) report.findings.push_back(std::move(finding));
  if (!of_scenarios.empty())
    for (Rule& rule : scenario_finding_rules()) report.rules.push_back(std::move(rule));

  report.parts = {trade_part(context),     composition_part(context), access_part(context),
                  logistics_part(context), potential_part(context),   opportunities_part(context, opportunities, prospects)};
  if (prospects.any()) report.parts.push_back(outlook_part(context, opportunities, prospects));
  if (!of_scenarios.empty()) report.parts.push_back(scenario_part(scenarios, of_scenarios));
  report.parts.push_back(findings_part(report.findings, report.rules));
  report.parts.push_back(provenance_part(context));
  return report;
}

}  // namespace potentia::drilldown
