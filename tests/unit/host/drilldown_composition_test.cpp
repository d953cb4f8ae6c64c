// What trade is made of, against sums done by hand: averages of 2022 and 2023.
#include <cmath>
#include <string>
#include <utility>

#include "host/drilldown/parts/parts.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

constexpr auto part_of = part_between<drilldown::composition_part>;

void expect_levels(const Figure& figure, std::size_t row, double raw, double semi, double processed, double other) {
  const double total = raw + semi + processed + other;
  const std::pair<const char*, double> expected[] = {
      {"raw", raw}, {"semi_processed", semi}, {"processed", processed}, {"not_classified", other}};
  EXPECT_EQ(number_at(figure, row, "total"), total * 1e6);
  double shares = 0.0;
  for (const auto& [level, value] : expected) {
    EXPECT_EQ(number_at(figure, row, level), value * 1e6) << level;
    EXPECT_EQ(number_at(figure, row, std::string(level) + "_share"), value / total) << level;
    shares += number_at(figure, row, std::string(level) + "_share");
  }
  EXPECT_NEAR(shares, 1.0, 1e-15);
}

TEST(CompositionPart, ByLevelOfProcessing) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  expect_levels(figure_of(part, "processing_exports"), 0, 30, 6, 4, 1);
  expect_levels(figure_of(part, "processing_exports"), 1, 28, 3, 0, 0);
  expect_levels(figure_of(part, "processing_imports"), 0, 4, 12, 0, 0);
  expect_levels(figure_of(part, "processing_imports"), 1, 6, 0, 0, 0);
  expect_drawable(part);
}

TEST(CompositionPart, BySector) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& exports = figure_of(part, "sectors_exports");
  ASSERT_EQ(exports.table.rows.size(), 2u);
  EXPECT_EQ(text_at(exports, 0, "sector"), "Food");
  EXPECT_EQ(number_at(exports, 0, "market"), 36e6);
  EXPECT_EQ(number_at(exports, 0, "market_share"), 36.0 / 41.0);
  EXPECT_EQ(number_at(exports, 0, "rest"), 23e6);
  EXPECT_EQ(number_at(exports, 0, "rest_share"), 23.0 / 31.0);
  EXPECT_EQ(number_at(exports, 1, "market"), 5e6);
  EXPECT_EQ(number_at(exports, 1, "rest"), 8e6);
  const Figure& imports = figure_of(part, "sectors_imports");
  EXPECT_EQ(number_at(imports, 0, "market"), 12e6);
  EXPECT_EQ(number_at(imports, 0, "rest_share"), 1.0);
  EXPECT_EQ(number_at(imports, 1, "market_share"), 0.25);
  EXPECT_EQ(number_at(imports, 1, "rest"), 0.0);
}

TEST(CompositionPart, TopProducts) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& exports = figure_of(part, "top_exports");
  ASSERT_EQ(exports.table.rows.size(), 4u);
  const char* codes[] = {"071410", "110814", "930100", "980000"};
  const double values[] = {30, 6, 4, 1};
  double above = 0.0;
  for (std::size_t rank = 0; rank < 4; ++rank) {
    above += values[rank];
    EXPECT_EQ(number_at(exports, rank, "rank"), static_cast<double>(rank + 1));
    EXPECT_EQ(text_at(exports, rank, "code"), codes[rank]);
    EXPECT_EQ(number_at(exports, rank, "value"), values[rank] * 1e6);
    EXPECT_EQ(number_at(exports, rank, "share"), values[rank] / 41.0);
    EXPECT_EQ(number_at(exports, rank, "cumulated_share"), above / 41.0);
  }
  EXPECT_EQ(number_at(exports, 3, "cumulated_share"), 1.0);
  const Figure& imports = figure_of(part, "top_imports");
  ASSERT_EQ(imports.table.rows.size(), 2u);
  EXPECT_EQ(text_at(imports, 0, "name"), "Starch");
  EXPECT_EQ(number_at(imports, 1, "share"), 0.25);
}

TEST(CompositionPart, ListsTenAndBreaksTiesByCode) {
  World world = facts_world();
  for (int extra = 0; extra < 9; ++extra)
    world.products.push_back({"98100" + std::to_string(extra), "More", true, 1, Processing::raw});
  world.sigma.assign(world.products.size(), 4.0);
  for (TradeYear& year : world.trade) {
    std::vector<std::pair<std::uint16_t, std::uint16_t>> ends;
    std::vector<double> values(year.value.begin(), year.value.end());
    for (std::size_t at = 0; at < values.size(); ++at) ends.emplace_back(year.exporter[at], year.market[at]);
    for (int extra = 0; extra < 9; ++extra) {
      year.product_offset.push_back(year.product_offset.back() + 1);
      ends.emplace_back(facts_lao, facts_chn);
      values.push_back(1e3);
    }
    year.exporter = Buffer<std::uint16_t>(values.size());
    year.market = Buffer<std::uint16_t>(values.size());
    year.value = Buffer<double>(values.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
      year.exporter[at] = ends[at].first;
      year.market[at] = ends[at].second;
      year.value[at] = values[at];
    }
  }
  const Part part = part_of(std::move(world), {facts_lao}, {facts_chn});
  const Figure& exports = figure_of(part, "top_exports");
  ASSERT_EQ(exports.table.rows.size(), 10u);
  for (std::size_t rank = 4; rank < 10; ++rank)
    EXPECT_EQ(text_at(exports, rank, "code"), "98100" + std::to_string(rank - 4));
  EXPECT_LT(number_at(exports, 9, "cumulated_share"), 1.0);
}

TEST(CompositionPart, EquivalentNumberOfProducts) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "diversity");
  ASSERT_EQ(figure.table.rows.size(), 4u);
  const char* flows[] = {"Exports to CHN", "Exports to all countries", "Imports from CHN",
                         "Imports from all countries"};
  const double values[] = {41e6, 72e6, 16e6, 22e6}, products[] = {4, 5, 2, 3};
  const double equivalent[] = {1681.0 / 953.0, 5184.0 / 2662.0, 256.0 / 160.0, 484.0 / 196.0};
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_EQ(text_at(figure, row, "flow"), flows[row]);
    EXPECT_EQ(number_at(figure, row, "value"), values[row]);
    EXPECT_EQ(number_at(figure, row, "products"), products[row]);
    EXPECT_NEAR(number_at(figure, row, "equivalent"), equivalent[row], 1e-14);
  }
}

TEST(CompositionPart, AGroupIsTheSumOfItsMembers) {
  const Part group = part_of(facts_world(), {facts_khm, facts_lao}, {facts_chn, facts_tha});
  for (const char* id : {"processing_exports", "processing_imports"})
    for (const char* column : {"raw", "semi_processed", "processed", "not_classified", "total"}) {
      double sum = 0.0;
      for (const std::int32_t exporter : {facts_khm, facts_lao})
        for (const std::int32_t market : {facts_chn, facts_tha})
          sum += number_at(figure_of(part_of(facts_world(), {exporter}, {market}), id), 0, column);
      EXPECT_EQ(number_at(figure_of(group, id), 0, column), sum) << id << " " << column;
    }
}

TEST(CompositionPart, WeightsAreThoseOfTheSettings) {
  Settings settings;
  settings.method.weights = {3, 1};
  const Evaluated evaluated(facts_world(), settings, {facts_lao}, {facts_chn});
  const Part part = composition_part(evaluated.context());
  EXPECT_EQ(number_at(figure_of(part, "top_exports"), 0, "value"), 25e6);  // (3 · 20 + 40) / 4
}

TEST(CompositionPart, SaysWhatIsMissing) {
  World world = facts_world();
  for (Product& product : world.products) product.processing = Processing::unknown;
  const Part part = part_of(std::move(world), {facts_lao}, {facts_vnm});
  EXPECT_EQ(figure_of(part, "processing_exports").notice, "This world has no table of levels of processing.");
  EXPECT_EQ(figure_of(part, "top_exports").notice, "There is no trade with VNM in this direction in the base period.");
  const Figure& diversity = figure_of(part, "diversity");
  EXPECT_EQ(number_at(diversity, 0, "products"), 0.0);
  EXPECT_TRUE(std::isnan(number_at(diversity, 0, "equivalent")));
  expect_drawable(part);
}

}  // namespace
}  // namespace potentia::testing
