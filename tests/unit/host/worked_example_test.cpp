// METHOD.md's world small enough to check by hand, to every digit that the page prints.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "host/model/solver.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::small_cassava;
using testing::small_chn;
using testing::small_lao;
using testing::small_rubber;
using testing::small_tha;

/// Expects that `value` rounds to the printed number: it may be off by half a unit of the last digit.
void expect_digits(double value, const std::string& printed) {
  const std::size_t point = printed.find('.');
  const double decimals = point == std::string::npos ? 0.0 : static_cast<double>(printed.size() - point - 1);
  EXPECT_NEAR(value, std::strtod(printed.c_str(), nullptr), 0.5001 * std::pow(10.0, -decimals)) << "printed " << printed;
}

Solution solve_small(const std::string& ease) {
  Settings settings;
  settings.method.ease = ease;
  settings.cells.top = 0;
  settings.cells.thresholds = false;
  const World world = testing::small_world();
  const auto backend = make_backend(BackendChoice::cpu, 1);
  return solve(world, settings, {}, *backend, {});
}

constexpr std::size_t countries = 3, products = 2;

/// The value of cell LAO → CHN of a product, from the list of cells.
double cell(const Solution& solution, Column column, std::int32_t product) {
  for (std::uint64_t c = solution.cells.offsets[small_lao]; c < solution.cells.offsets[small_lao + 1]; ++c) {
    if (solution.cells.market[c] == small_chn && solution.cells.product[c] == product) {
      return solution.cells.columns[column][c];
    }
  }
  ADD_FAILURE() << "cell LAO → CHN of product " << product << " is not listed";
  return 0;
}

TEST(WorkedExample, Factors) {
  const Solution solution = solve_small("trade_share");
  const Factors& f = solution.factors;
  expect_digits(f.supply_now[small_lao * products + small_cassava], "0.129834481451");
  expect_digits(f.supply[small_lao * products + small_cassava], "0.136749692666");
  expect_digits(f.supply_now[small_lao * products + small_rubber], "0.0693206729384");
  expect_digits(f.supply[small_lao * products + small_rubber], "0.0728140194295");
  expect_digits(f.demand_now[small_chn * products + small_cassava], "630000000");
  expect_digits(f.demand[small_chn * products + small_cassava], "746801078.5599");
  expect_digits(f.demand_now[small_chn * products + small_rubber], "1020000000");
  expect_digits(f.demand[small_chn * products + small_rubber], "1323058828.337");
  expect_digits(f.ease[small_lao * countries + small_chn], "0.794361601761");
  const double distance = 2000;
  expect_digits(distance / f.typical_distance[small_chn * products + small_cassava], "0.808546030870");
  expect_digits(distance / f.typical_distance[small_chn * products + small_rubber], "0.821279845077");
  for (std::size_t c = 0; c < countries; ++c) EXPECT_EQ(f.ease[c * countries + c], 0) << "ease on the diagonal";
}

TEST(WorkedExample, FactorsOfOtherRows) {
  // By hand: CHN sells 1 million of 071410 and buys 630; its two sales and what they pay at the border.
  const Solution solution = solve_small("trade_share");
  const double mean_world = (1e6 * 0.05 + 50e6 * 0.05 + 4e6 * 0.10) / 685e6;
  const double supply = 1.0 / 685 * (1.0 / 630) * std::pow(1.05 / (1 + mean_world), 4);
  EXPECT_NEAR(solution.factors.supply_now[small_chn * products + small_cassava] / supply, 1.0, 1e-12);
  // THA buys 071410 from LAO (50, 500 km) and CHN (1, 2500 km).
  const double typical = std::exp((50 * std::log(500.0) + std::log(2500.0)) / 51);
  EXPECT_NEAR(solution.factors.typical_distance[small_tha * products + small_cassava], typical, 1e-9);
  // Nobody sells 071410 to CHN but LAO and THA; LAO buys 071410 from THA alone: typical = 500 km.
  EXPECT_NEAR(solution.factors.typical_distance[small_lao * products + small_cassava], 500, 1e-9);
}

TEST(WorkedExample, CellsUnderTradeShare) {
  const Solution s = solve_small("trade_share");
  expect_digits(cell(s, column_potential_now, small_cassava), "52535587.0497");
  expect_digits(cell(s, column_potential_now, small_rubber), "76614186.0133");
  expect_digits(cell(s, column_potential, small_cassava), "65592515.6879");
  expect_digits(cell(s, column_potential, small_rubber), "62849751.9841");
  expect_digits(cell(s, column_unrealized, small_cassava), "35592515.6879");
  expect_digits(cell(s, column_static, small_cassava), "22535587.0497");
  expect_digits(cell(s, column_dynamic, small_cassava), "13056928.6382");
  EXPECT_EQ(cell(s, column_unrealized, small_rubber), 0);
  EXPECT_EQ(cell(s, column_static, small_rubber), 0);
  EXPECT_EQ(cell(s, column_dynamic, small_rubber), 0);
  expect_digits(cell(s, column_overtrade, small_rubber), "57150248.0159");
  expect_digits(cell(s, column_realized, small_cassava), "30000000");
  expect_digits(cell(s, column_actual, small_rubber), "120000000");
  expect_digits(cell(s, column_change_supply, small_cassava), "3052415.7257");
  expect_digits(cell(s, column_change_population, small_cassava), "-591188.1727");
  expect_digits(cell(s, column_change_income, small_cassava), "10595701.0852");
  EXPECT_EQ(cell(s, column_change_tariff, small_cassava), 0);
  expect_digits(cell(s, column_change_supply, small_rubber), "3417235.0851");
  expect_digits(cell(s, column_change_population, small_rubber), "-698548.2289");
  expect_digits(cell(s, column_change_income, small_rubber), "18779828.2383");
  expect_digits(cell(s, column_change_tariff, small_rubber), "-35262949.1237");
}

TEST(WorkedExample, CellsUnderCalibratedEase) {
  const Solution s = solve_small("calibrated");
  expect_digits(s.factors.ease[small_lao * countries + small_chn], "0.922605107529");
  expect_digits(cell(s, column_potential_now, small_cassava), "61017049.2023");
  expect_digits(cell(s, column_potential_now, small_rubber), "88982950.7977");
  expect_digits(cell(s, column_potential, small_cassava), "76181917.4733");
  expect_digits(cell(s, column_potential, small_rubber), "72996355.8900");
  const std::size_t pair = small_lao * countries + small_chn;
  EXPECT_NEAR(s.margins.pair.columns[column_potential_now][pair], 150e6, 1e-6);
}

TEST(WorkedExample, SumsOfThePair) {
  const Solution s = solve_small("trade_share");
  const std::size_t pair = small_lao * countries + small_chn;
  expect_digits(s.margins.pair.columns[column_unrealized][pair], "35592515.6879");
  expect_digits(s.margins.pair.columns[column_overtrade][pair], "57150248.0159");
  expect_digits(s.margins.pair.columns[column_actual][pair], "150000000");
  EXPECT_NEAR(s.margins.pair.columns[column_potential][pair], 65592515.6879 + 62849751.9841, 2e-4);
  // One sector a product: the sector's sums are the cells.
  expect_digits(s.margins.pair_sector.columns[column_potential][pair * 2 + 0], "65592515.6879");
  expect_digits(s.margins.pair_sector.columns[column_potential][pair * 2 + 1], "62849751.9841");
}

TEST(WorkedExample, AxesAreTheWholeWorld) {
  const Solution s = solve_small("trade_share");
  EXPECT_EQ(s.axes.exporters, (std::vector<std::int32_t>{0, 1, 2}));
  EXPECT_EQ(s.axes.markets, (std::vector<std::int32_t>{0, 1, 2}));
  EXPECT_EQ(s.axes.products, (std::vector<std::int32_t>{0, 1}));
  EXPECT_TRUE(s.all_exporters);
  EXPECT_TRUE(s.all_markets);
  EXPECT_EQ(s.settings.world.base_years, std::vector<std::int32_t>{2023}) << "the settings as used are resolved";
  EXPECT_EQ(s.settings.world.horizon_year, 2028);
}

}  // namespace
}  // namespace potentia
