// What is missing is filled by rule, counted and listed with whose.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "host/model/solver.hpp"
#include "tests/support/compare.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::small_chn;
using testing::small_lao;
using testing::small_tha;
using testing::small_world;
using testing::trade_year;

Settings all_cells() {
  Settings settings;
  settings.cells.top = 0;
  settings.cells.thresholds = false;
  return settings;
}

Solution solved(const World& world, const Settings& settings = all_cells()) {
  const auto backend = make_backend(BackendChoice::cpu, 1);
  return solve(world, settings, {}, *backend, {});
}

/// The one notice of kind "fill" whose rule begins with `rule`; a failure where there is none or more.
Notice fill(const Solution& solution, const std::string& rule) {
  std::vector<Notice> found;
  for (const Notice& notice : solution.notices) {
    if (notice.kind == "fill" && notice.rule.rfind(rule, 0) == 0) found.push_back(notice);
  }
  EXPECT_EQ(found.size(), 1u) << "fills by rule " << rule;
  return found.empty() ? Notice{} : found.front();
}

TEST(Fills, NothingMissingNothingFilled) {
  for (const Notice& notice : solved(small_world()).notices) EXPECT_NE(notice.kind, "fill") << notice.rule;
}

TEST(Fills, GdpAndPopulationTakeTheMedianRatio) {
  World world = small_world();
  world.macro.gdp[small_lao * 2 + 1] = missing_value;         // at the horizon
  world.macro.population[small_tha * 2 + 0] = missing_value;  // at the base
  const Solution solution = solved(world);
  // Of 1.24 and 1.15 the median is their mean; of 0.99 and 1.07 likewise.
  const double gdp = (1.24 + 1.15) / 2, population = (0.99 + 1.07) / 2;
  const std::size_t lao = small_lao * 2, tha = small_tha * 2;
  const auto& f = solution.factors;
  EXPECT_NEAR(f.demand[lao] / f.demand_now[lao], 1.07 * std::pow(gdp / 1.07, 0.8), 1e-13);
  EXPECT_NEAR(f.demand[tha] / f.demand_now[tha], population * std::pow(1.15 / population, 0.8), 1e-13);
  EXPECT_EQ(fill(solution, "growth.gdp").whose, std::vector<std::string>{"LAO"});
  EXPECT_EQ(fill(solution, "growth.gdp").count, 1u);
  EXPECT_EQ(fill(solution, "growth.population").whose, std::vector<std::string>{"THA"});
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

TEST(Fills, TheMedianOfThreeIsTheMiddleOne) {
  World world = small_world();
  world.countries.push_back({"VNM", "VN", "Viet Nam"});
  world.distance.assign(16, 1000);
  world.macro.gdp.insert(world.macro.gdp.end(), {missing_value, missing_value});
  world.macro.population.insert(world.macro.population.end(), {100, 100});
  world.tariffs.market_schedule.push_back(-1);
  world.trade.clear();
  world.trade.push_back(trade_year(2023, 2, {{0, 3, 0, 5e6}, {0, 1, 3, 7e6}, {1, 0, 3, 9e6}, {1, 2, 0, 1e6}}));
  const Solution solution = solved(world);
  const auto& f = solution.factors;
  EXPECT_NEAR(f.demand[3 * 2] / f.demand_now[3 * 2], std::pow(1.22, 0.8), 1e-13);
  EXPECT_EQ(fill(solution, "growth.gdp").whose, std::vector<std::string>{"VNM"});
}

TEST(Fills, SigmaTakesTheMedianOfTheTradedProductsInScope) {
  World world = small_world();
  // Four more products: one traded in scope without σ, one traded with σ 9, one not traded, one out of scope.
  for (int k = 0; k < 4; ++k) {
    Product product;
    product.code = "50000" + std::to_string(k);
    product.in_scope = k != 3;
    world.products.push_back(product);
  }
  world.sigma = {4, 6, missing_value, 9, 99, 77};
  world.income_elasticity = {1, 1, 1, 1, 1, 1};
  world.trade.clear();
  world.trade.push_back(trade_year(2023, 6, {{0, 1, 0, 30e6}, {1, 2, 0, 40e6}, {2, 1, 0, 50e6}, {2, 0, 2, 20e6},
                                             {3, 1, 2, 10e6}, {5, 1, 0, 10e6}}));
  Tariffs& tariffs = world.tariffs;
  tariffs.line_schedule.push_back(2), tariffs.line_regime.push_back(0);
  tariffs.line_product.push_back(2), tariffs.line_rate.push_back(0.1);
  const Solution solution = solved(world);
  ASSERT_EQ(solution.axes.products, (std::vector<std::int32_t>{0, 1, 2, 3}));
  // CHN pays 10 % on its 20 of 70 million of product 2: t̄ of CHN 0.1, of the world 0.2/7; σ is 6, the median of 4, 6, 9.
  const double expected = 20.0 / 70 * std::min(1.0, 20.0 / 50) * std::pow(1.1 / (1 + 2.0 / 70), 6.0);
  EXPECT_NEAR(solution.factors.supply_now[small_chn * 4 + 2] / expected, 1.0, 1e-13);
  EXPECT_EQ(fill(solution, "elasticity.sigma").whose, std::vector<std::string>{"500000"});
  EXPECT_EQ(fill(solution, "elasticity.sigma").count, 1u);
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

TEST(Fills, NoSigmaAtAllIsAnErrorUnlessTariffsAreOff) {
  World world = small_world();
  world.sigma = {missing_value, missing_value};
  Settings settings = all_cells();
  try {
    solved(world, settings);
    FAIL() << "a median of nothing was used";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input) << error.what();
  }
  settings.method.tariffs = false;
  EXPECT_EQ(testing::difference(solved(world, settings), reference::solve(world, settings)), "");
}

TEST(Fills, WithoutATableNobodyGrowsAndAWarningSaysSo) {
  World world = small_world();
  world.macro = {};
  const Solution solution = solved(world);
  EXPECT_EQ(fill(solution, "growth.gdp").count, 3u);
  EXPECT_EQ(fill(solution, "growth.population").whose, (std::vector<std::string>{"CHN", "LAO", "THA"}));
  EXPECT_TRUE(std::any_of(solution.notices.begin(), solution.notices.end(), [](const Notice& notice) {
    return notice.kind == "warning" && notice.rule == "growth.none";
  }));
  for (std::size_t e = 0; e < 6; ++e) EXPECT_EQ(solution.factors.demand[e], solution.factors.demand_now[e]);
}

/// What solving says.
std::string complaint(const World& world) {
  try {
    solved(world);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return error.what();
  }
  return "";
}

TEST(Fills, ATableInWhichNoCountryHasBothYearsIsAnError) {
  World world = small_world();
  world.horizon_year = 2030;
  EXPECT_EQ(complaint(world),
            "no country has GDP in both 2023 and 2030: the table covers 2023 to 2028 (/macro/gdp); add projections up to "
            "2030 and import again, or choose another horizon_year");
  world = small_world();  // population is a table of its own
  for (std::size_t c = 0; c < 3; ++c) world.macro.population[c * 2 + 1] = missing_value;
  EXPECT_NE(complaint(world).find("no country has population in both 2023 and 2028: the table covers 2023 alone"),
            std::string::npos);
  world.horizon_year = 2023;  // nothing is looked ahead to
  EXPECT_EQ(complaint(world), "");
}

TEST(Fills, IncomeElasticityIsOne) {
  World world = small_world();
  world.income_elasticity = {missing_value, 1.2};
  Solution solution = solved(world);
  const auto& f = solution.factors;
  EXPECT_NEAR(f.demand[small_chn * 2] / f.demand_now[small_chn * 2], 1.24, 1e-14) << "P · G/P";
  EXPECT_EQ(fill(solution, "elasticity.income").count, 1u);
  world.income_elasticity.clear();
  EXPECT_EQ(testing::difference(solved(world), reference::solve(world, all_cells())), "");
}

TEST(Fills, IncomeElasticityByMarket) {
  World world = small_world();
  world.income_elasticity = {0.5, missing_value, 0.7, 1.3, 0.9, 1.1};
  const Solution solution = solved(world);
  const auto& f = solution.factors;
  EXPECT_NEAR(f.demand[small_chn * 2] / f.demand_now[small_chn * 2], 0.99 * std::pow(1.24 / 0.99, 0.5), 1e-13);
  EXPECT_NEAR(f.demand[small_chn * 2 + 1] / f.demand_now[small_chn * 2 + 1], 1.24, 1e-13);
  EXPECT_NEAR(f.demand[small_tha * 2 + 1] / f.demand_now[small_tha * 2 + 1], std::pow(1.15, 1.1), 1e-13);
}

TEST(Fills, AnUnknownDistanceFits) {
  World world = small_world();
  world.distance[small_lao * 3 + small_chn] = missing_value;
  const Solution solution = solved(world);
  // Only THA's 2500 km are left of China's suppliers.
  EXPECT_NEAR(solution.factors.typical_distance[small_chn * 2], 2500, 1e-9);
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
  EXPECT_EQ(fill(solution, "distance.unknown").count, 1u);
  EXPECT_EQ(fill(solution, "distance.unknown").whose, std::vector<std::string>{"LAO>CHN"});
}

TEST(Fills, NoSupplierWithAKnownDistance) {
  World world = small_world();
  world.distance.assign(9, missing_value);
  const Solution solution = solved(world);
  for (const double typical : solution.factors.typical_distance) EXPECT_TRUE(std::isnan(typical));
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

TEST(Fills, ALineWithoutMfnRateIsReported) {
  World world = small_world();
  Tariffs& tariffs = world.tariffs;
  for (auto* column : {&tariffs.line_schedule, &tariffs.line_regime, &tariffs.line_product}) {
    column->erase(column->begin());  // CHN's MFN rate of 071410
  }
  tariffs.line_rate.erase(tariffs.line_rate.begin());
  const Solution solution = solved(world);
  EXPECT_EQ(fill(solution, "tariff.mfn_by_highest").count, 1u);
  EXPECT_EQ(fill(solution, "tariff.mfn_by_highest").whose, std::vector<std::string>{"CHN:071410"});
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

TEST(Fills, AScheduleWithoutAnyMfnRateIsNamedOnceInsteadOfItsLines) {
  World world = small_world();
  Tariffs& tariffs = world.tariffs;
  for (std::size_t line = tariffs.line_rate.size(); line-- > 0;) {
    const std::string& schedule = tariffs.schedules[static_cast<std::size_t>(tariffs.line_schedule[line])];
    const bool goes = schedule == "LAO" || (schedule == "CHN" && tariffs.line_regime[line] == 0);  // LAO has no lines at all then
    if (!goes) continue;
    for (auto* column : {&tariffs.line_schedule, &tariffs.line_regime, &tariffs.line_product})
      column->erase(column->begin() + static_cast<std::ptrdiff_t>(line));
    tariffs.line_rate.erase(tariffs.line_rate.begin() + static_cast<std::ptrdiff_t>(line));
  }
  const Solution solution = solved(world);
  EXPECT_EQ(fill(solution, "tariff.mfn_by_highest").count, 2u);
  EXPECT_EQ(fill(solution, "tariff.mfn_by_highest").whose, std::vector<std::string>{"CHN"});
  EXPECT_EQ(fill(solution, "tariff.no_line").count, 2u);
  EXPECT_EQ(fill(solution, "tariff.no_line").whose, std::vector<std::string>{"LAO"});
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

TEST(Fills, AMarketWithoutAScheduleIsReported) {
  World world = small_world();
  world.tariffs.market_schedule[small_tha] = -1;
  const Solution solution = solved(world);
  EXPECT_EQ(fill(solution, "tariff.no_schedule").whose, std::vector<std::string>{"THA"});
  EXPECT_EQ(testing::difference(solution, reference::solve(world, all_cells())), "");
}

}  // namespace
}  // namespace potentia
