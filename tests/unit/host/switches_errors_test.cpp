// Settings that the world cannot answer are bad input, said in one line.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "host/model/solver.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::small_world;
using testing::trade_year;

/// Expects bad input whose message names `word`.
void expect_input_error(const World& world, const Settings& settings, const std::string& word) {
  const auto backend = make_backend(BackendChoice::cpu, 1);
  try {
    solve(world, settings, {}, *backend, {});
    ADD_FAILURE() << "expected an error about " << word;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input) << error.what();
    EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << "one line";
  }
}

World three_years() {
  World world = small_world();
  world.trade.insert(world.trade.begin(), trade_year(2022, 2, {{0, 1, 0, 5e6}}));
  world.trade.insert(world.trade.begin(), trade_year(2021, 2, {{1, 1, 0, 7e6}}));
  world.base_years = {2021, 2022, 2023};
  return world;
}

TEST(SettingsErrors, BaseYearOutsideTheWorld) {
  Settings settings;
  settings.world.base_years = {2019};
  expect_input_error(small_world(), settings, "2019");
  settings.world.base_years = {2019, 2023};
  expect_input_error(small_world(), settings, "2019");
}

TEST(SettingsErrors, BaseYearWithoutARecord) {
  World world = three_years();
  world.trade[1] = trade_year(2022, 2, {});
  expect_input_error(world, {}, "2022");
  Settings without;
  without.world.base_years = {2021, 2023};
  const auto backend = make_backend(BackendChoice::cpu, 1);
  EXPECT_NO_THROW(solve(world, without, {}, *backend, {}));
}

TEST(SettingsErrors, AWorldOfOneCountryCannotTrade) {
  World world = small_world();
  world.countries.resize(1);
  world.trade.clear();
  world.trade.push_back(trade_year(2023, 2, {}));
  world.distance = {missing_value};
  world.macro.gdp.resize(2), world.macro.population.resize(2);
  world.tariffs = {};
  world.tariffs.market_schedule = {-1};
  expect_input_error(world, {}, "2023");
}

TEST(SettingsErrors, HorizonBeforeBase) {
  Settings settings;
  settings.world.horizon_year = 2022;
  expect_input_error(small_world(), settings, "horizon");
  World world = small_world();
  world.horizon_year = 2020;
  expect_input_error(world, {}, "horizon");
}

TEST(SettingsErrors, HorizonAtTheBaseIsNoGrowth) {
  Settings settings;
  settings.world.horizon_year = 2023;
  const World world = small_world();
  const auto backend = make_backend(BackendChoice::cpu, 1);
  const Solution solution = solve(world, settings, {}, *backend, {});
  for (std::size_t p = 0; p < 9; ++p) {
    EXPECT_EQ(solution.margins.pair.columns[column_potential][p], solution.margins.pair.columns[column_potential_now][p]);
  }
}

TEST(SettingsErrors, Weights) {
  const World world = three_years();
  const std::vector<std::vector<double>> bad = {
      {1, 1},          {1, 1, 1, 1},
      {1, -0.5, 1},    {0, 0, 0},
      {1, std::nan(""), 1}, {1, std::numeric_limits<double>::infinity(), 1}};
  for (const auto& weights : bad) {
    Settings settings;
    settings.method.weights = weights;
    expect_input_error(world, settings, "weights");
  }
  Settings one_zero;
  one_zero.method.weights = {0, 0, 1};
  const auto backend = make_backend(BackendChoice::cpu, 1);
  EXPECT_NO_THROW(solve(world, one_zero, {}, *backend, {}));
}

TEST(SettingsErrors, BaseYearsAscendEachOnce) {
  const World world = three_years();
  const std::vector<std::vector<std::int32_t>> bad = {{2023, 2022}, {2022, 2022}};
  for (const auto& years : bad) {
    Settings settings;
    settings.world.base_years = years;
    expect_input_error(world, settings, "base years");  // or the weights could belong to other years than was meant
  }
}

}  // namespace
}  // namespace potentia
