// The list of cells: qualification, order, ties and the largest N, judged from the list of all cells.
#include <algorithm>
#include <tuple>

#include "tests/property/property.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

struct Cell {
  double unrealized, potential;
  std::int32_t market, product;
};

/// Which products of an exporter qualify, from its potential to the world by product.
std::vector<bool> qualifying(const double* to_world, std::size_t products) {
  std::vector<std::size_t> order(products);
  double total = 0;
  for (std::size_t k = 0; k < products; ++k) order[k] = k, total += to_world[k];
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return to_world[a] > to_world[b]; });
  std::vector<bool> result(products);
  double before = 0;
  for (const std::size_t k : order) {
    result[k] = to_world[k] >= 200000 || before < 0.95 * total;
    before += to_world[k];
  }
  return result;
}

std::string listing_difference(const Solution& all, const Solution& listed, const CellSettings& rule) {
  const std::size_t products = all.axes.products.size();
  for (std::size_t i = 0; i < all.axes.exporters.size(); ++i) {
    const double* to_world = all.margins.exporter_product.columns[column_potential].data() + i * products;
    const std::vector<bool> qualifies = qualifying(to_world, products);
    std::vector<Cell> expected;
    for (std::uint64_t c = all.cells.offsets[i]; c < all.cells.offsets[i + 1]; ++c) {
      const Cell cell{all.cells.columns[column_unrealized][c], all.cells.columns[column_potential][c],
                      all.cells.market[c], all.cells.product[c]};
      if (rule.thresholds && !(qualifies[static_cast<std::size_t>(cell.product)] && cell.potential >= 10000)) continue;
      expected.push_back(cell);
    }
    std::sort(expected.begin(), expected.end(), [](const Cell& a, const Cell& b) {
      return std::tie(b.unrealized, a.market, a.product) < std::tie(a.unrealized, b.market, b.product);
    });
    if (rule.top > 0 && expected.size() > static_cast<std::size_t>(rule.top)) {
      expected.resize(static_cast<std::size_t>(rule.top));
    }
    const std::uint64_t begin = listed.cells.offsets.at(i), end = listed.cells.offsets.at(i + 1);
    if (end - begin != expected.size()) {
      return "exporter " + std::to_string(i) + ": " + std::to_string(end - begin) + " cells instead of " +
             std::to_string(expected.size());
    }
    for (std::size_t c = 0; c < expected.size(); ++c) {
      if (listed.cells.market[begin + c] == expected[c].market && listed.cells.product[begin + c] == expected[c].product &&
          listed.cells.columns[column_unrealized][begin + c] == expected[c].unrealized &&
          listed.cells.columns[column_potential][begin + c] == expected[c].potential) {
        continue;
      }
      return "exporter " + std::to_string(i) + ": another cell in place " + std::to_string(c);
    }
  }
  return {};
}

TEST(Listing, FollowsTheRule) {
  expect_holds(600, 120001, [](const Case& c) {
    Random random(c.seed + 13);
    World world = copy_of(c.world);
    const double scales[] = {1.0, 1e-2, 1e-3};  // brings potentials near the thresholds
    scale_trade(world, random.pick(scales));
    const Solution all = solved(world, c.settings);
    std::string found = listing_difference(all, all, {0, false});
    const std::int64_t tops[] = {0, 1, 2, 3, 10, 500};
    for (const bool thresholds : {true, false}) {
      Settings settings = c.settings;
      settings.cells = {random.pick(tops), thresholds};
      if (found.empty()) found = listing_difference(all, solved(world, settings, {}, 2), settings.cells);
    }
    return found;
  });
}

TEST(Listing, BreaksTiesByMarketAndProduct) {
  // Every product and market alike: all potentials of an exporter are equal, only indices decide.
  expect_holds(120, 130001, [](const Case& c) {
    World world = copy_of(c.world);
    for (TradeYear& year : world.trade) {
      for (double& value : year.value) value = 1 << 20;
    }
    std::fill(world.distance.begin(), world.distance.end(), missing_value);
    std::fill(world.sigma.begin(), world.sigma.end(), 2.0);
    world.income_elasticity.clear();
    for (double& gdp : world.macro.gdp) gdp = 1e9;
    for (double& population : world.macro.population) population = 1e6;
    Settings settings = c.settings;
    settings.method.tariffs = settings.method.net_importer_correction = false;
    const Solution all = solved(world, settings);
    Random random(c.seed);
    const std::int64_t tops[] = {0, 1, 4, 25};
    settings.cells = {random.pick(tops), random.chance(0.5)};
    return listing_difference(all, solved(world, settings), settings.cells);
  });
}

}  // namespace
}  // namespace potentia::testing
