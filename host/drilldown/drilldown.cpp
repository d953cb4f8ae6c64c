#include "host/drilldown/drilldown.hpp"

#include <utility>

#include "host/drilldown/context.hpp"
#include "host/drilldown/parts.hpp"
#include "host/solver.hpp"

namespace potentia::drilldown {

Report make_report(const World& world, const Settings& settings, Party exporter, Party market, Backend& backend,
                   const ProgressSink& progress) {
  Selection selection;
  selection.exporters = exporter.members;
  const Solution solution = solve(world, settings, selection, backend, progress);
  const Context context = make_context(world, solution, backend, std::move(exporter), std::move(market));

  Report report;
  report.exporter = context.exporter;
  report.market = context.market;
  report.base_years = solution.settings.world.base_years;
  report.horizon_year = solution.settings.world.horizon_year;
  report.world_title = world.title;
  report.parts = {trade_part(context),     composition_part(context), access_part(context),
                  logistics_part(context), potential_part(context),   opportunities_part(context),
                  findings_part(context),  provenance_part(context)};
  report.findings = make_findings(context);
  report.rules = finding_rules();
  return report;
}

}  // namespace potentia::drilldown
