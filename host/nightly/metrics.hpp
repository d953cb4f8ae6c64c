// The state of affairs for Prometheus, in the text format that node_exporter's textfile collector reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/nightly/record.hpp"

namespace potentia::nightly {

/// What is known when a night is over, or has failed before it had a record.
struct Metrics {
  const RunRecord* run = nullptr;            ///< null where there is none
  std::int64_t finished = 0;                 ///< now, seconds since 1970; likewise the next
  std::optional<std::int64_t> last_success;  ///< when the latest complete run began
};

/// Every series with HELP and TYPE. Worlds and phases are labels.
std::string metrics_text(const Metrics& metrics);

}  // namespace potentia::nightly
