// What decides the costs of a pair under a set of instruments: pairs with the same key share a row of rates.
#pragma once

#include <tuple>
#include <vector>

#include "host/scenario/compile.hpp"

namespace potentia {

/// Kinds of instruments that act through rows of rates and multipliers.
inline bool acts_on_costs(InstrumentKind kind) {
  return kind == InstrumentKind::tariff || kind == InstrumentKind::utilisation || kind == InstrumentKind::cost ||
         kind == InstrumentKind::ease || kind == InstrumentKind::distance;
}

struct VariantCompiler::PairKey {
  std::int32_t schedule = -1;  ///< -1 = no tariffs known
  bool in_union = false;
  std::vector<std::int32_t> regimes;                   ///< that may be used at the horizon
  std::vector<const ResolvedInstrument*> instruments;  ///< of rates, shares, costs and ease, in their order
  std::int64_t pair = -1;                              ///< where the row depends on the pair itself
  bool is_base = false;                                ///< nothing changes

  bool operator<(const PairKey& other) const {
    return std::tie(schedule, in_union, regimes, instruments, pair) <
           std::tie(other.schedule, other.in_union, other.regimes, other.instruments, other.pair);
  }
};

}  // namespace potentia
