// See random_world.hpp: making the worlds.
#include "tests/support/random_world.hpp"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "tests/support/random.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::testing {
namespace {

std::string country_code(std::size_t c) {
  return {static_cast<char>('A' + c / 676), static_cast<char>('A' + c / 26 % 26), static_cast<char>('A' + c % 26)};
}

std::string product_code(std::size_t k) {
  std::string code = std::to_string(10121 + 137 * k);
  return std::string(6 - code.size(), '0') + code;
}

enum Role : int { both_ways, only_exports, only_imports, absent };

void add_names(World& world, const Shape& shape, Random& random) {
  for (std::int32_t c = 0; c < shape.countries; ++c) {
    const std::string code = country_code(static_cast<std::size_t>(c));
    world.countries.push_back({code, code.substr(1), "Country " + code});
  }
  for (std::int32_t s = 0; s < shape.sectors; ++s) world.sectors.push_back("Sector " + std::to_string(s));
  for (std::int32_t k = 0; k < shape.products; ++k) {
    Product product;
    product.code = product_code(static_cast<std::size_t>(k));
    product.name = "Product " + product.code;
    product.in_scope = !(shape.out_of_scope && random.chance(0.15));
    product.sector = static_cast<std::int32_t>(random.below(static_cast<std::size_t>(shape.sectors)));
    world.products.push_back(product);
  }
}

void add_trade(World& world, const Shape& shape, Random& random) {
  const double densities[] = {0.03, 0.1, 0.3, 0.7, 1.0};
  const double density = random.pick(densities);
  std::vector<Role> role(static_cast<std::size_t>(shape.countries), both_ways);
  if (shape.countries > 3) {
    for (Role& r : role) {
      if (random.chance(0.3)) r = static_cast<Role>(1 + random.below(3));
    }
  }
  std::int32_t year = 2015 + static_cast<std::int32_t>(random.below(5));
  const auto sells = [&](std::int32_t c) { return role[static_cast<std::size_t>(c)] < only_imports; };
  const auto buys = [&](std::int32_t c) { return role[static_cast<std::size_t>(c)] % 2 == 0; };
  for (std::int32_t y = 0; y < shape.years; ++y) {
    std::vector<Flow> flows;
    for (std::int32_t k = 0; k < shape.products; ++k) {
      const bool rare = random.chance(0.2);
      for (std::int32_t i = 0; i < shape.countries; ++i) {
        for (std::int32_t j = 0; j < shape.countries; ++j) {
          if (i == j || !sells(i) || !buys(j) || !random.chance(rare ? density / 10 : density)) continue;
          flows.push_back({k, i, j, random.chance(0.02) ? 0.0 : random.spread(1e3, 1e9)});
        }
      }
    }
    if (flows.empty()) {
      flows.push_back({static_cast<std::int32_t>(random.below(world.products.size())), 0, 1, random.spread(1e3, 1e9)});
    }
    world.trade.push_back(trade_year(year, world.products.size(), std::move(flows)));
    world.base_years.push_back(year);
    year += 1 + static_cast<std::int32_t>(random.below(2));
  }
  world.horizon_year = world.base_years.back() + static_cast<std::int32_t>(random.below(7));
}

void add_gravity(World& world, const Shape& shape, Random& random) {
  const std::size_t n = world.countries.size();
  const double unknown_pairs = shape.gaps && random.chance(0.6) ? 0.15 : 0.0;
  const bool symmetric = random.chance(0.7), unknown_country = shape.gaps && random.chance(0.3);
  world.distance.assign(n * n, missing_value);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j && random.chance(0.5)) continue;
      if (unknown_country && (i == 1 || j == 1)) continue;
      if (random.chance(unknown_pairs)) continue;
      world.distance[i * n + j] = symmetric && j < i ? world.distance[j * n + i] : random.spread(80, 19000);
    }
  }
}

void add_macro(World& world, const Shape& shape, Random& random) {
  const double gap_choices[] = {0.0, 0.1, 0.5, 1.0};
  const double gaps = shape.gaps ? random.pick(gap_choices) : 0.0;
  const double growth_choices[] = {0.0, 1e-4, 0.03, 0.3};  // none, next to none (the series branch), usual, wild
  const double growth = random.pick(growth_choices);
  for (std::int32_t year = world.base_years.front() - 1; year <= world.horizon_year + 3; ++year) {
    world.macro.years.push_back(year);
  }
  for (std::size_t c = 0; c < world.countries.size(); ++c) {
    double gdp = random.spread(1e9, 1e13), population = random.spread(1e5, 1e9);
    const double missing = c == 0 ? 0.0 : gaps * 0.5;  // a table in which nobody has both years is an error
    for (std::size_t y = 0; y < world.macro.years.size(); ++y) {
      world.macro.gdp.push_back(random.chance(missing) ? missing_value : gdp);
      world.macro.population.push_back(random.chance(missing) ? missing_value : population);
      gdp *= 1 + growth * random.uniform(-0.4, 1.0);
      population *= 1 + growth * random.uniform(-0.3, 0.5);
    }
  }
}

void add_elasticities(World& world, const Shape& shape, Random& random) {
  const double gaps = shape.gaps && random.chance(0.6) ? 0.25 : 0.0;
  for (std::size_t k = 0; k < world.products.size(); ++k) {
    world.sigma.push_back(random.chance(gaps) ? missing_value : random.spread(0.3, 16));
  }
  const std::size_t rows = shape.elasticity_by_market ? world.countries.size() : 1;
  if (shape.gaps && random.chance(0.25)) return;
  for (std::size_t c = 0; c < rows * world.products.size(); ++c) {
    const bool missing = random.chance(gaps), zero = random.chance(0.05);
    world.income_elasticity.push_back(missing ? missing_value : zero ? 0.0 : random.uniform(0.1, 2.4));
  }
}

void add_tariffs(World& world, Random& random) {
  Tariffs& tariffs = world.tariffs;
  const std::size_t n = world.countries.size();
  // A union of a third of the countries shares one schedule; others have their own or none.
  tariffs.regimes = {"MFN", "FTA", "GSP", "LDC"};
  tariffs.schedules = {"EU"};
  for (std::size_t c = 0; c < n; ++c) {
    if (c % 3 == 1) {
      tariffs.market_schedule.push_back(0);
    } else if (random.chance(0.25)) {
      tariffs.market_schedule.push_back(-1);
    } else {
      tariffs.market_schedule.push_back(static_cast<std::int32_t>(tariffs.schedules.size()));
      tariffs.schedules.push_back(world.countries[c].iso3);
    }
  }
  const auto regimes = static_cast<std::int32_t>(tariffs.regimes.size());
  for (std::size_t s = 0; s < tariffs.schedules.size(); ++s) {
    const double cover_choices[] = {0.0, 0.5, 0.9, 1.0};
    const double level = random.uniform(0.02, 0.4);
    for (std::int32_t r = 0; r < regimes; ++r) {
      const double cover = r == 0 ? (random.chance(0.7) ? 1.0 : 0.8) : random.pick(cover_choices);
      for (std::size_t k = 0; k < world.products.size(); ++k) {
        if (!random.chance(cover)) continue;
        const bool zero = random.chance(r == 0 ? 0.2 : 0.5), peak = random.chance(0.01);
        tariffs.line_schedule.push_back(static_cast<std::int32_t>(s));
        tariffs.line_regime.push_back(r);
        tariffs.line_product.push_back(static_cast<std::int32_t>(k));
        tariffs.line_rate.push_back(zero ? 0.0 : peak ? 3.0 : random.uniform(0.0, 2 * level));
      }
    }
  }
  const std::int32_t base = world.base_years.back(), horizon = world.horizon_year;
  const double membership = random.uniform(0.05, 0.6);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::int32_t r = 1; r < regimes; ++r) {
      for (std::size_t i = 0; i < n; ++i) {
        if (i == j || !random.chance(membership)) continue;
        const std::int32_t firsts[] = {Tariffs::first_open, Tariffs::first_open, base, base + 1, horizon, horizon + 1};
        const std::int32_t lasts[] = {Tariffs::last_open, Tariffs::last_open, base - 1, base, horizon - 1, horizon};
        const int windows = random.chance(0.1) ? 2 : 1;
        for (int w = 0; w < windows; ++w) {
          tariffs.member_market.push_back(static_cast<std::int32_t>(j));
          tariffs.member_regime.push_back(r);
          tariffs.member_exporter.push_back(static_cast<std::int32_t>(i));
          tariffs.member_first_year.push_back(random.pick(firsts));
          tariffs.member_last_year.push_back(random.pick(lasts));
        }
      }
    }
  }
}

Settings random_settings(const World& world, Random& random) {
  Settings settings;
  settings.cells.top = 0;
  settings.cells.thresholds = false;
  settings.method.ease = random.chance(0.5) ? "calibrated" : "trade_share";
  settings.method.distance_fit = random.chance(0.75);
  settings.method.net_importer_correction = random.chance(0.75);
  settings.method.tariffs = random.chance(0.85);
  settings.method.missing_years = random.chance(0.5) ? "skip" : "zero";
  std::vector<std::int32_t> years = world.base_years;
  if (years.size() > 1 && random.chance(0.4)) {
    years.erase(years.begin() + static_cast<std::ptrdiff_t>(random.below(years.size())));
    settings.world.base_years = years;
  }
  if (random.chance(0.5)) {
    for (std::size_t y = 0; y < years.size(); ++y) {
      settings.method.weights.push_back(y > 0 && random.chance(0.2) ? 0.0 : random.uniform(0.2, 3));
    }
  }
  if (random.chance(0.3)) {
    settings.world.horizon_year = years.back() + static_cast<std::int32_t>(random.below(4));
  }
  return settings;
}

/// A product in scope that is traded under these settings, or the number of products.
std::size_t traded_product(const World& world, const Settings& settings, bool with_sigma) {
  const auto& years = settings.world.base_years.empty() ? world.base_years : settings.world.base_years;
  for (std::size_t k = 0; k < world.products.size(); ++k) {
    if (!world.products[k].in_scope || (with_sigma && world.sigma[k] != world.sigma[k])) continue;
    for (const TradeYear& trade : world.trade) {
      const auto y = std::find(years.begin(), years.end(), trade.year) - years.begin();
      const auto position = static_cast<std::size_t>(y);
      if (position == years.size() || (!settings.method.weights.empty() && settings.method.weights[position] == 0)) continue;
      for (std::uint64_t f = trade.product_offset[k]; f < trade.product_offset[k + 1]; ++f) {
        if (trade.value[f] > 0) return k;
      }
    }
  }
  return world.products.size();
}

}  // namespace

std::string Shape::describe() const {
  std::ostringstream text;
  text << countries << " countries, " << products << " products, " << years << " years, " << sectors << " sectors"
       << (tariffs ? ", tariffs" : "") << (gaps ? ", gaps" : "") << (out_of_scope ? ", products out of scope" : "")
       << (elasticity_by_market ? ", elasticity by market" : "");
  return text.str();
}

std::string Case::describe() const {
  std::ostringstream text;
  text << "seed " << seed << ": " << shape.describe() << "; ease " << settings.method.ease << ", distance_fit "
       << settings.method.distance_fit << ", net_importer_correction " << settings.method.net_importer_correction
       << ", tariffs " << settings.method.tariffs << ", missing_years " << settings.method.missing_years
       << ", base years [";
  for (const std::int32_t year : settings.world.base_years) text << ' ' << year;
  text << " ], weights [";
  for (const double weight : settings.method.weights) text << ' ' << weight;
  text << " ], horizon " << settings.world.horizon_year << ", top " << settings.cells.top << ", thresholds "
       << settings.cells.thresholds;
  return text.str();
}

Shape random_shape(std::uint64_t seed) {
  Random random(seed * 2654435761u + 17);
  const std::int32_t countries[] = {2, 3, 4, 5, 7, 9, 12, 17, 33};
  const std::int32_t products[] = {1, 2, 3, 5, 7, 12, 21, 33, 60};
  Shape shape;
  shape.countries = random.pick(countries);
  shape.products = random.pick(products);
  if (shape.countries == 33) shape.products = std::min(shape.products, 21);
  shape.years = 1 + static_cast<std::int32_t>(random.below(3));
  shape.sectors = 1 + static_cast<std::int32_t>(random.below(6));
  shape.tariffs = random.chance(0.8);
  shape.gaps = random.chance(0.7);
  shape.out_of_scope = random.chance(0.5);
  shape.elasticity_by_market = random.chance(0.3);
  return shape;
}

Case random_case(std::uint64_t seed, const Shape& shape) {
  Random random(seed);
  Case c;
  c.seed = seed;
  c.shape = shape;
  c.world.hs_revision = "HS17";
  add_names(c.world, shape, random);
  add_trade(c.world, shape, random);
  add_gravity(c.world, shape, random);
  add_macro(c.world, shape, random);
  add_elasticities(c.world, shape, random);
  if (shape.tariffs) {
    add_tariffs(c.world, random);
  } else {
    c.world.tariffs.market_schedule.assign(c.world.countries.size(), -1);
  }
  c.settings = random_settings(c.world, random);
  // A world of which no σ is known cannot be solved; that has its own test.
  const std::size_t traded = traded_product(c.world, c.settings, false);
  if (traded < c.world.sigma.size() && traded_product(c.world, c.settings, true) == c.world.sigma.size()) {
    c.world.sigma[traded] = 3.5;
  }
  return c;
}

}  // namespace potentia::testing
