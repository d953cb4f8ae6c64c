// Trade over the years, against sums done by hand.
#include <cmath>
#include <string>
#include <utility>

#include "host/drilldown/facts/trade_facts.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "tests/support/random_world.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

Part part_of(std::vector<std::int32_t> exporters, std::vector<std::int32_t> markets) {
  return part_between<drilldown::trade_part>(facts_world(), std::move(exporters), std::move(markets));
}

TEST(TradePart, AddsUpEveryYear) {
  const Part part = part_of({facts_lao}, {facts_chn});
  const Figure& world = figure_of(part, "world");
  const Figure& share = figure_of(part, "share");
  const Figure& market = figure_of(part, "market");
  ASSERT_EQ(world.table.rows.size(), 3u);
  const double years[] = {2020, 2022, 2023}, exports[] = {20e6, 44e6, 100e6}, imports[] = {10e6, 16e6, 28e6};
  const double to_market[] = {10e6, 26e6, 56e6}, from_market[] = {5e6, 12e6, 20e6};
  for (std::size_t year = 0; year < 3; ++year) {
    EXPECT_EQ(number_at(world, year, "year"), years[year]);
    EXPECT_EQ(number_at(world, year, "exports"), exports[year]);
    EXPECT_EQ(number_at(world, year, "imports"), imports[year]);
    EXPECT_EQ(number_at(world, year, "balance"), exports[year] - imports[year]);
    EXPECT_EQ(number_at(market, year, "exports"), to_market[year]);
    EXPECT_EQ(number_at(market, year, "imports"), from_market[year]);
    EXPECT_EQ(number_at(market, year, "balance"), to_market[year] - from_market[year]);
    EXPECT_EQ(number_at(share, year, "export_share"), to_market[year] / exports[year]);
    EXPECT_EQ(number_at(share, year, "import_share"), from_market[year] / imports[year]);
  }
  expect_drawable(part);
}

TEST(TradePart, GrowthIsCompoundOverTheYearsBetween) {
  const Part part = part_of({facts_lao}, {facts_chn});
  const Figure& growth = figure_of(part, "growth");
  ASSERT_EQ(growth.table.rows.size(), 4u);
  EXPECT_EQ(number_at(growth, 0, "first_year"), 2020);
  EXPECT_EQ(number_at(growth, 0, "last_year"), 2023);
  EXPECT_NEAR(number_at(growth, 0, "growth"), std::cbrt(100.0 / 20.0) - 1.0, 1e-15);
  EXPECT_NEAR(number_at(growth, 1, "growth"), std::cbrt(28.0 / 10.0) - 1.0, 1e-15);
  EXPECT_NEAR(number_at(growth, 2, "growth"), std::cbrt(56.0 / 10.0) - 1.0, 1e-15);
  EXPECT_NEAR(number_at(growth, 3, "growth"), std::cbrt(20.0 / 5.0) - 1.0, 1e-15);
  EXPECT_EQ(text_at(growth, 2, "flow"), "Exports to CHN");
}

TEST(TradePart, AYearAloneIsNotDrawn) {
  World world = facts_world();
  world.trade.erase(world.trade.begin(), world.trade.end() - 1);
  world.base_years = {2023};
  const Part part = part_between<drilldown::trade_part>(std::move(world), {facts_lao}, {facts_chn});
  for (const char* id : {"world", "share", "market"}) {
    EXPECT_EQ(figure_of(part, id).table.rows.size(), 1u) << id;
    EXPECT_TRUE(figure_of(part, id).charts.empty()) << id;
  }
  EXPECT_EQ(figure_of(part_of({facts_lao}, {facts_chn}), "share").charts.size(), 2u);
}

TEST(TradePart, GrowthFromNothingIsNotANumber) {
  const Part part = part_of({facts_khm}, {facts_chn});  // sells nothing in 2020
  const Figure& growth = figure_of(part, "growth");
  EXPECT_EQ(number_at(growth, 0, "first"), 0.0);
  EXPECT_TRUE(std::isnan(number_at(growth, 0, "growth")));
  const Figure& share = figure_of(part, "share");
  EXPECT_TRUE(std::isnan(number_at(share, 0, "export_share")));
}

TEST(TradePart, OneYearGivesLevelsAndANotice) {
  World world = facts_world();
  world.trade.erase(world.trade.begin(), world.trade.begin() + 2);
  world.base_years = {2023};
  const Part part = part_between<drilldown::trade_part>(std::move(world), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "world");
  ASSERT_EQ(figure.table.rows.size(), 1u);
  EXPECT_EQ(number_at(figure, 0, "exports"), 100e6);
  EXPECT_EQ(figure_of(part, "growth").notice, "Growth needs more than one year of trade; this world has 2023 alone.");
  expect_drawable(part);
}

TEST(TradePart, AGroupIsTheSumOfItsMembers) {
  const Part group = part_of({facts_khm, facts_lao}, {facts_chn, facts_tha});
  for (std::size_t year = 0; year < 3; ++year)
    for (const char* column : {"exports", "imports", "balance"}) {
      double world = 0.0, market = 0.0;
      for (const std::int32_t exporter : {facts_khm, facts_lao}) {
        world += number_at(figure_of(part_of({exporter}, {facts_chn}), "world"), year, column);
        for (const std::int32_t partner : {facts_chn, facts_tha})
          market += number_at(figure_of(part_of({exporter}, {partner}), "market"), year, column);
      }
      EXPECT_EQ(number_at(figure_of(group, "world"), year, column), world) << column;
      EXPECT_EQ(number_at(figure_of(group, "market"), year, column), market) << column;
    }
  EXPECT_EQ(number_at(figure_of(group, "world"), 2, "within"), 4e6);  // LAO to KHM in 2023
  expect_drawable(group);
}

TEST(TradePart, AMarketMayHoldTheExporter) {
  const Part part = part_of({facts_lao}, {facts_chn, facts_khm, facts_lao, facts_tha, 4});
  EXPECT_EQ(number_at(figure_of(part, "share"), 2, "export_share"), 1.0);
  EXPECT_EQ(number_at(figure_of(part, "share"), 2, "import_share"), 1.0);
}

TEST(TradeFacts, AgreeWithTheEngineOnAnyWorld) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Case each = random_case(seed, random_shape(seed));
    std::vector<std::int32_t> countries(each.world.country_count());
    for (std::size_t at = 0; at < countries.size(); ++at) countries[at] = static_cast<std::int32_t>(at);
    const std::size_t half = (countries.size() + 1) / 2;
    const std::vector<std::int32_t> exporters(countries.begin(), countries.begin() + static_cast<std::ptrdiff_t>(half));
    const std::vector<std::int32_t> markets(countries.begin() + static_cast<std::ptrdiff_t>(half / 2), countries.end());
    const std::string name = each.describe();
    const Evaluated evaluated(std::move(each.world), each.settings, exporters, markets);
    const drilldown::Context& context = evaluated.context();
    const std::vector<drilldown::PartyTrade> trade = drilldown::trade_by_product(context);
    for (std::size_t at = 0; at < context.solution->axes.products.size(); ++at) {
      const drilldown::PartyTrade& product = trade[context.solution->axes.products[at]];
      const double actual = context.pair.columns[column_actual][at];
      EXPECT_NEAR(product.market_exports, actual, 1e-12 * actual) << name;
      EXPECT_NEAR(product.market_exports + product.rest_exports, product.exports, 1e-12 * product.exports) << name;
      EXPECT_NEAR(product.market_imports + product.rest_imports, product.imports, 1e-12 * product.imports) << name;
    }
  }
}

}  // namespace
}  // namespace potentia::testing
