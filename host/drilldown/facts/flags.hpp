// Confidence flags of the pair's products.
#pragma once

#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/rivals.hpp"
#include "host/model/flags.hpp"

namespace potentia::drilldown {

/// By product of the result.
std::vector<FlagSet> product_flags(const Context& context, const MarketDemand& demand);

}  // namespace potentia::drilldown
