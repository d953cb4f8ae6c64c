// Sums on problems larger and odder than the random worlds of tests/property: margins against the listed cells.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "tests/parity/random_problem.hpp"
#include "tests/parity/results.hpp"

namespace potentia::testing {
namespace {

/// Size of what went into a sum, which its rounding is measured by.
double scale_of(const Margin& margin, std::size_t at) {
  return margin.columns[column_actual][at] + margin.columns[column_potential_now][at] +
         margin.columns[column_potential][at];
}

void expect_sums(const char* what, const Margin& margin, const std::array<std::vector<double>, column_count>& sums) {
  for (std::size_t v = 0; v < column_count; ++v) {
    ASSERT_EQ(margin.columns[v].size(), sums[v].size()) << what;
    for (std::size_t at = 0; at < sums[v].size(); ++at) {
      ASSERT_LE(std::fabs(margin.columns[v][at] - sums[v][at]), 1e-12 * scale_of(margin, at))
          << what << ", column " << v << ", entry " << at;
    }
  }
}

TEST(Sums, MarginsAreTheSumsOfTheCells) {
  const ProblemShape shapes[] = {{3, 7, 2, 0.5, true, false},    {9, 60, 4, 0.3, true, true},
                                 {33, 300, 3, 0.1, true, false}, {70, 40, 5, 0.1, true, false},
                                 {5, 700, 1, 0.4, true, true},   {64, 33, 2, 0.2, false, false}};
  const auto backend = make_backend(BackendChoice::cpu, 2);
  ListingRule every_cell;
  every_cell.top = 0;
  every_cell.thresholds = false;
  std::uint64_t seed = 500;
  for (const ProblemShape& shape : shapes) {
    const auto problem = random_problem(++seed, shape);
    SCOPED_TRACE(describe(seed, shape, *problem));
    const Results results = results_of(*backend, problem, {}, every_cell);
    const CellList& cells = results.cells;
    const auto n = static_cast<std::size_t>(shape.countries), products = static_cast<std::size_t>(shape.products);
    const auto sectors = static_cast<std::size_t>(shape.sectors);
    std::vector<std::size_t> sector_of(products);  // by product column
    for (std::size_t s = 0; s < sectors; ++s) {
      for (std::int32_t k = problem->sector_begin[s]; k < problem->sector_begin[s + 1]; ++k) {
        sector_of[static_cast<std::size_t>(problem->product_column[k])] = s;
      }
    }
    std::array<std::vector<double>, column_count> pair, pair_sector, exporter_product, market_product;
    for (std::size_t v = 0; v < column_count; ++v) {
      pair[v].resize(n * n), pair_sector[v].resize(n * n * sectors);
      exporter_product[v].resize(n * products), market_product[v].resize(n * products);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::uint64_t c = cells.offsets[i]; c < cells.offsets[i + 1]; ++c) {
          const auto j = static_cast<std::size_t>(cells.market[c]), k = static_cast<std::size_t>(cells.product[c]);
          const double value = cells.columns[v][c];
          pair[v][i * n + j] += value;
          pair_sector[v][(i * n + j) * sectors + sector_of[k]] += value;
          exporter_product[v][i * products + k] += value;
          market_product[v][j * products + k] += value;
        }
      }
    }
    expect_sums("pair", results.margins.pair, pair);
    expect_sums("pair_sector", results.margins.pair_sector, pair_sector);
    expect_sums("exporter_product", results.margins.exporter_product, exporter_product);
    expect_sums("market_product", results.margins.market_product, market_product);

    for (std::size_t c = 0; c < cells.market.size(); ++c) {
      const auto get = [&](Column column) { return cells.columns[column][c]; };
      const double scale = get(column_potential) + get(column_potential_now);
      const double change = get(column_change_supply) + get(column_change_population) + get(column_change_income) +
                            get(column_change_tariff);
      ASSERT_LE(std::fabs(change - (get(column_potential) - get(column_potential_now))), 1e-12 * scale) << "cell " << c;
    }
  }
}

TEST(Sums, ATariffThatBecomesUnknownIsAChange) {
  // The only change of the world: what exporter 0 faces in market 2 on product 1 goes from 20 % to unknown, that is 0.
  const std::vector<std::int32_t> sector_begin = {0, 2}, column = {0, 1};
  const std::vector<std::uint64_t> begin = {0, 1}, end = {1, 3};
  const std::vector<std::uint16_t> exporter = {0, 0, 1}, market = {2, 1, 2};
  const std::vector<double> value = {5e6, 3e6, 4e6}, distance(9, 1000.0), ones(3, 1.0), sigma(2, 4.0);
  const std::vector<double> rate = {0.0, 0.2};
  std::vector<std::int32_t> now(9, -1);
  const std::vector<std::int32_t> horizon(9, -1);
  now[2] = 0;
  auto problem = std::make_shared<Problem>();
  problem->countries = 3, problem->products = 2, problem->sectors = 1;
  problem->sector_begin = sector_begin.data(), problem->product_column = column.data();
  problem->flows = {begin.data(), end.data(), exporter.data(), market.data(), value.data(), value.size()};
  problem->distance = distance.data();
  problem->gdp_growth = problem->population_growth = problem->income_elasticity = ones.data();
  problem->sigma = sigma.data();
  problem->tariffs = {1, rate.data(), now.data(), horizon.data()};

  const auto backend = make_backend(BackendChoice::cpu, 1);
  backend->load(problem);
  const Margins margins = backend->evaluate({}, {});
  const auto pair = [&](Column c) { return margins.pair.columns[c][0 * 3 + 2]; };
  const double change = pair(column_potential) - pair(column_potential_now);
  EXPECT_GT(change, 1e5);
  EXPECT_NEAR(pair(column_change_tariff), change, 1e-9 * change);
}

}  // namespace
}  // namespace potentia::testing
