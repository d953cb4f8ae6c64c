// The real world of 2024, where POTENTIA_REAL_DATA names its folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "io/import/import.hpp"

namespace potentia {
namespace {

TEST(RealData, HasTheTotalsThatItsNotesGive) {
  const char* folder = std::getenv("POTENTIA_REAL_DATA");
  if (folder == nullptr) GTEST_SKIP() << "POTENTIA_REAL_DATA does not name the folder of real data";
  const World world = import_world(std::string(folder) + "/world2024-tariffs.toml", {});
  ASSERT_EQ(world.trade.size(), 1u);
  const TradeYear& year = world.trade[0];
  EXPECT_EQ(year.value.size(), 9933867u);
  EXPECT_EQ(world.country_count(), 226u);
  EXPECT_EQ(world.product_count(), 5079u);
  double all = 0, exports = 0, to_china = 0;
  for (std::size_t i = 0; i < year.value.size(); ++i) {
    all += year.value[i];
    if (world.countries[year.exporter[i]].iso3 != "LAO") continue;
    exports += year.value[i];
    if (world.countries[year.market[i]].iso3 == "CHN") to_china += year.value[i];
  }
  EXPECT_NEAR(exports / 1e9, 9.404601, 1e-6);
  EXPECT_NEAR(to_china / 1e9, 4.157020, 1e-6);
  EXPECT_NEAR(all / 1e12, 15.02383, 1e-5);
  std::uint64_t lines = 0, gdp_missing = 0, population_missing = 0;
  std::string detail;
  std::vector<std::string> gaps;
  for (const Notice& notice : world.notices) {
    if (notice.rule == "tariffs.lines") {
      lines = notice.count;
      detail = notice.detail;
    }
    if (notice.rule == "macro.gdp_ratio_missing") gdp_missing = notice.count;
    if (notice.rule == "macro.population_ratio_missing") population_missing = notice.count;
    if (notice.rule == "coverage.market_gap.2024") gaps = notice.whose;
    const bool is_coverage = notice.rule.compare(0, 9, "coverage.") == 0;
    EXPECT_TRUE(is_coverage || notice.kind != "warning") << notice.rule;
  }
  EXPECT_EQ(lines, 141887u);
  EXPECT_NE(detail.find("29"), std::string::npos);
  EXPECT_EQ(gdp_missing, 37u);
  EXPECT_EQ(population_missing, 41u);
  std::sort(gaps.begin(), gaps.end());
  EXPECT_EQ(gaps, (std::vector<std::string>{"DEU", "ESP", "FRA", "GBR", "NLD", "USA"}));  // as their README says
}

}  // namespace
}  // namespace potentia
