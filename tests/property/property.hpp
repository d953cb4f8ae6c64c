// What the property tests share: solving a case on the processor.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "host/model/solver.hpp"
#include "tests/support/compare.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/reference.hpp"

namespace potentia::testing {

/// The processor's backend with so many threads; made once.
inline Backend& cpu(int threads = 1) {
  static std::map<int, std::unique_ptr<Backend>> backends;
  std::unique_ptr<Backend>& backend = backends[threads];
  if (!backend) backend = make_backend(BackendChoice::cpu, threads);
  return *backend;
}

inline Solution solved(const World& world, const Settings& settings, const Selection& selection = {}, int threads = 1) {
  return solve(world, settings, selection, cpu(threads), {});
}

inline Solution solved(const Case& c) { return solved(c.world, c.settings); }

/// Expects that the property holds on `worlds` random worlds from `first_seed` on; prints the smallest counterexample.
inline void expect_holds(int worlds, std::uint64_t first_seed, const Property& property) {
  EXPECT_EQ(falsify(property, world_count(worlds), first_seed), "");
}

/// "" or what differs: |value − expected| ≤ tolerance · scale.
inline std::string unless_near(const std::string& what, double value, double expected, double scale,
                               double tolerance = 1e-11) {
  const double error = value > expected ? value - expected : expected - value;
  if (error <= tolerance * scale) return {};
  return what + ": " + std::to_string(value) + " instead of " + std::to_string(expected) + ", off by " +
         std::to_string(error / scale) + " of the scale";
}

}  // namespace potentia::testing
