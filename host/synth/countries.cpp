// Countries, the distances between them, and how they grow.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "host/synth/country_table.hpp"
#include "host/synth/parts.hpp"

namespace potentia::synth {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double earth_radius_km = 6371.0;

// Sine and arctangent by series: the C library's may differ in the last bit between machines.
double sine(double x) {  // |x| <= pi, to some 1e-12
  double term = x;
  double sum = x;
  for (int n = 1; n <= 13; ++n) {
    term *= -x * x / (2.0 * n * (2.0 * n + 1.0));
    sum += term;
  }
  return sum;
}

double cosine(double x) {
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n <= 13; ++n) {
    term *= -x * x / ((2.0 * n - 1.0) * 2.0 * n);
    sum += term;
  }
  return sum;
}

double arctangent(double x) {  // 0 <= x <= 1
  const double half = x / (1.0 + std::sqrt(1.0 + x * x));
  double power = half;
  double sum = half;
  for (int n = 1; n <= 20; ++n) {
    power *= -half * half;
    sum += power / (2.0 * n + 1.0);
  }
  return 2.0 * sum;
}

struct Direction {
  double x, y, z;
};

Direction direction_of(const Place& place) {
  const double latitude = place.latitude * (pi / 180.0);
  const double longitude = place.longitude * (pi / 180.0);
  return {cosine(latitude) * cosine(longitude), cosine(latitude) * sine(longitude), sine(latitude)};
}

double great_circle_km(const Direction& a, const Direction& b) {
  const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
  const double half_chord = std::min(1.0, 0.5 * std::sqrt(x * x + y * y + z * z));
  const double angle = 4.0 * arctangent(half_chord / (1.0 + std::sqrt(1.0 - half_chord * half_chord)));
  return earth_radius_km * angle;
}

/// X01 … X99, Y01 …: a code that no country has. S is left out, because of S19.
std::string made_up_code(std::size_t n) {
  static constexpr char letters[] = "XYZQWVUTRPONMLKJIHGFEDCBA";
  char text[8];
  std::snprintf(text, sizeof text, "%c%02u", letters[n / 99], static_cast<unsigned>(n % 99 + 1));
  return text;
}

constexpr std::size_t first_small_country = 40;  // gaps in the data concern those after it

}  // namespace

std::vector<Place> make_countries(const SynthOptions& options, World& world) {
  struct Entry {
    Country country;
    Place place;
  };
  std::vector<Entry> entries;
  for (std::size_t rank = 0; rank < static_cast<std::size_t>(options.countries); ++rank) {
    const std::uint64_t key = key_of(options.seed, Stream::country, rank);
    Entry entry;
    if (rank < known_country_count()) {
      const CountryFacts& facts = known_country(rank);
      entry.country = {facts.iso3, facts.iso2, facts.name};
      // Up to half a degree aside: the table is in whole degrees and would put neighbours upon each other.
      entry.place = {rank, facts.latitude + unit_interval(draw(key, 0)) - 0.5,
                     facts.longitude + unit_interval(draw(key, 1)) - 0.5, facts.gdp * 1e9, facts.population * 1e6};
    } else {
      const std::string code = made_up_code(rank - known_country_count());
      entry.country = {code, "", "Made-up country " + code};
      const double gdp = exp(24.0 + 2.0 * nearly_normal(draw(key, 2)));
      const double income = exp(9.0 + 1.2 * nearly_normal(draw(key, 3)));
      entry.place = {rank, 120.0 * unit_interval(draw(key, 0)) - 60.0, 358.0 * unit_interval(draw(key, 1)) - 179.0, gdp,
                     gdp / income};
    }
    entry.place.gdp *= exp(0.05 * nearly_normal(draw(key, 4)));
    entry.place.population *= exp(0.05 * nearly_normal(draw(key, 5)));
    entry.place.longitude = std::clamp(entry.place.longitude, -180.0, 180.0);
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.country.iso3 < b.country.iso3; });
  std::vector<Place> places;
  for (Entry& entry : entries) {
    world.countries.push_back(std::move(entry.country));
    places.push_back(entry.place);
  }
  return places;
}

void make_distances(const SynthOptions& options, const std::vector<Place>& places, World& world) {
  const std::size_t count = places.size();
  std::vector<Direction> directions;
  std::vector<bool> unknown;  // countries that the distance table does not know at all
  for (const Place& place : places) {
    directions.push_back(direction_of(place));
    unknown.push_back(place.rank >= first_small_country &&
                      key_of(options.seed, Stream::distance, place.rank) % 25 == 0);
  }
  world.distance.assign(count * count, missing_value);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const std::uint64_t low = std::min(places[i].rank, places[j].rank);
      const std::uint64_t high = std::max(places[i].rank, places[j].rank);
      const bool gap = low != high && high >= first_small_country &&
                       key_of(options.seed, Stream::distance, low, high) % 500 == 0;
      if (unknown[i] || unknown[j] || gap) continue;
      const double inside = 10.0 + 3.0 * std::sqrt(places[i].population * 1e-6);
      const double km = i == j ? inside : std::max(10.0, great_circle_km(directions[i], directions[j]));
      world.distance[i * count + j] = std::floor(km * 10.0 + 0.5) / 10.0;
    }
  }
}

bool is_poor(const Place& place) { return place.gdp < 6000.0 * place.population; }

double yearly_growth(const SynthOptions& options, const Place& place) {
  const std::uint64_t key = key_of(options.seed, Stream::growth, place.rank);
  return std::clamp(0.022 + (is_poor(place) ? 0.02 : 0.0) + 0.013 * nearly_normal(draw(key, 0)), -0.02, 0.09);
}

void make_macro(const SynthOptions& options, const std::vector<Place>& places, World& world) {
  const std::int32_t first = world.base_years.front();
  for (std::int32_t year = first; year <= world.horizon_year; ++year) world.macro.years.push_back(year);
  const std::size_t years = world.macro.years.size();
  world.macro.gdp.assign(places.size() * years, missing_value);
  world.macro.population.assign(places.size() * years, missing_value);
  for (std::size_t c = 0; c < places.size(); ++c) {
    const Place& place = places[c];
    const std::uint64_t key = key_of(options.seed, Stream::growth, place.rank);
    const double catching_up = is_poor(place) ? 0.02 : 0.0;
    const double growth = yearly_growth(options, place);
    const double births = std::clamp(0.004 + 0.4 * catching_up + 0.006 * nearly_normal(draw(key, 1)), -0.012, 0.035);
    const std::uint64_t gap = place.rank < first_small_country ? 99 : draw(key, 2) % 40;
    const bool no_gdp = gap <= 2, no_projection = gap == 3 || gap == 4, no_population = gap == 5;
    for (std::size_t y = 0; y < years; ++y) {
      const double elapsed = world.macro.years[y] - options.last_year;
      // Years gone by have their ups and downs, projections run smoothly.
      const double surprise = elapsed < 0.0 ? 0.015 * nearly_normal(draw(key, 100 + y)) : 0.0;
      const double gdp = std::floor(place.gdp * exp(growth * elapsed + surprise) + 0.5);
      const double population = std::floor(place.population * exp(births * elapsed) + 0.5);
      if (!no_gdp && !(no_projection && elapsed > 0.0)) world.macro.gdp[c * years + y] = std::max(1.0, gdp);
      if (!no_population) world.macro.population[c * years + y] = std::max(1.0, population);
    }
  }
}

}  // namespace potentia::synth
