// The order of the steps that make a synthetic world.
#include "host/synth/synth.hpp"

#include "host/synth/parts.hpp"

namespace potentia {
namespace {

void check_option(bool good, const char* flag, const std::string& range) {
  if (!good) throw Error(ErrorKind::usage, std::string(flag) + " is out of range", "", "give " + range);
}

void check_options(const SynthOptions& options) {
  const auto up_to = [](std::int32_t limit) { return "a number from 1 to " + std::to_string(limit); };
  using Limits = SynthOptions;
  check_option(options.countries >= 1 && options.countries <= Limits::max_countries, "--countries",
               up_to(Limits::max_countries));
  check_option(options.products >= 1 && options.products <= Limits::max_products, "--products",
               up_to(Limits::max_products));
  check_option(options.years >= 1 && options.years <= Limits::max_years, "--years", up_to(Limits::max_years));
  check_option(options.density > 0.0 && options.density <= Limits::max_density, "--density",
               "a share above 0 and up to 0.9");
  check_option(options.last_year >= 1900 && options.last_year <= 2200, "--last-year", "a year from 1900 to 2200");
}

}  // namespace

World make_synthetic_world(const SynthOptions& options) {
  check_options(options);
  World world;
  world.hs_revision = "HS17";
  for (std::int32_t n = options.years - 1; n >= 0; --n) world.base_years.push_back(options.last_year - n);
  world.horizon_year = options.last_year + 5;
  world.title = "Synthetic world, made up for tests and demonstrations: no number in it describes a real country";
  world.title += " (seed " + std::to_string(options.seed) + ")";

  const std::vector<synth::Place> places = synth::make_countries(options, world);
  synth::make_distances(options, places, world);
  synth::make_macro(options, places, world);
  synth::make_products(options, world);
  synth::make_tariffs(options, places, world);
  synth::make_trade(options, places, world);
  return world;
}

}  // namespace potentia
