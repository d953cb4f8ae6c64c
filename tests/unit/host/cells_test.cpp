// The list of cells on worlds where every potential is a round number: one exporter, no growth, no frictions, so that
// a cell's potential is its trade.
#include <gtest/gtest.h>

#include "host/model/solver.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::Flow;
using testing::trade_year;

/// A world in which country 0 alone exports. GDP grows `growth`-fold everywhere, so a potential is growth × trade.
World one_exporter(std::size_t countries, std::size_t products, std::vector<Flow> flows, double growth = 1) {
  World world;
  world.hs_revision = "HS17";
  world.base_years = {2023};
  world.horizon_year = 2028;
  world.sectors = {"All"};
  for (std::size_t c = 0; c < countries; ++c) {
    world.countries.push_back({std::string("AA") + static_cast<char>('A' + c), "", ""});
  }
  for (std::size_t k = 0; k < products; ++k) {
    Product product;
    product.code = "01" + std::to_string(1000 + k);
    world.products.push_back(product);
  }
  world.trade.push_back(trade_year(2023, products, std::move(flows)));
  world.distance.assign(countries * countries, missing_value);
  world.macro.years = {2023, 2028};
  for (std::size_t c = 0; c < countries; ++c) {
    world.macro.gdp.insert(world.macro.gdp.end(), {1.0, growth});
    world.macro.population.insert(world.macro.population.end(), {1.0, 1.0});
  }
  world.sigma.assign(products, 5.0);
  world.tariffs.market_schedule.assign(countries, -1);
  return world;
}

struct Listed {
  std::int32_t market, product;
  bool operator==(const Listed& other) const { return market == other.market && product == other.product; }
};
std::ostream& operator<<(std::ostream& out, const Listed& cell) {
  return out << '(' << cell.market << ", " << cell.product << ')';
}

std::vector<Listed> listed(const World& world, std::int64_t top, bool thresholds, const Selection& selection = {}) {
  Settings settings;
  settings.method.net_importer_correction = false;
  settings.cells.top = top;
  settings.cells.thresholds = thresholds;
  const auto backend = make_backend(BackendChoice::cpu, 2);
  const Solution solution = solve(world, settings, selection, *backend, {});
  std::vector<Listed> cells;
  for (std::uint64_t c = solution.cells.offsets[0]; c < solution.cells.offsets[1]; ++c) {
    cells.push_back({solution.cells.market[c], solution.cells.product[c]});
  }
  return cells;
}

using List = std::vector<Listed>;

TEST(Cells, OrderIsLargestUnrealizedFirstThenMarketThenProduct) {
  // Growth 3: unrealised = 2 × trade.
  const World world = one_exporter(
      4, 3, {{0, 0, 1, 4e6}, {1, 0, 1, 8e6}, {2, 0, 1, 4e6}, {0, 0, 2, 8e6}, {2, 0, 2, 9e6}, {0, 0, 3, 4e6}}, 3);
  EXPECT_EQ(listed(world, 0, true), (List{{2, 2}, {1, 1}, {2, 0}, {1, 0}, {1, 2}, {3, 0}}));
  EXPECT_EQ(listed(world, 4, true), (List{{2, 2}, {1, 1}, {2, 0}, {1, 0}}));
  EXPECT_EQ(listed(world, 2, false), (List{{2, 2}, {1, 1}}));
  EXPECT_EQ(listed(world, 500, false).size(), 6u);
}

TEST(Cells, ALateCellThatTiesWithTheLastListedStillComesByItsMarket) {
  // A hundred products sell alike to markets 2 and 3, then five smaller ones as much to market 1 alone.
  std::vector<Flow> flows;
  for (std::int32_t k = 0; k < 100; ++k) flows.insert(flows.end(), {{k, 0, 2, 1e6}, {k, 0, 3, 1e6}});
  for (std::int32_t k = 100; k < 105; ++k) flows.push_back({k, 0, 1, 1e6});
  const World world = one_exporter(4, 105, flows, 2);
  EXPECT_EQ(listed(world, 3, true), (List{{1, 100}, {1, 101}, {1, 102}}));
  EXPECT_EQ(listed(world, 7, true), (List{{1, 100}, {1, 101}, {1, 102}, {1, 103}, {1, 104}, {2, 0}, {2, 1}}));
}

TEST(Cells, ACellNeedsTenThousand) {
  const World world = one_exporter(4, 1, {{0, 0, 1, 10000}, {0, 0, 2, 9999}, {0, 0, 3, 500000}});
  EXPECT_EQ(listed(world, 0, true), (List{{1, 0}, {3, 0}}));
  EXPECT_EQ(listed(world, 0, false), (List{{1, 0}, {2, 0}, {3, 0}})) << "every cell with potential qualifies";
}

TEST(Cells, AProductOfTwoHundredThousandQualifies) {
  // 0 is 97 % of the total, so nothing after it is needed for coverage; 1 reaches 200,000 over two markets, 2 does not.
  const World world = one_exporter(
      3, 3, {{0, 0, 1, 20e6}, {1, 0, 1, 100000}, {1, 0, 2, 100000}, {2, 0, 1, 199999}});
  EXPECT_EQ(listed(world, 0, true), (List{{1, 0}, {1, 1}, {2, 1}}));
}

TEST(Cells, ProductsQualifyUntilNinetyFivePercentAreCovered) {
  // Sums before: 0, 190,000, 340,000, 440,000 and 500,000 of 512,000; 95 % are 486,400.
  const World world = one_exporter(
      2, 5, {{4, 0, 1, 190000}, {1, 0, 1, 150000}, {3, 0, 1, 100000}, {0, 0, 1, 60000}, {2, 0, 1, 12000}});
  EXPECT_EQ(listed(world, 0, true), (List{{1, 0}, {1, 1}, {1, 3}, {1, 4}}));
}

TEST(Cells, CoverageStopsAtExactlyNinetyFivePercent) {
  // 190,000 of 200,000 is 95 %, which is not below.
  const World at = one_exporter(2, 3, {{0, 0, 1, 180000}, {1, 0, 1, 10000}, {2, 0, 1, 10000}});
  EXPECT_EQ(listed(at, 0, true), (List{{1, 0}, {1, 1}}));
  // Of equal products the one with the lower code comes first.
  World tie = one_exporter(2, 3, {{2, 0, 1, 144000}, {0, 0, 1, 10000}, {1, 0, 1, 10000}});
  EXPECT_EQ(listed(tie, 0, true), (List{{1, 0}, {1, 1}, {1, 2}})) << "154,000 of 164,000 are 93.9 %";
  tie = one_exporter(2, 4, {{3, 0, 1, 190000}, {1, 0, 1, 10000}, {0, 0, 1, 10000}, {2, 0, 1, 10000}});
  EXPECT_EQ(listed(tie, 0, true), (List{{1, 0}, {1, 1}, {1, 3}})) << "before product 2: 210,000 of 220,000";
}

TEST(Cells, ThresholdsAreJudgedOnAllMarkets) {
  // Product 1 sells 150,000 to each of two markets: it qualifies by its 300,000 even if one market is asked for.
  const World world = one_exporter(3, 2, {{0, 0, 1, 50e6}, {1, 0, 1, 150000}, {1, 0, 2, 150000}});
  EXPECT_EQ(listed(world, 0, true, {{}, {2}}), (List{{0, 1}})) << "markets count along the selection";
}

TEST(Cells, ChosenMarketsShowASliceOfTheFullList) {
  const World world = one_exporter(4, 1, {{0, 0, 1, 9e6}, {0, 0, 2, 8e6}, {0, 0, 3, 7e6}}, 2);
  EXPECT_EQ(listed(world, 2, true), (List{{1, 0}, {2, 0}}));
  EXPECT_EQ(listed(world, 2, true, {{}, {2, 3}}), (List{{0, 0}})) << "the third market is not among the two largest";
  EXPECT_EQ(listed(world, 0, true, {{}, {2, 3}}), (List{{0, 0}, {1, 0}}));
}

TEST(Cells, AnExporterWithoutTradeHasNone) {
  Settings settings;
  const World world = one_exporter(3, 1, {{0, 0, 1, 1e6}});
  const auto backend = make_backend(BackendChoice::cpu, 1);
  const Solution solution = solve(world, settings, {}, *backend, {});
  EXPECT_EQ(solution.cells.offsets, (std::vector<std::uint64_t>{0, 1, 1, 1}));
}

}  // namespace
}  // namespace potentia
