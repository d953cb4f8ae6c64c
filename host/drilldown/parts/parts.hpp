// The parts of a report, each in a file of its own.
#pragma once

#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/opportunities.hpp"
#include "host/drilldown/facts/prospects.hpp"
#include "host/drilldown/facts/scenarios.hpp"
#include "host/drilldown/report.hpp"

namespace potentia::drilldown {

Part trade_part(const Context& context);         ///< 1 trade over the years
Part composition_part(const Context& context);   ///< 2 what trade is made of
Part access_part(const Context& context);        ///< 3 tariffs, regimes and their use
Part logistics_part(const Context& context);     ///< 4 logistics performance
Part potential_part(const Context& context);     ///< 5 potential, realised and not, and why it changes
/// 6 products one by one
Part opportunities_part(const Context& context, const Opportunities& found, const Prospects& prospects);
/// How likely, how sure: if the report has an outlook or draws.
Part outlook_part(const Context& context, const Opportunities& found, const Prospects& prospects);
/// What changes under the assumptions of scenario files, if the report has any.
Part scenario_part(const Scenarios& scenarios, const std::vector<ScenarioFacts>& facts);
/// 7 the sentences as a table, with the rule behind each
Part findings_part(const std::vector<Finding>& findings, const std::vector<Rule>& rules);
Part provenance_part(const Context& context);    ///< 8 sources, switches, fills, how to cite

}  // namespace potentia::drilldown
