// Tariffs that a party faces, against means done by hand.
#include "host/drilldown/facts/tariffs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "tests/support/facts_world.hpp"
#include "tests/support/random_world.hpp"

namespace potentia::testing {
namespace {

using drilldown::FacedTariffs;

enum : std::size_t { cassava, starch, rubber, other };  // products in scope

FacedTariffs faced(std::vector<std::int32_t> exporters, std::vector<std::int32_t> markets) {
  return Evaluated(facts_world(), {}, std::move(exporters), std::move(markets)).context().tariffs;
}

TEST(FacedTariffs, OfOnePair) {
  const FacedTariffs tariffs = faced({facts_lao}, {facts_chn});
  ASSERT_TRUE(tariffs.known);
  ASSERT_EQ(tariffs.now.size(), 4u);
  EXPECT_EQ(tariffs.now, (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(tariffs.horizon, (std::vector<double>{0, 0.05, 0, 0}));
  EXPECT_EQ(tariffs.regime_now, (std::vector<std::string>{"FTA", "LDC", "MFN free", "no tariff line"}));
  EXPECT_EQ(tariffs.regime_horizon, (std::vector<std::string>{"FTA", "FTA", "MFN free", "no tariff line"}));
  EXPECT_EQ(tariffs.line_missing, (std::vector<char>{0, 0, 0, 1}));
  EXPECT_EQ(tariffs.weight, (std::vector<double>{30e6, 6e6, 0, 1e6}));
  // Cassava is sold by KHM (10, free until 2025, then 10 %), THA (80, free) and VNM (50, 10 %).
  EXPECT_NEAR(tariffs.rivals_now[cassava], 5.0 / 140.0, 1e-16);
  EXPECT_NEAR(tariffs.rivals_horizon[cassava], 6.0 / 140.0, 1e-16);
  EXPECT_EQ(tariffs.rivals_now[rubber], 0.0);
  EXPECT_TRUE(std::isnan(tariffs.rivals_now[starch]));
}

TEST(FacedTariffs, WithinACustomsUnionNothingIsPaid) {
  World world = facts_world();
  Tariffs& tariffs = world.tariffs;
  tariffs.schedules[static_cast<std::size_t>(tariffs.market_schedule[facts_chn])] = "UNION";
  tariffs.market_schedule[facts_vnm] = tariffs.market_schedule[facts_chn];
  const Evaluated evaluated(std::move(world), {}, {facts_vnm}, {facts_chn});
  const FacedTariffs& faced = evaluated.context().tariffs;
  EXPECT_EQ(faced.now[cassava], 0.0);
  EXPECT_EQ(faced.regime_now[cassava], "customs union");
  const auto use = std::find_if(faced.regimes.begin(), faced.regimes.end(), [](const auto& each) { return each.regime == "customs union"; });
  ASSERT_NE(use, faced.regimes.end());
  EXPECT_FALSE(use->preference);
  EXPECT_EQ(use->best_now, 50e6);
}

TEST(FacedTariffs, DutiableWithoutAPreferenceIsMfn) {
  const FacedTariffs tariffs = faced({facts_vnm}, {facts_chn});
  EXPECT_EQ(tariffs.now[cassava], 0.10);
  EXPECT_EQ(tariffs.regime_now[cassava], "MFN");
  EXPECT_EQ(tariffs.now[starch], 0.20);  // sells none
}

TEST(FacedTariffs, EqualRatesHaveThatRateAsTheirMean) {
  World world = facts_world();
  for (double& rate : world.tariffs.line_rate) rate = 0.2;
  for (TradeYear& year : world.trade)
    for (double& value : year.value) value *= 1.0 / 3.0;
  const Evaluated evaluated(std::move(world), {}, {facts_khm, facts_lao}, {facts_chn});
  EXPECT_EQ(evaluated.context().tariffs.now[cassava], 0.2);
  EXPECT_EQ(evaluated.context().tariffs.rivals_now[cassava], 0.2);
}

TEST(FacedTariffs, OfGroupsAreWeightedByTrade) {
  const FacedTariffs tariffs = faced({facts_khm, facts_lao}, {facts_chn, facts_tha});
  // Cassava: KHM to CHN 10 (0, then 10 %), LAO to CHN 30 (0), LAO to THA 20 (5 %).
  EXPECT_NEAR(tariffs.now[cassava], 1.0 / 60.0, 1e-16);
  EXPECT_NEAR(tariffs.horizon[cassava], 2.0 / 60.0, 1e-16);
  EXPECT_EQ(tariffs.regime_now[cassava], "FTA");
  EXPECT_NEAR(tariffs.rivals_now[cassava], 5.0 / 130.0, 1e-16);
  EXPECT_EQ(tariffs.weight[cassava], 60e6);
  // Rubber goes to THA alone, which has no line for it.
  EXPECT_EQ(tariffs.regime_now[rubber], "no tariff line");
  EXPECT_EQ(tariffs.line_missing[rubber], 1);
}

TEST(FacedTariffs, WithoutTradeAllPairsCountAlike) {
  World world = facts_world();
  // Nobody sells cassava from LAO or KHM: pairs are CHN 0 (LDC) and 0 (FTA), THA 5 % and 5 %.
  for (TradeYear& year : world.trade)
    for (std::size_t at = 0; at < year.product_offset[1]; ++at)
      if (year.exporter[at] == facts_lao || year.exporter[at] == facts_khm) year.value[at] = 0.0;
  const Evaluated evaluated(std::move(world), {}, {facts_khm, facts_lao}, {facts_chn, facts_tha});
  const FacedTariffs& tariffs = evaluated.context().tariffs;
  EXPECT_NEAR(tariffs.now[cassava], 0.1 / 4.0, 1e-16);
  EXPECT_NEAR(tariffs.horizon[cassava], (0.1 + 0.1) / 4.0, 1e-16);  // KHM pays MFN in CHN by then
  EXPECT_EQ(tariffs.regime_now[cassava], "LDC");                    // KHM in CHN, the first pair by code
  EXPECT_EQ(tariffs.weight[cassava], 0.0);
}

TEST(FacedTariffs, MarketsWithoutAScheduleTakeNoPart) {
  const FacedTariffs none = faced({facts_lao}, {facts_khm});
  EXPECT_FALSE(none.known);
  EXPECT_TRUE(std::isnan(none.now[starch]));
  const FacedTariffs some = faced({facts_lao}, {facts_chn, facts_khm});
  EXPECT_EQ(some.horizon[starch], 0.05);
  EXPECT_EQ(some.weight[starch], 6e6);  // not the 3 that go to KHM
  EXPECT_EQ(some.regimes.back().regime, "not known");
  EXPECT_EQ(some.regimes.back().best_now, 3e6);
}

TEST(FacedTariffs, RegimesShareTheTrade) {
  const FacedTariffs tariffs = faced({facts_lao}, {facts_chn});
  ASSERT_EQ(tariffs.regimes.size(), 3u);
  EXPECT_EQ(tariffs.regimes[0].regime, "FTA");
  EXPECT_EQ(tariffs.regimes[0].best_now, 30e6);
  EXPECT_EQ(tariffs.regimes[0].best_horizon, 36e6);
  EXPECT_EQ(tariffs.regimes[0].eligible_now, 36e6);
  EXPECT_EQ(tariffs.regimes[0].eligible_horizon, 36e6);
  EXPECT_EQ(tariffs.regimes[1].regime, "LDC");
  EXPECT_EQ(tariffs.regimes[1].best_now, 6e6);
  EXPECT_EQ(tariffs.regimes[1].best_horizon, 0.0);
  EXPECT_EQ(tariffs.regimes[1].eligible_now, 36e6);
  EXPECT_EQ(tariffs.regimes[1].eligible_horizon, 0.0);
  EXPECT_EQ(tariffs.regimes[2].regime, "no tariff line");
  EXPECT_EQ(tariffs.regimes[2].best_now, 1e6);
  EXPECT_FALSE(tariffs.regimes[2].preference);
}

TEST(FacedTariffs, APreferenceThatGrantsWhatMfnDoesIsNone) {
  World world = facts_world();
  for (std::size_t line = 0; line < world.tariffs.line_rate.size(); ++line)
    if (world.tariffs.line_regime[line] == 1 && world.tariffs.line_product[line] == 0)
      world.tariffs.line_rate[line] = 0.10;
  const Evaluated evaluated(std::move(world), {}, {facts_lao}, {facts_chn});
  const FacedTariffs& tariffs = evaluated.context().tariffs;
  EXPECT_EQ(tariffs.regime_now[cassava], "LDC");
  EXPECT_EQ(tariffs.regime_horizon[cassava], "MFN");
  EXPECT_EQ(tariffs.horizon[cassava], 0.10);
  ASSERT_EQ(tariffs.regimes[0].regime, "FTA");
  EXPECT_EQ(tariffs.regimes[0].eligible_now, 6e6);  // starch alone
}

TEST(FacedTariffs, MeansAndSharesHoldOnAnyWorld) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Case each = random_case(seed, random_shape(seed));
    const std::int32_t countries = static_cast<std::int32_t>(each.world.country_count());
    std::vector<std::int32_t> exporters, markets;
    for (std::int32_t at = 0; at < countries; ++at) (at % 2 == 0 ? exporters : markets).push_back(at);
    markets.push_back(0);
    std::sort(markets.begin(), markets.end());
    const std::string name = each.describe();
    const Evaluated evaluated(std::move(each.world), each.settings, exporters, markets);
    const drilldown::Context& context = evaluated.context();
    const FacedTariffs& tariffs = context.tariffs;
    if (!tariffs.known) continue;
    const FacedTariffs alone =
        drilldown::faced_tariffs(*context.world, context.solution->settings, context.solution->axes.products, context.exporter,
                      context.market, *context.base_trade, 1);
    const auto bytes_differ = [](const std::vector<double>& left, const std::vector<double>& right) {
      return left.size() != right.size() ||
             (!left.empty() && std::memcmp(left.data(), right.data(), left.size() * sizeof(double)) != 0);
    };
    EXPECT_FALSE(bytes_differ(alone.now, tariffs.now) || bytes_differ(alone.rivals_now, tariffs.rivals_now) ||
                 bytes_differ(alone.rivals_horizon, tariffs.rivals_horizon) ||
                 bytes_differ(alone.weight, tariffs.weight))
        << "threads change tariffs: " << name;
    double counted = 0.0, counted_horizon = 0.0;
    for (const drilldown::RegimeUse& use : tariffs.regimes) {
      counted += use.best_now;
      counted_horizon += use.best_horizon;
    }
    const double actual = context.pair.total(column_actual);
    EXPECT_NEAR(counted, actual, 1e-12 * actual) << name;
    EXPECT_NEAR(counted_horizon, actual, 1e-12 * actual) << name;
    for (std::size_t at = 0; at < tariffs.now.size(); ++at) {
      EXPECT_LE(tariffs.weight[at], context.pair.columns[column_actual][at] * (1 + 1e-12)) << name;
      EXPECT_FALSE(tariffs.now[at] < 0.0) << name;
    }
  }
}

}  // namespace
}  // namespace potentia::testing
