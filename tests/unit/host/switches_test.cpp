// Every switch of the method on the small world, against formulas written out here by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "host/model/solver.hpp"
#include "tests/support/compare.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::small_cassava;
using testing::small_chn;
using testing::small_lao;
using testing::small_rubber;
using testing::small_tha;
using testing::small_world;
using testing::trade_year;

constexpr std::size_t countries = 3, products = 2;

Settings all_cells() {
  Settings settings;
  settings.cells.top = 0;
  settings.cells.thresholds = false;
  return settings;
}

Solution solved(const World& world, const Settings& settings) {
  const auto backend = make_backend(BackendChoice::cpu, 1);
  return solve(world, settings, {}, *backend, {});
}

double actual(const Solution& s, std::int32_t exporter, std::int32_t market) {
  return s.margins.pair.columns[column_actual][static_cast<std::size_t>(exporter) * countries +
                                               static_cast<std::size_t>(market)];
}

TEST(Switches, EachAloneAndAllTogetherAgreeWithTheReference) {
  const World world = small_world();
  for (int mask = 0; mask < 16; ++mask) {
    Settings settings = all_cells();
    settings.method.distance_fit = (mask & 1) != 0;
    settings.method.net_importer_correction = (mask & 2) != 0;
    settings.method.tariffs = (mask & 4) != 0;
    settings.method.ease = (mask & 8) != 0 ? "calibrated" : "trade_share";
    EXPECT_EQ(testing::difference(solved(world, settings), reference::solve(world, settings)), "") << "mask " << mask;
  }
}

TEST(Switches, NetImporterCorrectionAndTariffsOffLeaveTheShare) {
  Settings settings = all_cells();
  settings.method.net_importer_correction = settings.method.tariffs = false;
  const Solution s = solved(small_world(), settings);
  EXPECT_DOUBLE_EQ(s.factors.supply_now[small_chn * products + small_cassava], 1.0 / 685);
  EXPECT_DOUBLE_EQ(s.factors.supply[small_chn * products + small_cassava],
                   1.0 * 1.24 / (1.0 * 1.24 + 80 * 1.22 + 604 * 1.15));
}

TEST(Switches, WithTariffsOffNothingChangesBecauseOfThem) {
  Settings settings = all_cells();
  settings.method.tariffs = false;
  const Solution s = solved(small_world(), settings);
  for (const double change : s.margins.pair.columns[column_change_tariff]) EXPECT_EQ(change, 0);
}

TEST(Switches, DistanceFitOffMakesAPotentialTheProductOfTheOthers) {
  Settings settings = all_cells();
  settings.method.distance_fit = settings.method.tariffs = false;
  const Solution s = solved(small_world(), settings);
  const double expected = s.factors.supply[small_lao * products + small_rubber] *
                          s.factors.demand[small_chn * products + small_rubber] *
                          s.factors.ease[small_lao * countries + small_chn];
  for (std::uint64_t c = s.cells.offsets[small_lao]; c < s.cells.offsets[small_lao + 1]; ++c) {
    if (s.cells.market[c] != small_chn || s.cells.product[c] != small_rubber) continue;
    EXPECT_NEAR(s.cells.columns[column_potential][c] / expected, 1.0, 1e-14);
    return;
  }
  FAIL() << "the cell is not listed";
}

/// The small world with an earlier year: LAO→CHN 071410 traded 10 million in 2022, and CHN→LAO 400121 nothing.
World two_years() {
  World world = small_world();
  world.trade.insert(world.trade.begin(), trade_year(2022, 2, {{small_cassava, small_lao, small_chn, 10e6},
                                                               {small_rubber, small_tha, small_chn, 500e6}}));
  world.base_years = {2022, 2023};
  return world;
}

TEST(Switches, BaseTradeIsTheMeanOfTheYears) {
  const Solution s = solved(two_years(), all_cells());
  EXPECT_DOUBLE_EQ(actual(s, small_lao, small_chn), (10e6 + 30e6) / 2 + 120e6 / 2);
  EXPECT_DOUBLE_EQ(actual(s, small_tha, small_chn), 600e6 / 2 + (500e6 + 900e6) / 2);
  EXPECT_EQ(s.settings.world.base_years, (std::vector<std::int32_t>{2022, 2023}));
}

TEST(Switches, WeightsMultiplyTheirYear) {
  Settings settings = all_cells();
  settings.method.weights = {1, 3};
  const Solution s = solved(two_years(), settings);
  EXPECT_DOUBLE_EQ(actual(s, small_lao, small_chn), (1 * 10e6 + 3 * 30e6) / 4 + 3 * 120e6 / 4);
}

TEST(Switches, AYearOfWeightZeroDoesNotCount) {
  Settings weighted = all_cells(), alone = all_cells();
  weighted.method.weights = {0, 2};
  alone.world.base_years = {2023};
  const Solution s = solved(two_years(), weighted), only = solved(two_years(), alone);
  EXPECT_EQ(actual(s, small_lao, small_chn), actual(only, small_lao, small_chn));
  EXPECT_EQ(actual(s, small_tha, small_chn), 1500e6);
}

TEST(Switches, MissingYearsSkippedAverageOverTheRecords) {
  Settings settings = all_cells();
  settings.method.missing_years = "skip";
  settings.method.weights = {1, 3};
  const Solution s = solved(two_years(), settings);
  EXPECT_DOUBLE_EQ(actual(s, small_lao, small_chn), (1 * 10e6 + 3 * 30e6) / 4 + 120e6) << "120 has one record";
  EXPECT_DOUBLE_EQ(actual(s, small_chn, small_lao), 2e6);
}

TEST(Switches, ARecordOfZeroIsARecord) {
  World world = two_years();
  world.trade[0] = trade_year(2022, 2, {{small_cassava, small_lao, small_chn, 0.0}});
  Settings settings = all_cells();
  settings.method.missing_years = "skip";
  const Solution s = solved(world, settings);
  EXPECT_DOUBLE_EQ(actual(s, small_lao, small_chn), 30e6 / 2 + 120e6);
}

TEST(Switches, TheBaseIsTheLastBaseYearAndTheHorizonTheSettings) {
  World world = two_years();
  world.macro.years = {2022, 2023, 2026, 2028};
  world.macro.gdp = {1, 2, 3, 9, 1, 2, 3, 9, 1, 2, 3, 9};
  world.macro.population = world.macro.gdp;
  Settings settings = all_cells();
  settings.world.horizon_year = 2026;
  const Solution s = solved(world, settings);
  EXPECT_EQ(s.settings.world.horizon_year, 2026);
  const std::size_t k = small_chn * products + small_rubber;
  EXPECT_NEAR(s.factors.demand[k] / s.factors.demand_now[k], 3.0 / 2.0, 1e-14);
  settings.world.base_years = {2022};
  const Solution earlier = solved(world, settings);
  const std::size_t one = small_chn;  // one product traded in 2022 by CHN as market: both, so two columns
  ASSERT_EQ(earlier.axes.products.size(), 2u);
  EXPECT_NEAR(earlier.factors.demand[one * 2] / earlier.factors.demand_now[one * 2], 3.0, 1e-14);
}

TEST(Switches, AnEligibilityEndsWithItsLastYear) {
  // The LDC regime of LAO in CHN ends in 2025: in 2025 it still counts, in 2026 the next best regime applies.
  for (const std::int32_t horizon : {2025, 2026}) {
    Settings settings = all_cells();
    settings.world.horizon_year = horizon;
    World world = small_world();
    world.macro.years.back() = horizon;
    const Solution s = solved(world, settings);
    double change = 0;
    for (std::uint64_t c = s.cells.offsets[small_lao]; c < s.cells.offsets[small_lao + 1]; ++c) {
      if (s.cells.market[c] == small_chn && s.cells.product[c] == small_rubber) {
        change = s.cells.columns[column_change_tariff][c];
      }
    }
    EXPECT_EQ(change < 0, horizon == 2026) << horizon;
  }
}

TEST(Switches, ProductsOutOfScopeTakeNoPart) {
  World world = small_world();
  world.products[small_cassava].in_scope = false;
  const Solution s = solved(world, all_cells());
  EXPECT_EQ(s.axes.products, std::vector<std::int32_t>{small_rubber});
  EXPECT_DOUBLE_EQ(actual(s, small_lao, small_chn), 120e6);
  EXPECT_EQ(testing::difference(s, reference::solve(world, all_cells())), "");
  world.products[small_rubber].in_scope = false;
  const Solution none = solved(world, all_cells());
  EXPECT_TRUE(none.axes.products.empty());
  for (const double value : none.margins.pair.columns[column_potential]) EXPECT_EQ(value, 0);
}

TEST(Switches, ALineThatARegimeDoesNotListFallsBackToMfnAndTheHighestRateStandsForMfn) {
  World world = small_world();
  Tariffs& tariffs = world.tariffs;
  // CHN: no MFN line for 071410, where its FTA lists 30 % and its LDC regime 10 %; LDC ends after 2025.
  tariffs.line_schedule = {0, 0, 0, 1, 1, 2};
  tariffs.line_regime = {0, 1, 2, 0, 0, 0};
  tariffs.line_product = {1, 0, 0, 0, 1, 0};
  tariffs.line_rate = {0.20, 0.30, 0.10, 0.10, 0.05, 0.05};
  const Settings settings = all_cells();
  const reference::Answer answer = reference::solve(world, settings);
  EXPECT_EQ(answer.tariff_now(small_lao, small_chn, small_cassava), 0.10);
  EXPECT_EQ(answer.tariff_horizon(small_lao, small_chn, small_cassava), 0.30);
  EXPECT_EQ(answer.tariff_now(small_tha, small_chn, small_cassava), 0.30);
  EXPECT_EQ(answer.tariff_now(small_lao, small_chn, small_rubber), 0.20);
  EXPECT_EQ(testing::difference(solved(world, settings), answer), "");
}

TEST(Switches, ACustomsUnionPaysNothingWithinButWhatItsRegimesList) {
  World world = small_world();
  Tariffs& tariffs = world.tariffs;
  // CHN and LAO share the schedule of a union; THA has its own. LAO may use a regime that lists rubber alone.
  tariffs.schedules = {"THA", "UNION"};
  tariffs.market_schedule.assign(3, 1);
  tariffs.market_schedule[small_tha] = 0;
  tariffs.regimes = {"MFN", "INNER"};
  tariffs.line_schedule = {0, 1, 1, 1};
  tariffs.line_regime = {0, 0, 0, 1};
  tariffs.line_product = {small_cassava, small_cassava, small_rubber, small_rubber};
  tariffs.line_rate = {0.30, 0.10, 0.20, 0.05};
  tariffs.member_market = {small_chn};
  tariffs.member_regime = {1};
  tariffs.member_exporter = {small_lao};
  tariffs.member_first_year = {Tariffs::first_open};
  tariffs.member_last_year = {Tariffs::last_open};
  const Settings settings = all_cells();
  const reference::Answer answer = reference::solve(world, settings);
  EXPECT_EQ(answer.tariff_now(small_lao, small_chn, small_cassava), 0);
  EXPECT_EQ(answer.tariff_now(small_lao, small_chn, small_rubber), 0.05);
  EXPECT_EQ(answer.tariff_now(small_chn, small_lao, small_rubber), 0);
  EXPECT_EQ(answer.tariff_now(small_tha, small_chn, small_cassava), 0.10);
  EXPECT_EQ(answer.tariff_now(small_lao, small_tha, small_cassava), 0.30);
  const Solution solution = solved(world, settings);
  EXPECT_EQ(testing::difference(solution, answer), "");
  const auto told = std::find_if(solution.notices.begin(), solution.notices.end(),
                                 [](const Notice& notice) { return notice.rule == "tariff.customs_union"; });
  ASSERT_NE(told, solution.notices.end());
  EXPECT_EQ(told->whose, (std::vector<std::string>{"CHN", "LAO"}));
}

}  // namespace
}  // namespace potentia
