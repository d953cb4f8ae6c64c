// What the table of opportunities and the findings about products share.
#pragma once

#include <cstdint>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/flags.hpp"
#include "host/drilldown/facts/rivals.hpp"

namespace potentia::drilldown {

struct Opportunities {
  std::vector<std::int32_t> order;  ///< positions along the result's products, largest unrealised first
  MarketDemand demand;              ///< by product of the result
  std::vector<FlagSet> flags;       ///< by product of the result
};

/// Ranks the products, and looks up rivals and flags.
Opportunities find_opportunities(const Context& context);

}  // namespace potentia::drilldown
