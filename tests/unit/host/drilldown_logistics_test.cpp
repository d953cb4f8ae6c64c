// Logistics performance as figures, against means done by hand.
#include <cmath>
#include <string>
#include <utility>

#include "host/drilldown/parts/parts.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

constexpr auto part_of = part_between<drilldown::logistics_part>;

TEST(LogisticsPart, LatestYearAgainstRegionMarketAndWorld) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "components");
  ASSERT_EQ(figure.table.rows.size(), 2u);
  EXPECT_EQ(text_at(figure, 0, "component"), "Overall");
  EXPECT_EQ(number_at(figure, 0, "year"), 2023);
  EXPECT_EQ(number_at(figure, 0, "exporter"), 2.4);
  EXPECT_NEAR(number_at(figure, 0, "region"), (2.4 + 2.4 + 3.5) / 3.0, 1e-15);  // KHM, LAO, THA
  EXPECT_EQ(number_at(figure, 0, "market"), 3.7);
  EXPECT_NEAR(number_at(figure, 0, "world"), 3.0, 1e-15);
  EXPECT_EQ(text_at(figure, 1, "component"), "Customs");
  EXPECT_TRUE(std::isnan(number_at(figure, 1, "exporter")));
  EXPECT_NEAR(number_at(figure, 1, "region"), (2.2 + 3.3) / 2.0, 1e-15);
  EXPECT_NEAR(number_at(figure, 1, "world"), (3.3 + 2.2 + 3.3) / 3.0, 1e-15);
  EXPECT_EQ(figure.table.columns[3].label, "South-eastern Asia");
  expect_drawable(part);
}

TEST(LogisticsPart, OverTheYears) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "years");
  ASSERT_EQ(figure.table.rows.size(), 2u);
  EXPECT_EQ(number_at(figure, 0, "year"), 2018);
  EXPECT_EQ(number_at(figure, 0, "exporter"), 2.7);
  EXPECT_EQ(number_at(figure, 0, "region"), 2.7);
  EXPECT_NEAR(number_at(figure, 0, "world"), (3.6 + 2.7) / 2.0, 1e-15);
  EXPECT_EQ(number_at(figure, 1, "exporter"), 2.4);
}

TEST(LogisticsPart, GroupsAreMeansWithTheirMembersBeside) {
  const Part part = part_of(facts_world(), {facts_lao, facts_tha}, {facts_chn, facts_khm});
  const Figure& figure = figure_of(part, "components");
  EXPECT_NEAR(number_at(figure, 0, "exporter"), (2.4 + 3.5) / 2.0, 1e-15);
  EXPECT_EQ(number_at(figure, 0, "exporter_LAO"), 2.4);
  EXPECT_EQ(number_at(figure, 0, "exporter_THA"), 3.5);
  EXPECT_NEAR(number_at(figure, 0, "market"), (3.7 + 2.4) / 2.0, 1e-15);
  EXPECT_EQ(figure_complaint(figure), "");
}

TEST(LogisticsPart, SaysWhatIsMissing) {
  World world = facts_world();
  world.logistics = Logistics();
  const Part none = part_of(std::move(world), {facts_lao}, {facts_chn});
  for (const Figure& figure : none.figures) {
    EXPECT_EQ(figure.notice, "This world has no table of logistics performance.");
    EXPECT_EQ(figure_complaint(figure), "");
  }
  const Part unknown = part_of(facts_world(), {facts_vnm}, {facts_chn});
  for (const Figure& figure : unknown.figures)
    EXPECT_EQ(figure.notice, "VNM has no score in the table of logistics performance.");
  const Part one_year = part_of(facts_world(), {facts_khm}, {facts_chn});
  EXPECT_EQ(figure_of(one_year, "years").notice, "Scores of KHM are known for one year alone, 2023.");
  EXPECT_EQ(figure_of(one_year, "components").table.rows.size(), 2u);
}

}  // namespace
}  // namespace potentia::testing
