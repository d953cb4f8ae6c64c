// Worlds that other programs write after io/README.md.
#include <gtest/gtest.h>

#include <cmath>

#include "io/world/world_file.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

const std::string python = "/usr/bin/python3 -B ";
const std::string source = POTENTIA_SOURCE_DIR;

World by_hand(const Folder& folder, const std::string& style) {
  const std::string path = folder / (style + ".h5");
  run(python + "'" + source + "/tests/support/write_world_by_hand.py' " + path + " " + style);
  return read_world(path);
}

TEST(WorldByHand, PlainHoldsWhatWasWritten) {
  const Folder folder;
  const World world = by_hand(folder, "plain");
  EXPECT_EQ(world.hs_revision, "HS17");
  EXPECT_EQ(world.title, "By hand");
  EXPECT_EQ(world.base_years, std::vector<std::int32_t>{2023});
  EXPECT_EQ(world.horizon_year, 2028);
  ASSERT_EQ(world.countries.size(), 3u);
  EXPECT_EQ(world.countries[1].iso3, "LAO");
  EXPECT_EQ(world.countries[1].iso2, "LA");
  EXPECT_EQ(world.countries[2].name, "Thaïlande");
  ASSERT_EQ(world.products.size(), 2u);
  EXPECT_EQ(world.products[0].code, "071410");
  EXPECT_TRUE(world.products[0].in_scope);
  EXPECT_EQ(world.products[0].processing, Processing::raw);
  EXPECT_EQ(world.products[1].processing, Processing::unknown);
  EXPECT_EQ(world.products[1].sector, 1);
  EXPECT_EQ(world.sectors, (std::vector<std::string>{"Food", "Rubber"}));
  ASSERT_EQ(world.trade.size(), 1u);
  const TradeYear& trade = world.trade[0];
  EXPECT_EQ(trade.product_offset, (std::vector<std::uint64_t>{0, 5, 9}));
  ASSERT_EQ(trade.value.size(), 9u);
  EXPECT_EQ(trade.exporter[1], 1);
  EXPECT_EQ(trade.market[1], 0);
  EXPECT_EQ(trade.value[1], 30e6);
  EXPECT_EQ(trade.value[8], 900e6);
  EXPECT_EQ(world.distance[1 * 3 + 2], 500);
  EXPECT_TRUE(std::isnan(world.distance[0]));
  EXPECT_EQ(world.macro.gdp[1 * 2 + 1], 1.22);
  EXPECT_EQ(world.macro.population[0 * 2 + 1], 0.99);
  EXPECT_EQ(world.sigma, (std::vector<double>{4, 6}));
  EXPECT_EQ(world.income_elasticity, (std::vector<double>{0.8, 1.2}));
  EXPECT_EQ(world.tariffs.regimes[2], "LDC");
  ASSERT_EQ(world.tariffs.line_rate.size(), 10u);
  EXPECT_EQ(world.tariffs.line_rate[3], 0.10);
  EXPECT_EQ(world.tariffs.member_first_year[2], Tariffs::first_open);
  EXPECT_EQ(world.tariffs.member_last_year[2], 2025);
  EXPECT_EQ(world.logistics.components, (std::vector<std::string>{"overall", "customs"}));
  EXPECT_EQ(world.logistics.score[4], 2.5);
  EXPECT_EQ(world.utilization.market[0], "CHN");
  EXPECT_EQ(world.utilization.share[0], 0.75);
  EXPECT_EQ(world.sources[0].name, "by hand");
  EXPECT_EQ(world.notices[0].whose, (std::vector<std::string>{"CHN", "LAO"}));
}

TEST(WorldByHand, OddTypesAndLayoutsReadTheSame) {
  const Folder folder;
  EXPECT_EQ(world_difference(by_hand(folder, "plain"), by_hand(folder, "odd")), "");
}

TEST(WorldByHand, WhatIsOptionalMayBeAbsent) {
  const Folder folder;
  const World world = by_hand(folder, "least");
  EXPECT_EQ(world.countries[0].name, "");
  EXPECT_TRUE(world.products[1].in_scope);
  EXPECT_EQ(world.sectors, std::vector<std::string>{"All products"});
  ASSERT_EQ(world.distance.size(), 9u);
  EXPECT_TRUE(std::isnan(world.distance[1]));
  ASSERT_EQ(world.sigma.size(), 2u);
  EXPECT_TRUE(std::isnan(world.sigma[0]));
  EXPECT_TRUE(world.macro.years.empty());
  EXPECT_TRUE(world.income_elasticity.empty());
  EXPECT_TRUE(world.tariffs.empty());
  EXPECT_TRUE(world.sources.empty());
  write_world(folder / "again.h5", world);  // and what was filled in can be written
  EXPECT_EQ(world_difference(world, read_world(folder / "again.h5")), "");
}

TEST(WorldByHand, TheExampleInTheReadmeRuns) {
  const Folder folder;
  const std::string page = bytes_of(source + "/io/README.md");
  const std::string fence = "```python\n";
  const std::size_t begin = page.find(fence, page.find("## world.h5")) + fence.size();
  ASSERT_NE(begin, std::string::npos + fence.size());
  write_bytes(folder / "example.py", page.substr(begin, page.find("```", begin) - begin));
  run("cd " + folder.path() + " && " + python + "example.py");
  const World world = read_world(folder / "world.h5");
  EXPECT_EQ(world.countries[0].iso3, "CHN");
  EXPECT_EQ(world.trade[0].value[2], 120e6);
  EXPECT_EQ(world.distance[1], 2000);
}

TEST(WorldByHand, ZerosOnTheDiagonalOfTheDistancesAreFine) {
  const Folder folder;
  run(python + "'" + source + "/tests/support/write_world_by_hand.py' " + (folder / "w.h5"));
  write_bytes(folder / "zero.py", "import h5py\nwith h5py.File('w.h5', 'r+') as f:\n  f['distance'][1, 1] = 0\n");
  run("cd " + folder.path() + " && " + python + "zero.py");
  EXPECT_TRUE(std::isnan(read_world(folder / "w.h5").distance[4]));
}

}  // namespace
}  // namespace potentia::testing
