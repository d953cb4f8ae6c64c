// Where a report's numbers come from, as the report tells.
#include "host/drilldown/parts/parts.hpp"
#include "host/version.hpp"
#include "tests/support/small_world.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

Part part_of(World world, const Settings& settings = {}) {
  return provenance_part(Evaluated(std::move(world), settings, {small_lao}, {small_chn}).context());
}

std::string item(const Part& part, const std::string& name) {
  const Figure& basis = figure_of(part, "basis");
  return text_at(basis, row_of(basis, "item", name), "value");
}

TEST(ProvenancePart, SaysWhatItIs) {
  World world = small_world();
  world.title = "A small world";
  const Part part = part_of(std::move(world));
  EXPECT_NE(item(part, "Status").find("Unofficial replication"), std::string::npos);
  EXPECT_NE(item(part, "Status").find("not ITC's figures"), std::string::npos);
  EXPECT_NE(item(part, "Program").find(program_version()), std::string::npos);
  EXPECT_EQ(item(part, "World"), "A small world");
  EXPECT_EQ(item(part, "Base years"), "2023");
  EXPECT_EQ(item(part, "Horizon"), "2028");
  EXPECT_EQ(item(part, "Exporter"), "LAO: LAO");
  expect_drawable(part);
  const Figure& citation = figure_of(part, "citation");
  const std::string how = text_at(citation, 0, "meaning");
  EXPECT_NE(how.find("LAO to CHN"), std::string::npos);
  EXPECT_NE(how.find("Unofficial replication"), std::string::npos);
}

TEST(ProvenancePart, ListsSourcesOrSaysThatThereAreNone) {
  EXPECT_NE(figure_of(part_of(small_world()), "sources").notice, "");
  World world = small_world();
  world.sources = {{"trade", "BACI.csv", std::string(64, 'a'), 4096}};
  const Part part = part_of(std::move(world));
  const Figure& sources = figure_of(part, "sources");
  ASSERT_EQ(sources.table.rows.size(), 1u);
  EXPECT_EQ(sources.notice, "");
  EXPECT_EQ(text_at(sources, 0, "file"), "BACI.csv");
  EXPECT_EQ(text_at(sources, 0, "sha256"), std::string(64, 'a'));
  EXPECT_EQ(number_at(sources, 0, "bytes"), 4096);
  EXPECT_NE(text_at(figure_of(part, "citation"), 0, "meaning").find("BACI.csv"), std::string::npos);
}

TEST(ProvenancePart, ShowsTheSwitchesAsUsed) {
  Settings settings;
  settings.method.ease = "calibrated";
  settings.method.distance_fit = false;
  settings.method.weights = {2};
  const Part part = part_of(small_world(), settings);
  const Figure& figure = figure_of(part, "settings");
  const auto value = [&](const char* name) { return text_at(figure, row_of(figure, "setting", name), "value"); };
  EXPECT_EQ(value("method.ease"), "calibrated");
  EXPECT_EQ(value("method.distance_fit"), "false");
  EXPECT_EQ(value("method.net_importer_correction"), "true");
  EXPECT_EQ(value("method.weights"), "2");
  EXPECT_EQ(value("method.missing_years"), "zero");
}

TEST(ProvenancePart, CountsFillsAndTellsThoseOfThePair) {
  World world = small_world();
  for (const std::int32_t country : {small_lao, small_tha})
    world.macro.gdp[static_cast<std::size_t>(country) * 2 + 1] = missing_value;
  world.sigma[small_cassava] = missing_value;
  world.notices.push_back({"drop", "macro.example", 3, "rows of an example", {}});
  const Part part = part_of(std::move(world));
  const Figure& fills = figure_of(part, "fills");
  const std::size_t growth = row_of(fills, "rule", "growth.gdp");
  EXPECT_EQ(number_at(fills, growth, "count"), 2);
  EXPECT_EQ(number_at(fills, growth, "here"), 1);
  EXPECT_EQ(text_at(fills, growth, "here_whose"), "LAO");
  EXPECT_EQ(text_at(fills, growth, "whose"), "LAO THA");
  EXPECT_EQ(text_at(fills, row_of(fills, "rule", "elasticity.sigma"), "here_whose"), "071410");
  const std::size_t drop = row_of(fills, "rule", "macro.example");
  EXPECT_EQ(number_at(fills, drop, "count"), 3);
  EXPECT_EQ(text_at(fills, drop, "kind"), "drop");
}

TEST(ProvenancePart, TariffLinesCountWhereTheMarketAndTheProductAreThePairs) {
  World world = small_world();
  Tariffs& tariffs = world.tariffs;
  for (auto* column : {&tariffs.line_schedule, &tariffs.line_regime, &tariffs.line_product}) {
    column->pop_back();              // THA's rate on 400121
    column->erase(column->begin());  // CHN's rate on 071410
  }
  tariffs.line_rate.pop_back();
  tariffs.line_rate.erase(tariffs.line_rate.begin());
  const Part part = part_of(std::move(world));
  const Figure& fills = figure_of(part, "fills");
  const std::size_t row = row_of(fills, "rule", "tariff.mfn_by_highest");
  EXPECT_EQ(number_at(fills, row, "count"), 1);
  EXPECT_EQ(text_at(fills, row, "here_whose"), "CHN:071410");
  const std::size_t elsewhere = row_of(fills, "rule", "tariff.no_line");  // THA, which is not the market
  EXPECT_EQ(number_at(fills, elsewhere, "count"), 1);
  EXPECT_EQ(text_at(fills, elsewhere, "here_whose"), "");
}

TEST(ProvenancePart, ShowsWhatTheWorldKnowsAndWhatThePairLacks) {
  World world = small_world();
  for (const std::int32_t country : {small_lao, small_tha})
    world.macro.gdp[static_cast<std::size_t>(country) * 2 + 1] = missing_value;
  world.sigma[testing::small_cassava] = missing_value;
  const Part part = part_of(std::move(world));
  const Figure& coverage = figure_of(part, "coverage");
  const std::size_t gdp = row_of(coverage, "variable", "GDP 2023 and 2028");
  EXPECT_EQ(number_at(coverage, gdp, "known"), 1);
  EXPECT_EQ(number_at(coverage, gdp, "all"), 3);
  EXPECT_EQ(number_at(coverage, gdp, "share_without"), 1.0);  // all trade has Laos or Thailand at an end
  EXPECT_EQ(text_at(coverage, gdp, "here_whose"), "LAO");
  EXPECT_EQ(text_at(coverage, gdp, "whose"), "THA LAO");
  EXPECT_EQ(text_at(coverage, row_of(coverage, "variable", "elasticity"), "here_whose"), "071410");
  EXPECT_EQ(number_at(coverage, row_of(coverage, "variable", "distance"), "share_without"), 0.0);
}

TEST(ProvenancePart, DistancesOfOtherPairsDoNotConcernTheReport) {
  const auto of_the_report = [](std::int32_t exporter, std::int32_t market) {
    World world = small_world();
    world.distance[static_cast<std::size_t>(exporter) * world.country_count() + static_cast<std::size_t>(market)] = missing_value;
    const Part part = part_of(std::move(world));
    const Figure& coverage = figure_of(part, "coverage");
    return text_at(coverage, row_of(coverage, "variable", "distance"), "here_whose");
  };
  EXPECT_EQ(of_the_report(small_lao, small_tha), "") << "the report is on Laos and China";
  EXPECT_EQ(of_the_report(small_lao, small_chn), "LAO-CHN");
}

TEST(ProvenancePart, CoverageIsOfTheYearsOfTheSettings) {
  Settings settings;
  settings.world.horizon_year = 2023;
  const Part part = part_of(small_world(), settings);
  const Figure& coverage = figure_of(part, "coverage");
  EXPECT_EQ(number_at(coverage, row_of(coverage, "variable", "GDP 2023 and 2023"), "known"), 3);
}

TEST(ProvenancePart, LongListsOfCodesSayHowManyMore) {
  World world = small_world();
  std::vector<std::string> codes;
  for (int code = 100; code < 125; ++code) codes.push_back("000" + std::to_string(code));
  world.notices.push_back({"drop", "example", 25, "products of an example", codes});
  const Part part = part_of(std::move(world));
  const Figure& fills = figure_of(part, "fills");
  const std::string whose = text_at(fills, row_of(fills, "rule", "example"), "whose");
  EXPECT_NE(whose.find("000119 and 5 more"), std::string::npos) << whose;
}

}  // namespace
}  // namespace potentia::testing
