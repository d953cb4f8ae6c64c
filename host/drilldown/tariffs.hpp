// Tariffs that one party faces in another, product by product, before and after.
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/report.hpp"
#include "io/settings.hpp"
#include "io/world.hpp"

namespace potentia::drilldown {

/// All by product of the result (Solution::axes.products); fractions, NaN where nothing is known. Means over pairs of
/// members are weighted by base-period trade in the product, equally where they trade none.
struct FacedTariffs {
  bool known = false;                              ///< whether some member of the market has a tariff schedule
  std::vector<double> now, horizon;                ///< faced by the exporter's members; NaN without a schedule
  std::vector<double> rivals_now, rivals_horizon;  ///< trade-weighted mean faced by all other exporters there; NaN
                                                   ///< where none of them sells the product to the market
  std::vector<std::string> regime_now, regime_horizon;  ///< what grants the lowest rate: "MFN free" where MFN is 0
                                                   ///< already, a regime's name, "MFN" where nothing beats it; that of
                                                   ///< the pair of members with most trade (first by code if none)
  std::vector<char> line_missing;                  ///< a schedule is known but has no MFN line for the product
};

/// @param products world indices of the result's products
FacedTariffs faced_tariffs(const World& world, const Settings& settings, const std::vector<std::int32_t>& products,
                           const Party& exporter, const Party& market);

}  // namespace potentia::drilldown
