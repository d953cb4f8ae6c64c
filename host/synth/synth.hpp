// A made-up world with the shape of the real one: for the demo, for tests at any size and for benchmarks.
#pragma once

#include <cstdint>

#include "io/world/world.hpp"

namespace potentia {

struct SynthOptions {
  std::int32_t countries = 226;
  std::int32_t products = 5079;
  std::int32_t years = 5;
  double density = 0.04;    ///< share of the (exporter, other market, product) cells that trade in a year, about
  std::uint64_t seed = 1;
  std::int32_t last_year = 2024;  ///< the last year of trade; the horizon is five years later

  static constexpr std::int32_t max_countries = 2000;
  static constexpr std::int32_t max_products = 60000;
  static constexpr std::int32_t max_years = 30;
  static constexpr double max_density = 0.9;
};

/// The synthetic world of these options: gravity-shaped trade with heavy tails and few non-zero cells, growth paths,
/// tariffs with regimes of which some end before the horizon, products out of scope, and gaps where real data have
/// them. The same options give the same bits on every machine and with any number of threads. Every value of trade is
/// a whole number of US dollars. With two countries or more every year has at least one flow.
/// @throws Error(usage) for options outside their limits, Error(resources), Error(interrupted)
World make_synthetic_world(const SynthOptions& options);

}  // namespace potentia
