// Market access as figures, against numbers done by hand.
#include <cmath>
#include <string>
#include <utility>

#include "host/drilldown/parts/parts.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

constexpr auto part_of = part_between<drilldown::access_part>;

TEST(AccessPart, CountsWhatRisesAndFalls) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "change");
  ASSERT_EQ(figure.table.rows.size(), 4u);
  const char* names[] = {"rises", "falls", "stays as it is", "all"};
  const double products[] = {1, 0, 3, 4}, exported[] = {1, 0, 2, 3}, exports[] = {6, 0, 31, 37};
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_EQ(text_at(figure, row, "change"), names[row]);
    EXPECT_EQ(number_at(figure, row, "products"), products[row]);
    EXPECT_EQ(number_at(figure, row, "exported_products"), exported[row]);
    EXPECT_EQ(number_at(figure, row, "exports"), exports[row] * 1e6);
    EXPECT_EQ(number_at(figure, row, "export_share"), exports[row] / 37.0);
  }
  EXPECT_EQ(number_at(figure, 0, "tariff_now"), 0.0);
  EXPECT_EQ(number_at(figure, 0, "tariff_horizon"), 0.05);
  EXPECT_TRUE(std::isnan(number_at(figure, 1, "tariff_now")));
  EXPECT_NEAR(number_at(figure, 3, "tariff_horizon"), 0.3 / 37.0, 1e-17);
  EXPECT_TRUE(std::isnan(number_at(figure, 0, "advantage_now")));  // nobody else sells starch
  EXPECT_NEAR(number_at(figure, 3, "advantage_now"), 5.0 / 140.0, 1e-16);
  EXPECT_NEAR(number_at(figure, 3, "advantage_horizon"), 6.0 / 140.0, 1e-16);
  EXPECT_NEAR(number_at(figure, 0, "unrealized") + number_at(figure, 2, "unrealized"),
              number_at(figure, 3, "unrealized"), 1e-6);
  expect_drawable(part);
}

TEST(AccessPart, AdvantageOfTheMainProducts) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& exported = figure_of(part, "exported");
  ASSERT_EQ(exported.table.rows.size(), 3u);
  EXPECT_EQ(text_at(exported, 0, "code"), "071410");
  EXPECT_EQ(number_at(exported, 0, "exports"), 30e6);
  EXPECT_EQ(text_at(exported, 0, "regime_now"), "FTA");
  EXPECT_NEAR(number_at(exported, 0, "rivals_now"), 5.0 / 140.0, 1e-16);
  EXPECT_NEAR(number_at(exported, 0, "advantage_now"), 5.0 / 140.0, 1e-16);
  EXPECT_NEAR(number_at(exported, 0, "advantage_horizon"), 6.0 / 140.0, 1e-16);
  EXPECT_EQ(text_at(exported, 1, "code"), "110814");
  EXPECT_EQ(text_at(exported, 1, "regime_now"), "LDC");
  EXPECT_EQ(text_at(exported, 1, "regime_horizon"), "FTA");
  EXPECT_EQ(number_at(exported, 1, "tariff_now"), 0.0);
  EXPECT_EQ(number_at(exported, 1, "tariff_horizon"), 0.05);
  EXPECT_TRUE(std::isnan(number_at(exported, 1, "advantage_now")));
  const Figure& untapped = figure_of(part, "untapped");
  for (std::size_t row = 1; row < untapped.table.rows.size(); ++row)
    EXPECT_GE(number_at(untapped, row - 1, "unrealized"), number_at(untapped, row, "unrealized"));
  EXPECT_GT(number_at(untapped, untapped.table.rows.size() - 1, "unrealized"), 0.0);
}

TEST(AccessPart, SharesByRegime) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "regimes");
  ASSERT_EQ(figure.table.rows.size(), 3u);
  EXPECT_EQ(number_at(figure, 0, "best_share_now"), 30.0 / 37.0);
  EXPECT_EQ(number_at(figure, 1, "best_share_now"), 6.0 / 37.0);
  EXPECT_EQ(number_at(figure, 1, "eligible_share_now"), 36.0 / 37.0);
  EXPECT_EQ(number_at(figure, 1, "eligible_horizon"), 0.0);
  EXPECT_TRUE(std::isnan(number_at(figure, 2, "eligible_now")));
  for (const char* column : {"best_share_now", "best_share_horizon"}) {
    double sum = 0.0;
    for (std::size_t row = 0; row < 3; ++row) sum += number_at(figure, row, column);
    EXPECT_NEAR(sum, 1.0, 1e-15);
  }
}

TEST(AccessPart, SaysHowManyMembersAreKnown) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn, facts_khm, facts_vnm});
  EXPECT_NE(figure_of(part, "change").definition.find("whose tariffs are known: 1 of 3."), std::string::npos);
  EXPECT_EQ(number_at(figure_of(part, "change"), 3, "exports"), 37e6);
}

TEST(AccessPart, AGroupsRegimesAreTheSumOfItsMembers) {
  const Part group = part_of(facts_world(), {facts_khm, facts_lao}, {facts_chn, facts_tha});
  const Figure& figure = figure_of(group, "regimes");
  for (std::size_t row = 0; row < figure.table.rows.size(); ++row)
    for (const char* column : {"best_now", "best_horizon"}) {
      double sum = 0.0;
      for (const std::int32_t exporter : {facts_khm, facts_lao})
        for (const std::int32_t market : {facts_chn, facts_tha}) {
          const Part part = part_of(facts_world(), {exporter}, {market});
          const Figure& single = figure_of(part, "regimes");
          for (std::size_t at = 0; at < single.table.rows.size(); ++at)
            if (text_at(single, at, "regime") == text_at(figure, row, "regime")) sum += number_at(single, at, column);
        }
      EXPECT_EQ(number_at(figure, row, column), sum) << text_at(figure, row, "regime") << " " << column;
    }
}

TEST(AccessPart, UseOfPreferences) {
  const Part part = part_of(facts_world(), {facts_lao}, {facts_chn});
  const Figure& figure = figure_of(part, "utilization");
  ASSERT_EQ(figure.table.rows.size(), 2u);
  EXPECT_EQ(text_at(figure, 0, "case"), "LDC, 2021");
  EXPECT_EQ(number_at(figure, 0, "used"), 0.55);
  EXPECT_EQ(number_at(figure, 1, "year"), 2022);
  EXPECT_EQ(number_at(figure, 1, "used") + number_at(figure, 1, "not_used"), 1.0);
  const Part group = part_of(facts_world(), {facts_khm, facts_lao}, {facts_chn});
  ASSERT_EQ(figure_of(group, "utilization").table.rows.size(), 3u);
  EXPECT_EQ(text_at(figure_of(group, "utilization"), 0, "case"), "KHM in CHN, LDC, 2022");
}

TEST(AccessPart, TheUseOfACustomsTerritorysPreferencesIsItsMembers) {
  World world = facts_world();
  world.tariffs.schedules[1] = "EU";  // what THA applies
  const Part part = part_of(std::move(world), {facts_lao}, {facts_tha});
  EXPECT_EQ(number_at(figure_of(part, "utilization"), 0, "used"), 0.9);
}

TEST(AccessPart, SaysWhatIsMissing) {
  World world = facts_world();
  world.tariffs = Tariffs();
  world.utilization = Utilization();
  const Part part = part_of(std::move(world), {facts_lao}, {facts_chn});
  for (const char* id : {"change", "exported", "untapped", "regimes"})
    EXPECT_EQ(figure_of(part, id).notice, "No tariffs of CHN are known in this world.");
  EXPECT_EQ(figure_of(part, "utilization").notice, "This world has no table of the use of preferences.");
  expect_drawable(part);

  const Part other = part_of(facts_world(), {facts_khm}, {facts_tha});  // tariffs, but no trade
  EXPECT_EQ(figure_of(other, "exported").notice, "There is no such product.");
  EXPECT_EQ(figure_of(other, "regimes").notice, "There are no exports to THA in products in scope in the base period.");
  EXPECT_EQ(figure_of(other, "utilization").notice,
            "Exports of KHM to THA do not appear in the table of the use of preferences.");
  expect_drawable(other);
}

}  // namespace
}  // namespace potentia::testing
