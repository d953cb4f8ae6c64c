// The rate of one product that an exporter pays, and what grants it (METHOD.md, "Tariffs in a year y").
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "host/model/tariff_rows.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// A rate with the regime of it, or one of TariffDetail's two numbers for none.
struct Granted {
  double rate = 0.0;
  std::int32_t by = TariffDetail::no_line;
};

/// The lowest of MFN and of every regime that lists the product; the first that reaches it, MFN before all others.
/// @param rate_of rate of a regime by its index, NaN where it does not list the product
/// @param regimes what may be used beside MFN, ascending
/// @param mfn_missing the MFN rate stands in for one that is not listed
template <class RateOf>
Granted lowest_rate(const Tariffs& tariffs, const RateOf& rate_of, bool mfn_missing, bool in_union,
                    const std::vector<std::int32_t>& regimes) {
  Granted lowest;
  const double mfn = rate_of(0);
  if (std::isnan(mfn)) return lowest;  // no regime lists it either
  lowest = {mfn, 0};
  bool listed = false;
  for (const std::int32_t regime : regimes) {
    const double rate = rate_of(regime);
    if (std::isnan(rate)) continue;
    listed = true;
    // An exporter's own rate is not MFN, also where it is the one that stands for it.
    const bool stands_for_mfn = mfn_missing && lowest.by == 0 && rate == lowest.rate && tariffs.is_applied(regime);
    if (rate < lowest.rate || stands_for_mfn) lowest = {rate, regime};
  }
  if (in_union && !listed) return {0.0, TariffDetail::customs_union};
  return lowest;
}

}  // namespace potentia
