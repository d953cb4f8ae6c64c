// Seeded random worlds and settings with everything that goes wrong in real ones, and the loop that runs a property
// over many of them and shrinks a failure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia::testing {

/// Size and features of a random world; the seed decides everything else.
struct Shape {
  std::int32_t countries = 3;
  std::int32_t products = 5;
  std::int32_t years = 1;
  std::int32_t sectors = 1;
  bool tariffs = true;
  bool gaps = true;                  ///< missing distances, GDP, population, σ, ε
  bool out_of_scope = true;
  bool elasticity_by_market = false;

  std::string describe() const;
};

/// A world to check and the settings to check it with. Deterministic in (seed, shape).
struct Case {
  std::uint64_t seed = 0;
  Shape shape;
  World world;
  Settings settings;  ///< lists every cell: top = 0, no thresholds

  std::string describe() const;
};

Shape random_shape(std::uint64_t seed);
Case random_case(std::uint64_t seed, const Shape& shape);

/// The same world with its countries and products in another order and under other codes.
/// `country[c]` and `product[k]` are the new indices of country c and product k.
World permuted(const World& world, const std::vector<std::int32_t>& country, const std::vector<std::int32_t>& product);

/// All trade values times a factor.
void scale_trade(World& world, double factor);

/// A copy; worlds themselves only move.
World copy_of(const World& world);

/// What a property says of a case: empty where it holds, otherwise what is wrong.
using Property = std::function<std::string(const Case&)>;

/// Number of worlds of a property: `usual`, a quarter of it under a sanitizer, all times POTENTIA_TEST_WORLDS (a factor).
int world_count(int usual);

/// Runs the property over seeds first_seed, first_seed + 1, … A failure is shrunk to the smallest world that still
/// fails; returns its description and complaint, or an empty text.
std::string falsify(const Property& property, int worlds, std::uint64_t first_seed);

}  // namespace potentia::testing
