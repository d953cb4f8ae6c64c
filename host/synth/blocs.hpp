// Who grants whom what: trade agreements that the synthetic tariffs are modelled on.
#pragma once

#include <cstdint>
#include <vector>

namespace potentia::synth {

/// Members trade with each other under `regime` at a part of the ordinary rate.
struct Agreement {
  const char* regime;
  std::vector<const char*> members;  ///< ISO3 codes, or "EU" for all of its members
  double coverage;                   ///< share of the lines it lists
  double rate_kept;                  ///< share of the ordinary rate that is left
  std::int32_t starts_after;         ///< years after the last year of trade, 0 = it has always been in force
};

/// Markets that grant poorer exporters a preference without being granted one.
struct Preference {
  const char* regime;
  std::vector<const char*> markets;
  bool least_developed_only;
  double coverage;
  double rate_kept;
};

const std::vector<Agreement>& agreements();
const std::vector<Preference>& preferences();

bool is_least_developed(const char* iso3) noexcept;

/// Leaves the list of least developed countries two years after the last year of trade.
bool graduates(const char* iso3) noexcept;

}  // namespace potentia::synth
