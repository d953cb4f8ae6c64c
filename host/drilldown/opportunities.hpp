// What the table of opportunities and the findings about products share.
#pragma once

#include <cstdint>
#include <vector>

#include "host/drilldown/context.hpp"
#include "host/drilldown/flags.hpp"
#include "host/drilldown/rivals.hpp"

namespace potentia::drilldown {

struct Opportunities {
  std::vector<std::int32_t> order;  ///< positions along the result's products, largest unrealised first
  MarketDemand demand;              ///< by product of the result
  std::vector<FlagSet> flags;       ///< by product of the result
};

/// What `make_context` calls once the rest of the context stands.
Opportunities find_opportunities(const Context& context);

}  // namespace potentia::drilldown
