// The steps of making a synthetic world; each fills its part of it.
#pragma once

#include <cstdint>
#include <vector>

#include "host/synth/random.hpp"
#include "host/synth/synth.hpp"

namespace potentia::synth {

/// What the world is drawn from and does not itself say.
struct Place {
  std::size_t rank;   ///< place in the table of known countries, or beyond it: identifies the country's draws
  double latitude;    ///< degrees north
  double longitude;   ///< degrees east
  double gdp;         ///< USD in the last year of trade
  double population;  ///< persons in the last year of trade
};

/// Countries in ascending order of their codes. Returns their places, in the same order.
std::vector<Place> make_countries(const SynthOptions& options, World& world);

/// Great-circle distances in kilometres, some unknown.
void make_distances(const SynthOptions& options, const std::vector<Place>& places, World& world);

/// GDP per head below 6,000 USD.
bool is_poor(const Place& place);

/// The logarithmic growth of its GDP per year.
double yearly_growth(const SynthOptions& options, const Place& place);

/// Levels of GDP and population for every year to the horizon, some missing.
void make_macro(const SynthOptions& options, const std::vector<Place>& places, World& world);

/// Products with sectors, processing levels and elasticities.
void make_products(const SynthOptions& options, World& world);

/// Gives every product the built-in sector of its chapter.
void assign_sectors(World& world);

/// Tariff schedules and who may use which regime when.
void make_tariffs(const SynthOptions& options, const std::vector<Place>& places, World& world);

/// The flows of every year. Needs everything above but the tariffs.
void make_trade(const SynthOptions& options, const std::vector<Place>& places, World& world);

/// The HS chapter of a product, from its code.
inline int chapter_of(const Product& product) { return (product.code[0] - '0') * 10 + (product.code[1] - '0'); }

}  // namespace potentia::synth
