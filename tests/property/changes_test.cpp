// How results answer to a change of the world: scaling, reordering, a lower tariff.
#include <algorithm>
#include <cmath>

#include "tests/property/property.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

std::vector<std::int32_t> shuffled(std::size_t size, Random& random) {
  std::vector<std::int32_t> order(size);
  for (std::size_t e = 0; e < size; ++e) order[e] = static_cast<std::int32_t>(e);
  for (std::size_t e = size; e > 1; --e) std::swap(order[e - 1], order[random.below(e)]);
  return order;
}

double scale_at(const Margin& margin, std::size_t cell) {
  return margin.columns[column_actual][cell] + margin.columns[column_potential_now][cell] +
         margin.columns[column_potential][cell];
}

std::string scaled_difference(const Margin& once, const Margin& scaled, double factor, double tolerance) {
  for (std::size_t v = 0; v < column_count; ++v) {
    for (std::size_t cell = 0; cell < once.columns[v].size(); ++cell) {
      std::string found = unless_near(column_name(static_cast<int>(v)), scaled.columns[v][cell],
                                      factor * once.columns[v][cell], factor * scale_at(once, cell), tolerance);
      if (!found.empty()) return found;
    }
  }
  return {};
}

TEST(Changes, ScalingTradeScalesEveryValue) {
  expect_holds(300, 60001, [](const Case& c) {
    const Solution once = solved(c);
    for (const double factor : {3.7, 1e-3}) {
      World world = copy_of(c.world);
      scale_trade(world, factor);
      const Solution scaled = solved(world, c.settings);
      std::string found = scaled_difference(once.margins.pair, scaled.margins.pair, factor, 1e-11);
      if (found.empty()) found = scaled_difference(once.margins.exporter_product, scaled.margins.exporter_product, factor, 1e-11);
      if (found.empty()) found = scaled_difference(once.margins.market_product, scaled.margins.market_product, factor, 1e-11);
      if (found.empty()) found = scaled_difference(once.margins.pair_sector, scaled.margins.pair_sector, factor, 1e-11);
      if (!found.empty()) return found;
    }
    return std::string();
  });
}

/// A table of the permuted world at (row, column) against the original one; axes are mapped by `row` and `column`.
template <class Values>
std::string moved(const std::string& what, const Values& from, const Values& to, const std::vector<std::int32_t>& row,
                  const std::vector<std::int32_t>& column, std::size_t depth, const std::vector<double>& scale) {
  for (std::size_t r = 0; r < row.size(); ++r) {
    for (std::size_t c = 0; c < column.size(); ++c) {
      for (std::size_t d = 0; d < depth; ++d) {
        const std::size_t here = (r * column.size() + c) * depth + d;
        const std::size_t there = (static_cast<std::size_t>(row[r]) * column.size() +
                                   static_cast<std::size_t>(column[c])) * depth + d;
        if (std::isnan(from[here]) && std::isnan(to[there])) continue;
        std::string found = unless_near(what, to[there], from[here], scale.empty() ? std::fabs(from[here]) : scale[here]);
        if (!found.empty()) return found;
      }
    }
  }
  return {};
}

std::string moved(const std::string& what, const Margin& from, const Margin& to, const std::vector<std::int32_t>& row,
                  const std::vector<std::int32_t>& column, std::size_t depth) {
  std::vector<double> scale(from.columns[0].size());
  for (std::size_t cell = 0; cell < scale.size(); ++cell) scale[cell] = scale_at(from, cell);
  for (std::size_t v = 0; v < column_count; ++v) {
    if (from.columns[v].size() != to.columns[v].size()) return what + ": sizes differ";
    std::string found = moved(what + "/" + column_name(static_cast<int>(v)), from.columns[v], to.columns[v], row, column,
                              depth, scale);
    if (!found.empty()) return found;
  }
  return {};
}

TEST(Changes, ReorderingCountriesAndProductsPermutesTheResult) {
  expect_holds(400, 70001, [](const Case& c) {
    Random random(c.seed + 5);
    const auto country = shuffled(c.world.countries.size(), random);
    const auto product = shuffled(c.world.products.size(), random);
    const Solution from = solved(c), to = solved(permuted(c.world, country, product), c.settings);
    if (from.axes.products.size() != to.axes.products.size()) return std::string("another number of products");
    std::vector<std::int32_t> column;  // of the permuted result, for each column of the original one
    for (const std::int32_t k : from.axes.products) {
      const auto& products = to.axes.products;
      const auto found = std::find(products.begin(), products.end(), product[static_cast<std::size_t>(k)]);
      if (found == products.end()) return "product " + std::to_string(k) + " is lost";
      column.push_back(static_cast<std::int32_t>(found - products.begin()));
    }
    std::string found;
    const auto also = [&](std::string complaint) {
      if (found.empty()) found = std::move(complaint);
    };
    also(moved("supply_now", from.factors.supply_now, to.factors.supply_now, country, column, 1, {}));
    also(moved("supply", from.factors.supply, to.factors.supply, country, column, 1, {}));
    also(moved("demand_now", from.factors.demand_now, to.factors.demand_now, country, column, 1, {}));
    also(moved("demand", from.factors.demand, to.factors.demand, country, column, 1, {}));
    also(moved("typical_distance", from.factors.typical_distance, to.factors.typical_distance, country, column, 1, {}));
    also(moved("ease", from.factors.ease, to.factors.ease, country, country, 1, {}));
    also(moved("pair", from.margins.pair, to.margins.pair, country, country, 1));
    also(moved("pair_sector", from.margins.pair_sector, to.margins.pair_sector, country, country, c.world.sectors.size()));
    also(moved("exporter_product", from.margins.exporter_product, to.margins.exporter_product, country, column, 1));
    also(moved("market_product", from.margins.market_product, to.margins.market_product, country, column, 1));
    for (std::size_t i = 0; i < country.size() && found.empty(); ++i) {
      const auto row = static_cast<std::size_t>(country[i]);
      if (from.cells.offsets[i + 1] - from.cells.offsets[i] != to.cells.offsets[row + 1] - to.cells.offsets[row]) {
        found = "another number of cells of exporter " + std::to_string(i);
      }
    }
    return found;
  });
}

/// Potential at the horizon as [exporter, market, product], from the list of all cells.
std::vector<double> potential_cube(const Solution& solution) {
  const std::size_t n = solution.axes.exporters.size(), products = solution.axes.products.size();
  std::vector<double> cube(n * n * products);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::uint64_t cell = solution.cells.offsets[i]; cell < solution.cells.offsets[i + 1]; ++cell) {
      cube[(i * n + static_cast<std::size_t>(solution.cells.market[cell])) * products +
           static_cast<std::size_t>(solution.cells.product[cell])] = solution.cells.columns[column_potential][cell];
    }
  }
  return cube;
}

TEST(Changes, ALowerTariffNeverLowersPotentialNorRaisesARivals) {
  int lowered = 0;
  expect_holds(600, 80001, [&lowered](const Case& c) {
    const std::size_t n = c.world.countries.size();
    const Tariffs& old = c.world.tariffs;
    Settings settings = c.settings;
    settings.method.tariffs = true;
    if (settings.world.horizon_year == 0 && c.world.horizon_year == c.world.base_years.back()) return std::string();
    const Solution before = solved(c.world, settings);
    const std::int32_t horizon = before.settings.world.horizon_year;
    if (old.empty() || before.axes.products.empty() || horizon <= before.settings.world.base_years.back()) return std::string();

    // A new regime of one line for one exporter, from the horizon year on. Its rate is 0 where a dearer one might raise a
    // tariff: where it would stand for an MFN rate that is not listed, and within a customs union.
    Random random(c.seed + 11);
    const std::size_t i = random.below(n), j = random.below(n), k = random.below(before.axes.products.size());
    if (i == j || old.market_schedule[j] < 0) return std::string();
    World world = copy_of(c.world);
    Tariffs& tariffs = world.tariffs;
    const auto regime = static_cast<std::int32_t>(tariffs.regimes.size());
    tariffs.regimes.push_back("NEW");
    std::size_t position = 0;  // lines are sorted by (schedule, regime, product)
    while (position < old.line_schedule.size() && old.line_schedule[position] <= old.market_schedule[j]) ++position;
    bool dutiable = false;
    for (std::size_t line = 0; line < old.line_schedule.size(); ++line)
      dutiable = dutiable || (old.line_schedule[line] == old.market_schedule[j] && old.line_regime[line] == 0 &&
                              old.line_product[line] == before.axes.products[k]);
    dutiable = dutiable && old.market_schedule[i] != old.market_schedule[j];
    const auto place = static_cast<std::ptrdiff_t>(position);
    tariffs.line_schedule.insert(tariffs.line_schedule.begin() + place, old.market_schedule[j]);
    tariffs.line_regime.insert(tariffs.line_regime.begin() + place, regime);
    tariffs.line_product.insert(tariffs.line_product.begin() + place, before.axes.products[k]);
    tariffs.line_rate.insert(tariffs.line_rate.begin() + place, dutiable && random.chance(0.5) ? random.uniform(0, 0.05) : 0.0);
    tariffs.member_market.push_back(static_cast<std::int32_t>(j));
    tariffs.member_regime.push_back(regime);
    tariffs.member_exporter.push_back(static_cast<std::int32_t>(i));
    tariffs.member_first_year.push_back(horizon);
    tariffs.member_last_year.push_back(Tariffs::last_open);

    const std::size_t products = before.axes.products.size();
    const std::vector<double> old_cube = potential_cube(before), cube = potential_cube(solved(world, settings));
    for (std::size_t cell = 0; cell < cube.size(); ++cell) {
      const bool touched = cell / products % n == j && cell % products == k;
      const bool own = cell / products / n == i;
      if (!touched && cube[cell] != old_cube[cell]) return std::string("a cell elsewhere changed");
      if (touched && own && cube[cell] < old_cube[cell] * (1 - 1e-12)) return std::string("own potential fell");
      if (touched && !own && cube[cell] > old_cube[cell] * (1 + 1e-12)) return std::string("a rival's potential rose");
      if (touched && own && cube[cell] > old_cube[cell] * (1 + 1e-9)) ++lowered;
    }
    return std::string();
  });
  EXPECT_GT(lowered, 0) << "no tariff was lowered, so nothing was tested";
}

}  // namespace
}  // namespace potentia::testing
