// See opportunities.hpp.
#include "host/drilldown/facts/opportunities.hpp"

#include "host/drilldown/facts/pair_sums.hpp"

namespace potentia::drilldown {

Opportunities find_opportunities(const Context& context) {
  Opportunities found;
  found.order = ranked_products(context, column_unrealized);
  found.demand = market_demand(context);
  found.flags = product_flags(context, found.demand);
  return found;
}

}  // namespace potentia::drilldown
