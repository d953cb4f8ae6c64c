// See random_world.hpp: changing worlds, and running properties over many.
#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::testing {
namespace {

template <class T>
Buffer<T> copy_of(const Buffer<T>& buffer) {
  Buffer<T> copy(buffer.size());
  std::copy(buffer.begin(), buffer.end(), copy.begin());
  return copy;
}

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

/// Lines and members under new indices; lines are sorted again.
Tariffs permuted(const Tariffs& tariffs, const std::vector<std::int32_t>& country,
                 const std::vector<std::int32_t>& product) {
  Tariffs result = tariffs;
  for (std::size_t c = 0; c < country.size(); ++c) {
    result.market_schedule[at(country[c])] = tariffs.market_schedule[c];
  }
  std::vector<std::size_t> order(tariffs.line_rate.size());
  for (std::size_t l = 0; l < order.size(); ++l) order[l] = l;
  const auto key = [&](std::size_t l) {
    return std::make_tuple(tariffs.line_schedule[l], tariffs.line_regime[l], product[at(tariffs.line_product[l])]);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  for (std::size_t l = 0; l < order.size(); ++l) {
    std::tie(result.line_schedule[l], result.line_regime[l], result.line_product[l]) = key(order[l]);
    result.line_rate[l] = tariffs.line_rate[order[l]];
  }
  for (std::size_t m = 0; m < tariffs.member_market.size(); ++m) {
    result.member_market[m] = country[at(tariffs.member_market[m])];
    result.member_exporter[m] = country[at(tariffs.member_exporter[m])];
  }
  return result;
}

/// Smaller worlds to try, the most different first.
std::vector<Shape> smaller(const Shape& shape) {
  std::vector<Shape> result;
  const auto add = [&](auto change) {
    Shape next = shape;
    change(next);
    if (next.describe() != shape.describe()) result.push_back(next);
  };
  add([](Shape& s) { s.countries = std::max(2, s.countries / 2); });
  add([](Shape& s) { s.products = std::max(1, s.products / 2); });
  add([](Shape& s) { s.years = 1; });
  add([](Shape& s) { s.sectors = 1; });
  add([](Shape& s) { s.tariffs = false; });
  add([](Shape& s) { s.gaps = false; });
  add([](Shape& s) { s.out_of_scope = false; });
  add([](Shape& s) { s.elasticity_by_market = false; });
  add([](Shape& s) { s.countries = std::max(2, s.countries - 1); });
  add([](Shape& s) { s.products = std::max(1, s.products - 1); });
  return result;
}

std::string complaint_of(const Property& property, const Case& c) {
  try {
    return property(c);
  } catch (const std::exception& error) {
    return std::string("threw: ") + error.what();
  }
}

}  // namespace

World copy_of(const World& world) {
  World copy;
  copy.hs_revision = world.hs_revision;
  copy.base_years = world.base_years;
  copy.horizon_year = world.horizon_year;
  copy.title = world.title;
  copy.countries = world.countries;
  copy.products = world.products;
  copy.sectors = world.sectors;
  for (const TradeYear& year : world.trade) {
    TradeYear trade;
    trade.year = year.year;
    trade.product_offset = year.product_offset;
    trade.exporter = copy_of(year.exporter);
    trade.market = copy_of(year.market);
    trade.value = copy_of(year.value);
    copy.trade.push_back(std::move(trade));
  }
  copy.distance = world.distance;
  copy.macro = world.macro;
  copy.sigma = world.sigma;
  copy.income_elasticity = world.income_elasticity;
  copy.tariffs = world.tariffs;
  copy.sources = world.sources;
  copy.notices = world.notices;
  return copy;
}

void scale_trade(World& world, double factor) {
  for (TradeYear& year : world.trade) {
    for (double& value : year.value) value *= factor;
  }
}

World permuted(const World& world, const std::vector<std::int32_t>& country, const std::vector<std::int32_t>& product) {
  World result = copy_of(world);
  const std::size_t n = world.countries.size(), all = world.products.size(), years = world.macro.years.size();
  result.trade.clear();
  for (const TradeYear& year : world.trade) {
    std::vector<Flow> flows;
    for (std::size_t k = 0; k < all; ++k) {
      for (std::uint64_t f = year.product_offset[k]; f < year.product_offset[k + 1]; ++f) {
        flows.push_back({product[k], country[year.exporter[f]], country[year.market[f]], year.value[f]});
      }
    }
    result.trade.push_back(trade_year(year.year, all, std::move(flows)));
  }
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t d = 0; d < n; ++d) {
      result.distance[at(country[c]) * n + at(country[d])] = world.distance[c * n + d];
    }
    for (std::size_t y = 0; y < years; ++y) {
      result.macro.gdp[at(country[c]) * years + y] = world.macro.gdp[c * years + y];
      result.macro.population[at(country[c]) * years + y] = world.macro.population[c * years + y];
    }
  }
  const bool by_market = n > 1 && world.income_elasticity.size() == n * all;
  for (std::size_t k = 0; k < all; ++k) {
    const std::string code = result.products[at(product[k])].code;  // codes stay in ascending order
    result.products[at(product[k])] = world.products[k];
    result.products[at(product[k])].code = code;
    result.sigma[at(product[k])] = world.sigma[k];
    if (world.income_elasticity.empty()) continue;
    for (std::size_t c = 0; c < (by_market ? n : 1); ++c) {
      const std::size_t row = by_market ? at(country[c]) : 0;
      result.income_elasticity[row * all + at(product[k])] = world.income_elasticity[c * all + k];
    }
  }
  if (!world.tariffs.empty()) result.tariffs = permuted(world.tariffs, country, product);
  return result;
}

int world_count(int usual) {
  double factor = 1;
  if (const char* text = std::getenv("POTENTIA_TEST_WORLDS")) factor = std::max(0.0, std::atof(text));
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  factor /= 4;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  factor /= 4;
#endif
#endif
  return std::max(1, static_cast<int>(usual * factor));
}

std::string falsify(const Property& property, int worlds, std::uint64_t first_seed) {
  for (int w = 0; w < worlds; ++w) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(w);
    Shape shape = random_shape(seed);
    std::string complaint = complaint_of(property, random_case(seed, shape));
    if (complaint.empty()) continue;
    for (bool shrunk = true; shrunk;) {
      shrunk = false;
      for (const Shape& candidate : smaller(shape)) {
        const std::string again = complaint_of(property, random_case(seed, candidate));
        if (again.empty()) continue;
        shape = candidate, complaint = again, shrunk = true;
        break;
      }
    }
    return random_case(seed, shape).describe() + "\n" + complaint;
  }
  return {};
}

}  // namespace potentia::testing
