// The parts of a report, each in a file of its own.
#pragma once

#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/opportunities.hpp"
#include "host/drilldown/report.hpp"

namespace potentia::drilldown {

Part trade_part(const Context& context);         ///< 1 trade over the years
Part composition_part(const Context& context);   ///< 2 what trade is made of
Part access_part(const Context& context);        ///< 3 tariffs, regimes and their use
Part logistics_part(const Context& context);     ///< 4 logistics performance
Part potential_part(const Context& context);     ///< 5 potential, realised and not, and why it changes
Part opportunities_part(const Context& context, const Opportunities& found);  ///< 6 products one by one
Part findings_part(const std::vector<Finding>& findings);  ///< 7 the sentences as a table, with the rule behind each
Part provenance_part(const Context& context);    ///< 8 sources, switches, fills, how to cite

}  // namespace potentia::drilldown
