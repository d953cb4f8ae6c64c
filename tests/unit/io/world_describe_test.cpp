// What info and validate say of a world.
#include <gtest/gtest.h>

#include <algorithm>

#include "io/world/world_file.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

World by_hand(const Folder& folder) {
  const std::string path = folder / "world.h5";
  run("/usr/bin/python3 -B '" POTENTIA_SOURCE_DIR "/tests/support/write_world_by_hand.py' " + path);
  return read_world(path);
}

const Notice* find(const std::vector<Notice>& findings, const std::string& rule) {
  const auto found =
      std::find_if(findings.begin(), findings.end(), [&](const Notice& notice) { return notice.rule == rule; });
  return found == findings.end() ? nullptr : &*found;
}

TEST(WorldDescribe, TheSmallWorldInLines) {
  const Folder folder;
  std::string page;
  for (const auto& [label, value] : describe_world(by_hand(folder))) page += label + ": " + value + "\n";
  EXPECT_EQ(page,
            "title: By hand\n"
            "HS revision: HS17\n"
            "digest: none: not written by this program\n"
            "base years: 2023\n"
            "horizon: 2028\n"
            "countries: 3\n"
            "products: 2, 2 of them in scope\n"
            "sectors: 2\n"
            "trade 2023: 9 flows, 1.747 billion USD\n"
            "distance: 6 of 6 pairs\n"
            "macro years: 2023 to 2028\n"
            "GDP growth: 3 of 3 countries\n"
            "population growth: 3 of 3 countries\n"
            "sigma: 2 of 2 traded products in scope\n"
            "income elasticity: by product\n"
            "tariffs: 10 lines in 3 schedules of 3 markets, 3 regimes, 3 memberships\n"
            "logistics: 3 rows of 2 scores\n"
            "use of preferences: 1 rows\n"
            "source trade: by hand, 0 bytes\n"
            "note made.by_hand: 2: Made up.\n");
}

TEST(WorldDescribe, ASoundWorldHasNoFindings) {
  const Folder folder;
  by_hand(folder);
  EXPECT_TRUE(validate_world(folder / "world.h5").empty());
}

TEST(WorldDescribe, EachFindingNamesWhoseItIs) {
  const Folder folder;
  World world = by_hand(folder);
  for (const std::size_t at : {1, 2, 3, 6}) world.distance[at] = missing_value;  // CHN and the two others
  world.macro.gdp[2] = missing_value;                                            // LAO in the base year
  world.macro.population[5] = missing_value;                                     // THA at the horizon
  world.sigma[1] = missing_value;
  world.sectors.push_back("Toys");
  world.tariffs.schedules.push_back("EU");
  world.tariffs.line_rate[0] = 8;      // per cent?
  world.tariffs.member_regime[2] = 1;  // nobody may use the LDC rates of CHN any more
  world.tariffs.member_market[1] = 2;  // THA has no FTA
  world.tariffs.member_last_year[0] = 2000;
  world.tariffs.member_first_year[0] = 2001;
  const std::vector<Notice> findings = world_findings(world);
  const auto expect = [&](const char* rule, std::uint64_t count, const std::vector<std::string>& whose) {
    const Notice* notice = find(findings, rule);
    ASSERT_NE(notice, nullptr) << rule;
    EXPECT_EQ(notice->kind, "warning");
    EXPECT_EQ(notice->count, count) << rule;
    EXPECT_EQ(notice->whose, whose) << rule;
  };
  expect("distance.unknown", 1, {"CHN"});
  expect("macro.gdp_missing", 1, {"LAO"});
  expect("macro.population_missing", 1, {"THA"});
  expect("elasticity.sigma_missing", 1, {"400121"});
  expect("sector.unused", 1, {"Toys"});
  expect("tariff.schedule_without_market", 1, {"EU"});
  expect("tariff.regime_without_member", 1, {"CHN LDC"});
  expect("tariff.member_without_rate", 1, {});
  expect("tariff.member_never", 1, {});
  expect("tariff.rate_high", 1, {});
  EXPECT_EQ(findings.size(), 10u);
}

TEST(WorldDescribe, WhatIsAbsentReadsAsNone) {
  World world = sample_world(1, {});
  world.macro = {};
  world.tariffs = {};
  world.income_elasticity.clear();
  std::string page;
  for (const auto& [label, value] : describe_world(world)) page += label + ": " + value + "\n";
  for (const char* line : {"\nGDP, population: none\n", "\ntariffs: none\n", "\nincome elasticity: none\n"})
    EXPECT_NE(page.find(line), std::string::npos) << page;
  EXPECT_EQ(find(world_findings(world), "macro.gdp_missing")->count, 4u);
}

}  // namespace
}  // namespace potentia::testing
