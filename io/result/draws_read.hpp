// draws.h5 read back: what `info` and `validate` need of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/uncertainty.hpp"

namespace potentia {

struct DrawsFileSummary {
  std::int64_t draws = 0, seed = 0, horizon_year = 0;
  std::vector<std::int64_t> base_years;
  std::size_t exporters = 0, markets = 0, cells = 0;
  Uncertainty uncertainty;
  std::string digest, run;
};

/// @throws Error(input) when the file is no draws.h5 or damaged
DrawsFileSummary read_draws_summary(const std::string& path);

/// Whether it says what io/README.md promises: values are those that were written, quantiles ascend and lie around the
/// median, deviations are not negative, shares lie between 0 and 1.
/// @throws Error(input) naming the first dataset that does not
void check_draws(const std::string& path);

}  // namespace potentia
