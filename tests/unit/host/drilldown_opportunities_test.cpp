// The table of opportunities and its confidence flags, against sums done by hand.
#include <cmath>

#include "host/drilldown/parts/parts.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

Part part_of(World world, std::int32_t exporter = small_lao, std::int32_t market = small_chn,
             const Settings& settings = {}) {
  const Evaluated evaluated(std::move(world), settings, {exporter}, {market});
  return opportunities_part(evaluated.context(), find_opportunities(evaluated.context()), {});
}

bool flagged(const Part& part, const std::string& product, const std::string& flag) {
  const Figure& figure = figure_of(part, "opportunities");
  return flag_at(figure, row_of(figure, "product", product), flag);
}

TEST(Opportunities, RowsOfTheWorkedExample) {
  const Part part = part_of(small_world());
  const Figure& figure = figure_of(part, "opportunities");
  ASSERT_EQ(figure.table.rows.size(), 2u) << "what is traded is listed although nothing of it is untapped";
  EXPECT_EQ(text_at(figure, 0, "product"), "071410");
  EXPECT_EQ(text_at(figure, 0, "sector"), "Agriculture");
  EXPECT_EQ(number_at(figure, 0, "rank"), 1);
  EXPECT_NEAR(number_at(figure, 0, "potential"), 65592515.6879, 1e-4);
  EXPECT_EQ(number_at(figure, 0, "actual"), 30e6);
  EXPECT_NEAR(number_at(figure, 0, "unrealized"), 35592515.6879, 1e-4);
  EXPECT_NEAR(number_at(figure, 0, "static_share"), 22535587.0497 / 35592515.6879, 1e-11);
  EXPECT_NEAR(number_at(figure, 0, "change_income"), 10595701.0852, 1e-4);
  EXPECT_EQ(number_at(figure, 0, "market_imports"), 630e6);
  EXPECT_NEAR(number_at(figure, 0, "market_growth"), 746801078.5599 / 630e6 - 1.0, 1e-12);
  EXPECT_EQ(text_at(figure, 0, "rival_1"), "THA");
  EXPECT_EQ(text_at(figure, 0, "rival_1_name"), "Thailand");
  EXPECT_EQ(number_at(figure, 0, "rival_1_share"), 600.0 / 630.0);
  EXPECT_TRUE(empty_at(figure, 0, "rival_2"));
  EXPECT_TRUE(empty_at(figure, 1, "static_share")) << "no share of nothing";
  // Laos loses its duty-free access by 2028 and then pays 10 % as Thailand does all along.
  EXPECT_EQ(number_at(figure, 1, "tariff_now"), 0.0);
  EXPECT_EQ(number_at(figure, 1, "tariff_horizon"), 0.1);
  EXPECT_EQ(number_at(figure, 1, "advantage_now"), 0.1);
  EXPECT_EQ(number_at(figure, 1, "advantage_horizon"), 0.0);
  expect_drawable(part);
}

TEST(Opportunities, NoTariffsLeaveTheirColumnsEmpty) {
  World world = small_world();
  world.tariffs = {};
  world.tariffs.market_schedule.assign(3, -1);
  const Part part = part_of(std::move(world));
  const Figure& figure = figure_of(part, "opportunities");
  for (const char* key : {"tariff_now", "tariff_horizon", "advantage_now", "advantage_horizon"})
    EXPECT_TRUE(empty_at(figure, 0, key)) << key;
  EXPECT_FALSE(flagged(part, "071410", "unmatched_tariff"));
}

TEST(OpportunityFlags, OfTheWorkedExample) {
  const Part part = part_of(small_world());
  const Figure& figure = figure_of(part, "opportunities");
  EXPECT_EQ(text_at(figure, 0, "flags"), "few years, single supplier") << "one base year; Thailand sells 600 of 630";
  for (const char* key : {"net_importer", "filled_sigma", "filled_distance", "filled_growth", "unmatched_tariff",
                          "tiny_market", "small_flow"})
    EXPECT_FALSE(flagged(part, "071410", key)) << key;
}

TEST(OpportunityFlags, EachIsSetByItsCause) {
  World world = small_world();
  world.sigma[small_cassava] = missing_value;
  Part part = part_of(std::move(world));
  EXPECT_TRUE(flagged(part, "071410", "filled_sigma"));
  EXPECT_FALSE(flagged(part, "400121", "filled_sigma"));

  world = small_world();
  world.distance[small_lao * 3 + small_chn] = missing_value;
  part = part_of(std::move(world));
  EXPECT_TRUE(flagged(part, "071410", "filled_distance"));
  world = small_world();
  world.distance[small_lao * 3 + small_chn] = missing_value;
  Settings without;
  without.method.distance_fit = false;
  EXPECT_FALSE(flagged(part_of(std::move(world), small_lao, small_chn, without), "071410", "filled_distance"));

  for (const auto& [country, population, expected] : {std::tuple{small_lao, false, true},
                                                      {small_chn, false, true},
                                                      {small_chn, true, true},
                                                      {small_lao, true, false},
                                                      {small_tha, false, false}}) {
    world = small_world();
    (population ? world.macro.population : world.macro.gdp)[static_cast<std::size_t>(country) * 2 + 1] = missing_value;
    EXPECT_EQ(flagged(part_of(std::move(world)), "071410", "filled_growth"), expected)
        << "country " << country << (population ? " population" : " GDP");
  }

  world = small_world();
  Tariffs& tariffs = world.tariffs;
  for (auto* column : {&tariffs.line_schedule, &tariffs.line_regime, &tariffs.line_product})
    column->erase(column->begin());
  tariffs.line_rate.erase(tariffs.line_rate.begin());  // CHN's MFN rate on 071410
  part = part_of(std::move(world));
  EXPECT_TRUE(flagged(part, "071410", "unmatched_tariff"));
  EXPECT_FALSE(flagged(part, "400121", "unmatched_tariff"));

  world = small_world();
  scale_trade(world, 1e-3);  // 630,000 and 1,020,000 bought; 30,000 and 120,000 of it from Laos
  part = part_of(std::move(world));
  EXPECT_TRUE(flagged(part, "071410", "tiny_market"));
  EXPECT_FALSE(flagged(part, "400121", "tiny_market"));
  EXPECT_TRUE(flagged(part, "071410", "small_flow"));
  EXPECT_FALSE(flagged(part, "400121", "small_flow"));

  EXPECT_TRUE(flagged(part_of(small_world(), small_chn, small_tha), "071410", "net_importer")) << "buys 630, sells 1";
}

/// Base years in which Laos sells the products so often.
World three_years() {
  World world = small_world();
  world.base_years = {2021, 2022, 2023};
  const double million = 1e6;
  std::vector<TradeYear> years;
  for (const std::int32_t year : {2021, 2022})
    years.push_back(trade_year(
        year, 2,
        {{small_rubber, small_lao, small_chn, 100 * million}, {small_cassava, small_tha, small_chn, 600 * million}}));
  years.push_back(std::move(world.trade[0]));
  world.trade = std::move(years);
  return world;
}

TEST(OpportunityFlags, FewYears) {
  const Part part = part_of(three_years());
  EXPECT_TRUE(flagged(part, "071410", "few_years")) << "sold in one of three years";
  EXPECT_FALSE(flagged(part, "400121", "few_years")) << "sold in all";
  EXPECT_NEAR(number_at(figure_of(part, "opportunities"), row_of(figure_of(part, "opportunities"), "product", "071410"),
                        "actual"),
              10e6, 1e-6)
      << "mean of three years";
}

TEST(OpportunityFlags, AreCountedAndExplained) {
  const Part part = part_of(small_world());
  const Figure& flags = figure_of(part, "flags");
  ASSERT_EQ(flags.table.rows.size(), 9u);
  const std::size_t row = row_of(flags, "flag", "single supplier");
  EXPECT_EQ(number_at(flags, row, "products"), 2) << "Thailand sells 900 of 1020 too";
  EXPECT_EQ(number_at(flags, row, "share"), 1.0);
  EXPECT_NE(text_at(flags, row, "meaning").find("80 %"), std::string::npos);
  EXPECT_EQ(number_at(flags, row_of(flags, "flag", "tiny market"), "unrealized"), 0.0);
}

TEST(Opportunities, HostileNamesPassAsData) {
  World world = small_world();
  world.products[small_cassava].name = "<script>alert(1)</script>";
  world.countries[small_tha].name = "\"Thai\", <b>land</b>";
  const Part part = part_of(std::move(world));
  EXPECT_EQ(text_at(figure_of(part, "opportunities"), 0, "name"), "<script>alert(1)</script>");
  EXPECT_EQ(text_at(figure_of(part, "opportunities"), 0, "rival_1_name"), "\"Thai\", <b>land</b>");
}

TEST(Opportunities, OrderSumsAndGroupsOnRandomWorlds) {
  EXPECT_EQ(
      falsify(
          [](const Case& c) -> std::string {
            Random random(c.seed);
            const std::size_t countries = c.world.countries.size();
            std::vector<std::int32_t> markets = {static_cast<std::int32_t>(random.below(countries))};
            const auto exporter = static_cast<std::int32_t>(random.below(countries));
            for (std::int32_t j = markets[0] + 1; j < static_cast<std::int32_t>(countries) && markets.size() < 3; ++j)
              if (random.chance(0.3)) markets.push_back(j);
            const Evaluated group(copy_of(c.world), c.settings, {exporter}, markets);
            const Part part = opportunities_part(group.context(), find_opportunities(group.context()), {});
            const Figure& figure = figure_of(part, "opportunities");
            for (const Figure& each : part.figures)
              if (!figure_complaint(each).empty()) return figure_complaint(each);

            double unrealized = 0.0, scale = 1.0;
            for (std::size_t row = 0; row < figure.table.rows.size(); ++row) {
              const double value = number_at(figure, row, "unrealized");
              if (row > 0 && value > number_at(figure, row - 1, "unrealized")) return "not in order";
              if (std::fabs(number_at(figure, row, "static") + number_at(figure, row, "dynamic") - value) >
                  1e-9 * (1 + value))
                return "static + dynamic is not unrealised";
              double shares = 0.0;
              for (const char* key : {"rival_1_share", "rival_2_share", "rival_3_share"}) {
                const double share = number_at(figure, row, key);
                if (!std::isnan(share)) shares += share;
              }
              if (shares > 1.0 + 1e-9) return "rivals sell more than the market buys";
              unrealized += value;
              scale += value;
            }
            double members = 0.0;
            for (const std::int32_t j : markets)
              members += group.context().solution->margins.pair.columns[column_unrealized][static_cast<std::size_t>(j)];
            return std::fabs(unrealized - members) > 1e-9 * scale ? "the products do not sum to the pairs" : "";
          },
          world_count(80), 740001),
      "");
}

}  // namespace
}  // namespace potentia::testing
