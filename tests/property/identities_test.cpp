// Identities that hold in every cell and, because totals are sums of cells, in every margin.
#include <cmath>

#include "tests/property/property.hpp"

namespace potentia::testing {
namespace {

/// The identities among the twelve values of one cell or one sum.
template <class Get>
std::string broken_identity(const std::string& where, const Get& get) {
  const double actual = get(column_actual), now = get(column_potential_now), then = get(column_potential);
  const double unrealized = get(column_unrealized), realized = get(column_realized);
  const double scale = actual + now + then;
  for (int column = column_actual; column <= column_overtrade; ++column) {
    if (!(get(column) >= 0)) return where + ": " + column_name(column) + " is negative or not a number";
  }
  std::string found = unless_near(where + ": static + dynamic", get(column_static) + get(column_dynamic), unrealized, scale);
  if (found.empty()) found = unless_near(where + ": realized + overtrade", realized + get(column_overtrade), actual, scale);
  if (found.empty()) found = unless_near(where + ": realized + unrealized", realized + unrealized, then, scale);
  const double change = get(column_change_supply) + get(column_change_population) + get(column_change_income) +
                        get(column_change_tariff);
  if (found.empty()) found = unless_near(where + ": sum of changes", change, then - now, scale);
  return found;
}

std::string broken_identity(const std::string& what, const Margin& margin) {
  for (std::size_t cell = 0; cell < margin.columns[0].size(); ++cell) {
    std::string found = broken_identity(what + "[" + std::to_string(cell) + "]", [&](int column) {
      return margin.columns[static_cast<std::size_t>(column)][cell];
    });
    if (!found.empty()) return found;
  }
  return {};
}

TEST(Identities, HoldInEveryCellAndMargin) {
  expect_holds(600, 10001, [](const Case& c) {
    const Solution solution = solved(c);
    for (std::size_t cell = 0; cell < solution.cells.market.size(); ++cell) {
      const auto get = [&](int column) { return solution.cells.columns[static_cast<std::size_t>(column)][cell]; };
      std::string found = broken_identity("cell " + std::to_string(cell), get);
      if (found.empty() && get(column_realized) > 0 && get(column_unrealized) > 0 &&
          get(column_realized) != get(column_actual)) {
        found = "realized is not the actual trade of an unsaturated cell";
      }
      if (!found.empty()) return found;
    }
    std::string found = broken_identity("pair", solution.margins.pair);
    if (found.empty()) found = broken_identity("pair_sector", solution.margins.pair_sector);
    if (found.empty()) found = broken_identity("exporter_product", solution.margins.exporter_product);
    if (found.empty()) found = broken_identity("market_product", solution.margins.market_product);
    return found;
  });
}

TEST(Identities, MarginsAreTheSumsOfTheListedCells) {
  expect_holds(600, 20001, [](const Case& c) {
    const Solution solution = solved(c);
    const std::size_t n = c.world.countries.size(), products = solution.axes.products.size();
    const std::size_t sectors = c.world.sectors.size();
    for (std::size_t v = 0; v < column_count; ++v) {
      std::vector<double> pair(n * n), pair_sector(n * n * sectors), exporter_product(n * products);
      std::vector<double> market_product(n * products);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::uint64_t cell = solution.cells.offsets[i]; cell < solution.cells.offsets[i + 1]; ++cell) {
          const auto j = static_cast<std::size_t>(solution.cells.market[cell]);
          const auto k = static_cast<std::size_t>(solution.cells.product[cell]);
          const auto product = static_cast<std::size_t>(solution.axes.products[k]);
          const auto sector = static_cast<std::size_t>(c.world.products[product].sector);
          const double value = solution.cells.columns[v][cell];
          pair[i * n + j] += value;
          pair_sector[(i * n + j) * sectors + sector] += value;
          exporter_product[i * products + k] += value;
          market_product[j * products + k] += value;
        }
      }
      const auto compare = [&](const char* what, const Margin& margin, const std::vector<double>& sums) {
        if (margin.columns[v].size() != sums.size()) return std::string(what) + ": wrong size";
        for (std::size_t cell = 0; cell < sums.size(); ++cell) {
          const double scale = margin.columns[column_actual][cell] + margin.columns[column_potential][cell] +
                               margin.columns[column_potential_now][cell];
          std::string found = unless_near(std::string(what) + "/" + column_name(static_cast<int>(v)),
                                          margin.columns[v][cell], sums[cell], scale);
          if (!found.empty()) return found;
        }
        return std::string();
      };
      std::string found = compare("pair", solution.margins.pair, pair);
      if (found.empty()) found = compare("pair_sector", solution.margins.pair_sector, pair_sector);
      if (found.empty()) found = compare("exporter_product", solution.margins.exporter_product, exporter_product);
      if (found.empty()) found = compare("market_product", solution.margins.market_product, market_product);
      if (!found.empty()) return found;
    }
    return std::string();
  });
}

TEST(Identities, SharesOfSupplySumToOne) {
  // Without the two corrections, supply is the market share itself.
  expect_holds(400, 30001, [](const Case& c) {
    Settings settings = c.settings;
    settings.method.tariffs = settings.method.net_importer_correction = false;
    const Solution solution = solved(c.world, settings);
    const std::size_t n = c.world.countries.size(), products = solution.axes.products.size();
    for (std::size_t k = 0; k < products; ++k) {
      double now = 0, then = 0;
      for (std::size_t i = 0; i < n; ++i) {
        now += solution.factors.supply_now[i * products + k];
        then += solution.factors.supply[i * products + k];
      }
      std::string found = unless_near("shares now", now, 1, 1, 1e-13);
      if (found.empty()) found = unless_near("shares at the horizon", then, 1, 1, 1e-13);
      if (!found.empty()) return found;
    }
    return std::string();
  });
}

TEST(Identities, CalibratedPotentialNowSumsToTrade) {
  expect_holds(400, 40001, [](const Case& c) {
    Settings settings = c.settings;
    settings.method.ease = "calibrated";
    const Solution solution = solved(c.world, settings);
    const Margin& pair = solution.margins.pair;
    for (std::size_t p = 0; p < pair.columns[0].size(); ++p) {
      const double actual = pair.columns[column_actual][p];
      std::string found = unless_near("potential now of pair " + std::to_string(p), pair.columns[column_potential_now][p],
                                      actual, actual, 1e-12);
      if (!found.empty()) return found;
    }
    return std::string();
  });
}

TEST(Identities, WithoutGrowthAndSwitchesThePotentialOfAPairIsItsTrade) {
  expect_holds(400, 50001, [](const Case& c) {
    World world = copy_of(c.world);
    for (double& gdp : world.macro.gdp) gdp = 1e9;
    for (double& population : world.macro.population) population = 1e6;
    Settings settings = c.settings;
    settings.method.ease = "trade_share";
    settings.method.distance_fit = settings.method.net_importer_correction = settings.method.tariffs = false;
    const Solution solution = solved(world, settings);
    const Margin& pair = solution.margins.pair;
    for (std::size_t p = 0; p < pair.columns[0].size(); ++p) {
      const double actual = pair.columns[column_actual][p];
      for (const int column : {column_potential, column_potential_now}) {
        std::string found = unless_near("pair " + std::to_string(p), pair.columns[static_cast<std::size_t>(column)][p],
                                        actual, actual, 1e-12);
        if (!found.empty()) return found;
      }
    }
    return std::string();
  });
}

}  // namespace
}  // namespace potentia::testing
