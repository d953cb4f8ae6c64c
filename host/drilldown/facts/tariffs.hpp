// Tariffs that one party faces in another, product by product, before and after.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/drilldown/report.hpp"
#include "host/model/base_trade.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia::drilldown {

/// What a regime column says where no preference is the answer.
inline constexpr const char* regime_mfn_free = "MFN free";       ///< the MFN rate is 0 already
inline constexpr const char* regime_mfn = "MFN";                 ///< dutiable, and no preference beats it
inline constexpr const char* regime_applied = "applied rate";    ///< rates by exporter, of no regime to name
inline constexpr const char* regime_customs_union = "customs union";  ///< nothing is paid within it
inline constexpr const char* regime_no_line = "no tariff line";       ///< a schedule without the product: counts as 0
inline constexpr const char* regime_no_schedule = "not known";   ///< a market without a schedule

/// How much of the exporter's base-period trade with the market, in products of the result, a regime is for.
struct RegimeUse {
  std::string regime;     ///< as in FacedTariffs
  double best_now = 0.0;  ///< USD whose lowest rate it grants (or the first of several that do)
  double best_horizon = 0.0;
  double eligible_now = 0.0;  ///< USD for which this preference grants less than MFN, whether or not another
                              ///< grants as little; 0 unless it is a preference
  double eligible_horizon = 0.0;
  bool preference = false;
};

/// All by product of the result (Solution::axes.products); fractions, NaN where nothing is known. Means over pairs of
/// members are weighted by base-period trade in the product, equally where they trade none; pairs whose market has no
/// schedule take no part in them.
struct FacedTariffs {
  bool known = false;                              ///< whether some member of the market has a tariff schedule
  std::vector<double> now, horizon;                ///< faced by the exporter's members; NaN without a schedule
  std::vector<double> rivals_now, rivals_horizon;  ///< trade-weighted mean faced by all other exporters there; NaN
                                                   ///< where none of them sells the product to the market
  std::vector<std::string> regime_now,
      regime_horizon;              ///< what grants the lowest rate: "MFN free" where MFN is 0
                                   ///< already, a regime's name, "MFN" where nothing beats it; that of
                                   ///< the pair of members with most trade (first by code if none)
  std::vector<char> line_missing;  ///< a schedule of the market has no MFN line for the product
  std::vector<double> weight;      ///< USD: trade of the pairs with a schedule, so that Σ weight now /
                                   ///< Σ weight is the trade-weighted mean over products and pairs
  std::vector<RegimeUse> regimes;  ///< in the order "MFN free", preferences as in the world, "MFN", what
                                   ///< is not known; only those that concern some trade
};

/// @param products world indices of the result's products
FacedTariffs faced_tariffs(const World& world, const Settings& settings, const std::vector<std::int32_t>& products,
                           const Party& exporter, const Party& market, const BaseTrade& trade, int threads);

}  // namespace potentia::drilldown
