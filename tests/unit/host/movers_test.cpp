// Which factor moved an exporter, a market, a product: worlds of a few cells in which one factor changes.
#include "host/model/movers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "host/model/mover_estimates.hpp"
#include "host/model/mover_tables.hpp"
#include "host/model/solver.hpp"
#include "io/result/result_file.hpp"
#include "kernels/error.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

constexpr std::size_t n_exporters = 2, n_markets = 2, n_products = 3;

/// Every factor of every cell: the truth that sums of cells are made from.
struct Truth {
  double supply_now[n_exporters][n_products] = {{0.2, 0.4, 0.1}, {0.8, 0.6, 0.9}};
  double supply_growth[n_exporters][n_products] = {{1.1, 0.9, 1.3}, {0.95, 1.05, 0.9}};
  double demand_now[n_markets][n_products] = {{100, 50, 400}, {70, 300, 20}};
  double population[n_markets] = {1.1, 0.97};
  double income[n_markets][n_products] = {{1.2, 1.4, 1.1}, {1.3, 1.05, 1.2}};
  double ease[n_exporters][n_markets] = {{0.5, 2.0}, {1.2, 0.7}};
  double access_and_fit[n_exporters][n_markets][n_products] = {{{0.9, 0.3, 1.0}, {0.5, 0.6, 0.2}},
                                                               {{0.4, 1.1, 0.8}, {1.0, 0.1, 0.7}}};
  double tariffs_to_come = 1.0;  ///< A / A⁰ of every cell
};

Buffer<double> copied(const double* values, std::size_t size) {
  Buffer<double> buffer(size);
  std::copy(values, values + size, buffer.begin());
  return buffer;
}

Buffer<double> logarithms(const double* values, std::size_t size) {
  Buffer<double> buffer(size);
  std::transform(values, values + size, buffer.begin(), [](double value) { return std::log(value); });
  return buffer;
}

MoverSide side_of(const Truth& truth) {
  MoverSide side;
  for (int c = 0; c < column_count; ++c) {
    side.pair[c] = Buffer<double>::zeroed(n_exporters * n_markets);
    side.exporter_product[c] = Buffer<double>::zeroed(n_exporters * n_products);
    side.market_product[c] = Buffer<double>::zeroed(n_markets * n_products);
    side.product[c] = Buffer<double>::zeroed(n_products);
  }
  for (std::size_t i = 0; i < n_exporters; ++i) {
    for (std::size_t k = 0; k < n_products; ++k) {
      for (std::size_t j = 0; j < n_markets; ++j) {
        const double now =
            truth.supply_now[i][k] * truth.demand_now[j][k] * truth.ease[i][j] * truth.access_and_fit[i][j][k];
        const double terms[] = {truth.supply_growth[i][k], truth.population[j], truth.income[j][k],
                                truth.tariffs_to_come};
        double values[column_count] = {};
        values[column_potential_now] = now;
        values[column_potential] = now * terms[0] * terms[1] * terms[2] * terms[3];
        for (int t = 0; t < 4; ++t)
          values[column_change_supply + t] = logarithmic_mean(now, values[column_potential]) * std::log(terms[t]);
        for (int c = 0; c < column_count; ++c) {
          side.pair[c][i * n_markets + j] += values[c];
          side.exporter_product[c][i * n_products + k] += values[c];
          side.market_product[c][j * n_products + k] += values[c];
          side.product[c][k] += values[c];
        }
      }
    }
  }
  side.supply_now = copied(truth.supply_now[0], n_exporters * n_products);
  side.demand_now = copied(truth.demand_now[0], n_markets * n_products);
  side.ease = copied(truth.ease[0], n_exporters * n_markets);
  side.supply_growth = logarithms(truth.supply_growth[0], n_exporters * n_products);
  side.population = logarithms(truth.population, n_markets);
  side.income = logarithms(truth.income[0], n_markets * n_products);
  return side;
}

MoverAxis axis(std::size_t size, char first) {
  MoverAxis axis;
  for (std::size_t n = 0; n < size; ++n)
    axis.codes.push_back(std::string(1, static_cast<char>(first + static_cast<char>(n))));
  axis.names = axis.codes;
  axis.in_before.assign(size, 1);
  axis.in_after.assign(size, 1);
  return axis;
}

Movers movers_of(const Truth& before, const Truth& after) {
  MoverTables tables;
  tables.exporters = axis(n_exporters, 'A');
  tables.markets = axis(n_markets, 'M');
  tables.products = axis(n_products, 'x');
  tables.has_exporter_product = tables.has_market_product = true;
  tables.before = side_of(before);
  tables.after = side_of(after);
  return find_movers(tables);
}

double part(const Mover& mover, MoverFactor factor) { return mover.parts[static_cast<std::size_t>(factor)]; }

/// Everything that moved is owed to this factor, and something did.
void expect_all(const Mover& mover, MoverFactor factor) {
  const double change = mover.change(column_potential);
  EXPECT_GT(std::abs(change), 1.0) << mover.code;
  for (std::size_t f = 0; f < mover_factor_count; ++f)
    EXPECT_NEAR(mover.parts[f], f == static_cast<std::size_t>(factor) ? change : 0.0, 1e-12 * std::abs(change))
        << mover.code << ": " << factor_name(static_cast<MoverFactor>(f));
}

void expect_none(const Mover& mover) {
  EXPECT_EQ(mover.change(column_potential), 0) << mover.code;
  for (const double value : mover.parts) EXPECT_EQ(value, 0) << mover.code;
}

TEST(LogarithmicMean, IsWhatMethodSays) {
  EXPECT_NEAR(logarithmic_mean(1, std::exp(1.0)), std::exp(1.0) - 1, 1e-15);
  EXPECT_NEAR(logarithmic_mean(100, 100.001), 100.0005, 1e-9);
  EXPECT_EQ(logarithmic_mean(7, 7), 7);
  EXPECT_EQ(logarithmic_mean(0, 7), 0);
  EXPECT_EQ(logarithmic_mean(7, 0), 0);
}

TEST(MoversTest, NothingMoved) {
  const Movers movers = movers_of({}, {});
  for (const MoverList* list : {&movers.exporters, &movers.markets, &movers.products})
    for (const Mover& mover : list->movers) expect_none(mover);
  EXPECT_TRUE(largest_movers(movers.exporters, column_potential, 10).empty());
}

TEST(MoversTest, SupplyOfOneProduct) {
  Truth after;
  after.supply_now[0][1] *= 3;
  const Movers movers = movers_of({}, after);
  expect_all(movers.exporters.movers[0], MoverFactor::supply);
  expect_none(movers.exporters.movers[1]);
  expect_none(movers.products.movers[0]);
  expect_all(movers.products.movers[1], MoverFactor::supply);
}

TEST(MoversTest, SupplyWhereThereWasNone) {
  Truth before;
  before.supply_now[0][1] = 0;
  expect_all(movers_of(before, {}).exporters.movers[0], MoverFactor::supply);
  expect_all(movers_of({}, before).products.movers[1], MoverFactor::supply);
}

TEST(MoversTest, GrowthOfSupply) {
  Truth after;
  after.supply_growth[1][2] = 1.7;
  const Movers movers = movers_of({}, after);
  expect_all(movers.exporters.movers[1], MoverFactor::supply_growth);
  expect_all(movers.products.movers[2], MoverFactor::supply_growth);
}

TEST(MoversTest, ImportsAndIncome) {
  Truth after;
  after.demand_now[1][0] /= 4;
  after.income[0][2] = 1.5;
  const Movers movers = movers_of({}, after);
  expect_all(movers.markets.movers[0], MoverFactor::income);
  expect_all(movers.markets.movers[1], MoverFactor::imports);
  expect_all(movers.products.movers[0], MoverFactor::imports);
  expect_all(movers.products.movers[2], MoverFactor::income);
}

TEST(MoversTest, ImportsAreEstimatedForExporters) {
  Truth before, after;
  for (auto& exporter : before.access_and_fit)
    for (auto& market : exporter)
      for (double& value : market) value = 1;
  std::copy(&before.access_and_fit[0][0][0], &before.access_and_fit[0][0][0] + 12, &after.access_and_fit[0][0][0]);
  after.demand_now[0][0] = 110;  // of 100
  const Movers movers = movers_of(before, after);
  EXPECT_TRUE(movers.exporters.estimated[static_cast<std::size_t>(MoverFactor::imports)]);
  EXPECT_FALSE(movers.markets.estimated[static_cast<std::size_t>(MoverFactor::imports)]);
  // By hand, A to M: S D of the products is 0.2 × (110 − 100) / ln 1.1, 0.4 × 50, 0.1 × 400; the change 0.2 × 10.
  const double weight = 0.2 * 10 / std::log(1.1) + 0.4 * 50 + 0.1 * 400;
  const double ep_before =
      0.5 * (0.2 * 100 * 1.1 * 1.1 * 1.2 + 0.4 * 50 * 0.9 * 1.1 * 1.4 + 0.1 * 400 * 1.3 * 1.1 * 1.1);
  const double ep_after = ep_before + 0.5 * 0.2 * 10 * 1.1 * 1.1 * 1.2;
  const double expected = (ep_after - ep_before) / std::log(ep_after / ep_before) / weight * 2;
  EXPECT_NEAR(part(movers.exporters.movers[0], MoverFactor::imports), expected, 1e-12);
  EXPECT_NEAR(expected / (ep_after - ep_before), 1, 0.1) << "close to the truth, which is all of it";
}

TEST(MoversTest, PopulationOfAMarket) {
  Truth after;
  after.population[0] = 1.3;
  const Movers movers = movers_of({}, after);
  for (const MoverList* list : {&movers.exporters, &movers.products})
    for (const Mover& mover : list->movers) expect_all(mover, MoverFactor::population);
  expect_all(movers.markets.movers[0], MoverFactor::population);
  expect_none(movers.markets.movers[1]);
}

TEST(MoversTest, WhereSupplyIsEstimated) {
  Truth after;  // one product's share of everything, in the same proportion: any weights give the truth
  for (auto& exporter : after.supply_now)
    for (double& value : exporter) value *= 1.25;
  for (const Mover& mover : movers_of({}, after).markets.movers) expect_all(mover, MoverFactor::supply);
}

TEST(MoversTest, TariffsToCome) {
  Truth after;
  after.tariffs_to_come = 0.8;
  const Movers movers = movers_of({}, after);
  for (const MoverList* list : {&movers.exporters, &movers.markets, &movers.products})
    for (const Mover& mover : list->movers) {
      // Of sums, ln(A / A⁰) is known to the difference between a mean of sums and a sum of means.
      EXPECT_NEAR(part(mover, MoverFactor::tariffs) / mover.change(column_potential), 1, 1e-2) << mover.code;
      EXPECT_LT(mover.change(column_potential), -1);
    }
}

TEST(MoversTest, EaseOfAPair) {
  Truth after;
  after.ease[0][1] = 0;
  const Movers movers = movers_of({}, after);
  expect_all(movers.exporters.movers[0], MoverFactor::ease);
  expect_none(movers.exporters.movers[1]);
  expect_all(movers.markets.movers[1], MoverFactor::ease);
  EXPECT_TRUE(movers.products.estimated[static_cast<std::size_t>(MoverFactor::ease)]);
}

TEST(MoversTest, EaseIsEstimatedForProducts) {
  Truth after;
  for (auto& exporter : after.ease)
    for (double& value : exporter) value *= 1.5;
  for (const Mover& mover : movers_of({}, after).products.movers) expect_all(mover, MoverFactor::ease);
}

TEST(MoversTest, WhatRemainsIsAccessAndFit) {
  Truth after;
  for (auto& exporter : after.access_and_fit)
    for (auto& market : exporter)
      for (double& value : market) value *= 0.5;
  const Movers movers = movers_of({}, after);
  for (const MoverList* list : {&movers.exporters, &movers.markets, &movers.products})
    for (const Mover& mover : list->movers) expect_all(mover, MoverFactor::access_and_fit);
}

TEST(MoversTest, LargestFirst) {
  Truth after;
  after.supply_now[0][0] *= 1.1;
  after.supply_now[1][1] *= 0.2;
  const Movers movers = movers_of({}, after);
  EXPECT_EQ(largest_movers(movers.products, column_potential, 9), (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(largest_movers(movers.products, column_potential, 1), std::vector<std::size_t>{1});
  EXPECT_EQ(factors_by_size(movers.products.movers[1]).front(), MoverFactor::supply);
}

/// Result files of the small world, as it is and changed.
class MoversOfFiles : public ::testing::Test {
protected:
  MoversOfFiles() : folder_(std::filesystem::temp_directory_path() / ("movers." + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~MoversOfFiles() override { std::filesystem::remove_all(folder_); }

  std::string solved(const std::string& name, const World& world, const Selection& selection = {}) const {
    const auto backend = make_backend(BackendChoice::cpu, 1);
    const std::string path = (folder_ / name).string();
    write_result(path, world, solve(world, {}, selection, *backend, {}), {});
    return path;
  }

  static void expect_sums(const MoverList& list) {
    for (const Mover& mover : list.movers) {
      double sum = 0;
      for (const double value : mover.parts) sum += value;
      EXPECT_NEAR(sum, mover.change(column_potential), 1e-6) << mover.code;
    }
  }

private:
  std::filesystem::path folder_;
};

TEST_F(MoversOfFiles, OfTheSmallWorld) {
  World world = testing::small_world();
  const std::string before = solved("before.h5", world);
  for (TradeYear& year : world.trade)
    for (std::size_t f = 0; f < year.exporter.size(); ++f)
      if (year.exporter[f] == testing::small_lao && year.market[f] == testing::small_chn) year.value[f] *= 2;
  const Movers movers = find_movers(before, solved("after.h5", world));
  ASSERT_EQ(movers.exporters.movers.size(), 3u);
  const Mover& lao = movers.exporters.movers[testing::small_lao];
  EXPECT_EQ(lao.code, "LAO");
  EXPECT_EQ(lao.before[column_actual], 200e6);  // 30 + 120 + 50 million
  EXPECT_EQ(lao.after[column_actual], 350e6);
  EXPECT_EQ(movers.before[column_actual], 1747e6);
  EXPECT_GT(part(lao, MoverFactor::supply), 0) << "Laos has more of the world's exports";
  EXPECT_EQ(movers.products.movers.size(), 2u);
  for (const MoverList* list : {&movers.exporters, &movers.markets, &movers.products}) expect_sums(*list);
}

TEST_F(MoversOfFiles, GrowthIsThatOfTheWorld) {
  const World world = testing::small_world();
  const std::string all = solved("all.h5", world), some = solved("some.h5", world, {{testing::small_lao}, {}});
  const MoverTables tables = read_mover_tables(all, all), by_pairs = read_mover_tables(some, some);
  const double growth[] = {0.99, 1.07, 1.00},
               gdp = 1.24;  // of METHOD.md's example; GDP of China, elasticity of cassava 0.8
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(tables.before.population[j], std::log(growth[j]), 1e-13);
  EXPECT_NEAR(tables.before.income[testing::small_chn * 2], 0.8 * std::log(gdp / 0.99), 1e-12);
  EXPECT_NEAR(by_pairs.before.population[testing::small_chn], std::log(0.99), 1e-4) << "from sums of pairs";
  EXPECT_NEAR(tables.before.supply_growth[testing::small_lao * 2], std::log(0.136749692666 / 0.129834481451), 1e-11);
}

TEST_F(MoversOfFiles, WhatOnlyOneHasIsNamed) {
  const World world = testing::small_world();
  const std::string all = solved("all.h5", world), some = solved("some.h5", world, {{testing::small_lao}, {}});
  const Movers movers = find_movers(all, some);
  ASSERT_EQ(movers.exporters.movers.size(), 1u);
  expect_none(movers.exporters.movers[0]);
  ASSERT_EQ(movers.exporters.only_before.size(), 2u);
  EXPECT_EQ(movers.exporters.only_before[0].code, "CHN");
  EXPECT_EQ(movers.exporters.only_before[0].values[column_actual], 43e6);
  EXPECT_TRUE(movers.exporters.only_after.empty());
  // Thailand bought 41 million of China's, which `some` knows nothing of.
  const Mover& thailand = movers.markets.movers[testing::small_tha];
  EXPECT_LT(thailand.change(column_potential), 0);
  EXPECT_NEAR(part(thailand, MoverFactor::coverage), thailand.change(column_potential), 1e-6);
  EXPECT_EQ(movers.products.movers.size(), 2u) << "sums of Laos' products are in both";
}

TEST_F(MoversOfFiles, NoProductsWhereBothSidesWereChosen) {
  const World world = testing::small_world();
  const std::string exporters = solved("e.h5", world, {{testing::small_lao}, {}});
  const std::string markets = solved("m.h5", world, {{}, {testing::small_chn}});
  const Movers movers = find_movers(exporters, markets);
  EXPECT_FALSE(movers.has_products);
  EXPECT_TRUE(movers.products.movers.empty());
  EXPECT_EQ(movers.exporters.movers.size(), 1u);
}

TEST_F(MoversOfFiles, AreForResults) { EXPECT_THROW(find_movers("/nonexistent.h5", "/nonexistent.h5"), Error); }

}  // namespace
}  // namespace potentia
