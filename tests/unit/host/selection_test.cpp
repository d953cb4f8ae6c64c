// Chosen exporters and markets: which tables are written, in which shape, and that every number is the full run's.
#include <gtest/gtest.h>

#include "host/model/solver.hpp"
#include "tests/support/compare.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using testing::small_chn;
using testing::small_lao;
using testing::small_tha;

Solution solved(const Selection& selection) {
  Settings settings;
  settings.cells.top = 0;
  const World world = testing::small_world();
  const auto backend = make_backend(BackendChoice::cpu, 1);
  return solve(world, settings, selection, *backend, {});
}

TEST(SelectionOf, OnePair) {
  const Solution full = solved({}), part = solved({{small_lao}, {small_chn}});
  EXPECT_FALSE(part.all_exporters);
  EXPECT_FALSE(part.all_markets);
  EXPECT_EQ(part.axes.exporters, std::vector<std::int32_t>{small_lao});
  EXPECT_EQ(part.axes.markets, std::vector<std::int32_t>{small_chn});
  EXPECT_EQ(part.margins.pair.columns[column_potential].size(), 1u);
  EXPECT_EQ(part.margins.pair_sector.columns[column_potential].size(), 2u);
  EXPECT_EQ(part.factors.supply.size(), full.factors.supply.size()) << "factors are the whole world's";
  EXPECT_EQ(testing::slice_difference(full, part, true), "");
}

TEST(SelectionOf, Exporters) {
  const Solution part = solved({{small_chn, small_tha}, {}});
  EXPECT_EQ(part.margins.exporter_product.columns[column_actual].size(), 2u * 2u);
  EXPECT_TRUE(part.margins.market_product.columns[column_actual].empty()) << "would be partial";
  EXPECT_EQ(testing::slice_difference(solved({}), part, true), "");
}

TEST(SelectionOf, Markets) {
  const Solution part = solved({{}, {small_lao}});
  EXPECT_EQ(part.margins.market_product.columns[column_actual].size(), 2u);
  EXPECT_TRUE(part.margins.exporter_product.columns[column_actual].empty()) << "would be partial";
  EXPECT_EQ(testing::slice_difference(solved({}), part, true), "");
}

TEST(SelectionOf, ACountryWithItself) {
  const Solution part = solved({{small_lao}, {small_lao}});
  for (const auto& column : part.margins.pair.columns) EXPECT_EQ(column[0], 0);
  EXPECT_TRUE(part.cells.market.empty());
}

}  // namespace
}  // namespace potentia
