// What import says at the end: what a world is short of, by its share of trade.
#include "folder.hpp"
#include "io/world/coverage.hpp"

namespace potentia {
namespace {

class CoverageTable : public ImportFolder {
protected:
  CoverageTable() {
    // LAO exports 10 to CHN and 20 to THA, CHN 30 to THA, THA 40 to CHN: 100 in all, in thousands of USD.
    put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,418,156,71410,10,\n2023,418,764,400121,20,\n2023,156,764,71410,30,\n"
                               "2023,764,156,71410,40,\n");
  }
  static std::string line(const World& world, const std::string& rule) {
    const Notice* found = notice(world, rule);
    if (found == nullptr) return "none";
    std::string text = found->kind + " " + std::to_string(found->count) + " " +
                       found->detail.substr(found->detail.rfind('('));
    for (const std::string& code : found->whose) text += " " + code;
    return text;
  }
};

TEST_F(CoverageTable, IsEmptyWhereNothingIsMissing) {
  const World world = import();
  const std::string rules[] = {"growth", "distance", "elasticity", "tariffs", "exporter_gap.2023"};
  for (const std::string& rule : rules) EXPECT_EQ(line(world, "coverage." + rule), "none") << rule;
  // Nobody sells to Laos.
  EXPECT_EQ(line(world, "coverage.market_gap.2023"), "warning 1 (30.0 % of world trade) LAO");
}

TEST_F(CoverageTable, TellsTheShareOfTradeAndTheLargestFirst) {
  put("macro.csv", "iso3,year,gdp,population\nTHA,2023,1,1\nTHA,2028,1,1\nLAO,2023,1,1\nLAO,2028,1,\n");
  put("dist.csv", "iso_o,iso_d,dist\nLAO,CHN,1\nCHN,LAO,1\nLAO,THA,.\nCHN,THA,1\n");
  put("sigma.csv", "hs6,sigma\n071410,4\n");
  set_table("tariffs", "rates = \"rates.csv\"");
  put("rates.csv", "market,regime,hs6,rate\nCHN,MFN,071410,0.1\n");
  const World world = import();
  EXPECT_EQ(line(world, "coverage.growth"), "warning 2 (100.0 % of world trade) CHN LAO");
  EXPECT_EQ(line(world, "coverage.distance"), "warning 2 (60.0 % of world trade) THA CHN LAO");
  EXPECT_EQ(line(world, "coverage.elasticity"), "warning 1 (20.0 % of world trade) 400121");
  EXPECT_EQ(line(world, "coverage.tariffs"), "warning 2 (50.0 % of world trade) THA LAO");
}

TEST_F(CoverageTable, GapsAreToldByYear) {
  set_table("world", "hs_revision = \"HS17\"\nbase_years = [2022, 2023]\nhorizon_year = 2028");
  put("BACI_HS17_Y2022.csv", "t,i,j,k,v\n2022,156,764,71410,30\n2022,764,418,71410,70\n");
  const World world = import();
  EXPECT_EQ(line(world, "coverage.exporter_gap.2022"), "warning 1 (50.0 % of world trade) LAO");
  EXPECT_EQ(line(world, "coverage.exporter_gap.2023"), "none");
  EXPECT_EQ(line(world, "coverage.market_gap.2022"), "warning 1 (55.0 % of world trade) CHN");
  EXPECT_EQ(line(world, "coverage.market_gap.2023"), "warning 1 (50.0 % of world trade) LAO");
}

TEST_F(CoverageTable, ProductsOutOfScopeNeedNoElasticity) {
  put("sigma.csv", "hs6,sigma\n071410,4\n");
  set_table("products", "excluded = \"excluded.csv\"");
  put("excluded.csv", "hs6\n400121\n");
  EXPECT_EQ(line(import(), "coverage.elasticity"), "none");
}

TEST_F(CoverageTable, RowsDroppedAreToldByTheTradeThatTheyConcern) {
  set_table("tariffs", "rates = \"rates.csv\"");
  put("rates.csv", "market,regime,hs6,rate\nCHN,MFN,071410,0.1\nLAO,MFN,071410,\nLAO,MFN,400121,0\n");
  const World world = import();
  const Notice* drop = notice(world, "tariffs.rate_missing");
  ASSERT_NE(drop, nullptr);
  EXPECT_EQ(drop->detail, "lines without a rate, 30.0 % of world trade");
}

TEST_F(CoverageTable, ACountryInNearlyHalfOfAllTradeDrawsAWarning) {
  const World world = import();
  ASSERT_NE(notice(world, "trade.dominant"), nullptr);
  EXPECT_EQ(notice(world, "trade.dominant")->whose, (std::vector<std::string>{"CHN", "THA"}));
}

/// The whole table, a line for each variable: known / all, share of trade without, the largest without.
std::string table_text(const World& world) {
  std::string text;
  for (const Coverage& row : coverage_table(world, TradeShares(world))) {
    text += row.variable + ", " + row.of + ": " + std::to_string(row.known) + "/" + std::to_string(row.all) + " " +
            share_in_words(row.missing_share);
    for (const std::string& code : row.missing) text += " " + code;
    text += "\n";
  }
  return text;
}

TEST_F(CoverageTable, NamesEveryVariable) {
  put("macro.csv", "iso3,year,gdp,population\nTHA,2023,1,1\nTHA,2028,1,1\nLAO,2023,1,1\nLAO,2028,1,\n");
  put("dist.csv", "iso_o,iso_d,dist\nLAO,CHN,1\nCHN,LAO,1\nLAO,THA,.\nCHN,THA,1\n");
  put("sigma.csv", "hs6,sigma,income_elasticity\n071410,4,\n400121,,1\n");
  EXPECT_EQ(table_text(import()),
            "exports 2023, countries: 3/3 none\n"
            "imports 2023, countries: 2/3 30.0 % LAO\n"
            "GDP 2023 and 2028, countries: 2/3 80.0 % CHN\n"
            "population 2023 and 2028, countries: 1/3 100.0 % CHN LAO\n"
            "distance, pairs that trade: 2/4 60.0 % THA CHN LAO\n"
            "elasticity, products in scope: 1/2 20.0 % 400121\n"
            "income elasticity, products in scope: 1/2 80.0 % 071410\n"
            "tariffs, markets: 0/3 100.0 % CHN THA LAO\n");
}

TEST_F(CoverageTable, CanBeOfOtherYearsThanTheWorlds) {
  put("BACI_HS17_Y2022.csv", "t,i,j,k,v\n2022,156,764,71410,30\n2022,764,418,71410,70\n");
  const World world = import();
  const std::vector<Coverage> rows = coverage_table(world, TradeShares(world, {2022}), {2022}, 2028);
  EXPECT_EQ(rows[0].variable, "exports 2022");
  EXPECT_EQ(rows[0].missing, (std::vector<std::string>{"LAO"}));
  EXPECT_EQ(rows[0].missing_share, 0.7);
  EXPECT_EQ(rows[2].variable, "GDP 2022 and 2028");
  EXPECT_EQ(rows[2].known, 0U);
}

TEST(TradeShares, DoNotDependOnTheOrderOfPartsAndCountBothEndsOnce) {
  World world;
  world.countries = {{"AAA", "", "a"}, {"BBB", "", "b"}, {"CCC", "", "c"}};
  world.products.resize(1);
  world.base_years = {2020};
  TradeYear year;
  year.year = 2020;
  year.product_offset = {0, 2};
  year.exporter = Buffer<std::uint16_t>(2);
  year.market = Buffer<std::uint16_t>(2);
  year.value = Buffer<double>(2);
  year.exporter[0] = 0, year.market[0] = 1, year.value[0] = 3;
  year.exporter[1] = 1, year.market[1] = 2, year.value[1] = 1;
  world.trade.push_back(std::move(year));
  const TradeShares trade(world);
  EXPECT_EQ(trade.total(), 4);
  EXPECT_EQ(trade.of_countries({1, 1, 0}), 1);
  EXPECT_EQ(trade.of_countries({1, 0, 0}), 0.75);
  EXPECT_EQ(trade.of_countries({0, 0, 1}), 0.25);
}

}  // namespace
}  // namespace potentia
