// What the parts of a report are computed from: cells of the pair, and sums over the members of groups.
#include "host/drilldown/facts/context.hpp"

#include <gtest/gtest.h>

#include "host/model/solver.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::drilldown {
namespace {

using potentia::testing::small_chn;
using potentia::testing::small_lao;
using potentia::testing::small_tha;

struct Solved {
  World world;
  std::unique_ptr<Backend> backend;
  Solution solution;
  Context context;
};

void prepare(Solved& solved, const Settings& settings, std::vector<std::int32_t> exporters,
             std::vector<std::int32_t> markets, int threads) {
  solved.backend = make_backend(BackendChoice::cpu, threads);
  Selection selection;
  selection.exporters = exporters;
  solved.solution = solve(solved.world, settings, selection, *solved.backend, {});
  solved.context = make_context(solved.world, solved.solution, *solved.backend, Party{"A", "A", std::move(exporters)},
                                Party{"B", "B", std::move(markets)});
}

std::unique_ptr<Solved> small(std::vector<std::int32_t> exporters, std::vector<std::int32_t> markets, int threads = 2) {
  auto solved = std::make_unique<Solved>();
  solved->world = potentia::testing::small_world();
  prepare(*solved, {}, std::move(exporters), std::move(markets), threads);
  return solved;
}

TEST(Context, HoldsTheWorkedExample) {
  const auto solved = small({small_lao}, {small_chn});
  const ProductColumns& pair = solved->context.pair;
  EXPECT_EQ(pair.columns[column_actual], (std::vector<double>{30e6, 120e6}));
  EXPECT_NEAR(pair.columns[column_potential_now][0], 52535587.0497, 1e-4);
  EXPECT_NEAR(pair.columns[column_potential_now][1], 76614186.0133, 1e-4);
  EXPECT_NEAR(pair.columns[column_potential][0], 65592515.6879, 1e-4);
  EXPECT_NEAR(pair.columns[column_static][0], 22535587.0497, 1e-4);
  EXPECT_NEAR(pair.columns[column_dynamic][0], 13056928.6382, 1e-4);
  EXPECT_EQ(pair.columns[column_unrealized][1], 0.0);
  EXPECT_NEAR(pair.columns[column_change_tariff][1], -35262949.1237, 1e-4);
  EXPECT_EQ(pair.total(column_actual), 150e6);
  EXPECT_EQ(solved->context.is_exporter, (std::vector<char>{0, 1, 0}));
  EXPECT_EQ(solved->context.is_market, (std::vector<char>{1, 0, 0}));
}

TEST(Context, AGroupIsTheSumOfItsMembers) {
  const auto both = small({small_lao}, {small_chn, small_tha});
  const auto china = small({small_lao}, {small_chn}), thailand = small({small_lao}, {small_tha});
  for (int c = 0; c < column_count; ++c) {
    for (std::size_t k = 0; k < 2; ++k)
      EXPECT_EQ(both->context.pair.columns[c][k],
                china->context.pair.columns[c][k] + thailand->context.pair.columns[c][k]);
  }
}

TEST(Context, ExportersAddUpToo) {
  const auto both = small({small_lao, small_tha}, {small_chn});
  const auto laos = small({small_lao}, {small_chn}), thailand = small({small_tha}, {small_chn});
  for (int c = 0; c < column_count; ++c)
    for (std::size_t k = 0; k < 2; ++k)
      EXPECT_EQ(both->context.pair.columns[c][k],
                laos->context.pair.columns[c][k] + thailand->context.pair.columns[c][k]);
}

// Cells of the report are the cells of a full solve, bit for bit, on worlds with gaps, several years and sectors.
TEST(Context, CellsAreThoseOfAFullSolve) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    potentia::testing::Case random = potentia::testing::random_case(seed, potentia::testing::random_shape(seed));
    if (random.world.country_count() < 3) continue;
    Solved solved;
    solved.world = std::move(random.world);
    const std::int32_t last = static_cast<std::int32_t>(solved.world.country_count()) - 1;
    const auto backend = make_backend(BackendChoice::cpu, 1);
    const Solution full = solve(solved.world, random.settings, {}, *backend, {});
    const std::size_t products = full.axes.products.size();
    for (std::size_t member = 0; member < 2; ++member) {
      const std::int32_t market = member == 0 ? 1 : last;
      prepare(solved, random.settings, {0}, {market}, 3);
      const ProductColumns& columns = solved.context.pair;
      std::vector<char> listed(products, 0);
      for (std::size_t at = full.cells.offsets[0]; at < full.cells.offsets[1]; ++at) {
        if (full.cells.market[at] != market) continue;
        const std::int32_t product = full.cells.product[at];
        listed[product] = 1;
        for (int c = 0; c < column_count; ++c)
          ASSERT_EQ(columns.columns[c][product], full.cells.columns[c][at]) << "seed " << seed << " column " << c;
      }
      for (std::size_t product = 0; product < products; ++product)
        if (!listed[product]) {
          EXPECT_EQ(columns.columns[column_potential][product], 0.0) << "seed " << seed;
        }
    }
  }
}

// Whole rows of markets, or cell by cell: the sums of groups are those of their pairs in order, bit for bit.
TEST(Context, CellsOfGroupsAreThoseOfTheirPairsInOrder) {
  int traded = 0, with_tariffs = 0;
  for (std::uint64_t seed = 20; seed <= 40; ++seed) {
    potentia::testing::Case random = potentia::testing::random_case(seed, potentia::testing::random_shape(seed));
    const std::int32_t countries = static_cast<std::int32_t>(random.world.country_count());
    if (countries < 4) continue;
    std::vector<std::int32_t> everyone, some;
    for (std::int32_t country = 0; country < countries; ++country) everyone.push_back(country);
    for (std::int32_t country = 1; country < countries; country += 2) some.push_back(country);
    Solved solved;
    solved.world = std::move(random.world);
    for (const auto& [exporters, markets] : {std::pair{everyone, everyone}, std::pair{some, everyone}, std::pair{everyone, some},
                                             std::pair{everyone, std::vector<std::int32_t>{countries - 1}}}) {
      prepare(solved, random.settings, exporters, markets, 3);
      const std::size_t products = solved.solution.axes.products.size();
      std::vector<double> cells(column_count * products), of_market(cells.size()), sums(cells.size(), 0.0);
      for (const std::int32_t market : markets) {
        std::fill(of_market.begin(), of_market.end(), 0.0);
        for (const std::int32_t exporter : exporters) {
          solved.backend->pair_cells(exporter, market, cells.data());
          for (std::size_t at = 0; at < cells.size(); ++at) of_market[at] += cells[at];
        }
        for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += of_market[at];
      }
      for (int c = 0; c < column_count; ++c)
        for (std::size_t product = 0; product < products; ++product) {
          ASSERT_EQ(solved.context.pair.columns[c][product], sums[c * products + product]) << "seed " << seed << " column " << c;
          traded += sums[product] > 0.0;
        }
    }
    with_tariffs += !solved.world.tariffs.empty();
  }
  EXPECT_GT(traded, 100);
  EXPECT_GT(with_tariffs, 3);
}

TEST(Context, ThreadsChangeNoBit) {
  const auto one = small({small_chn, small_lao, small_tha}, {small_chn, small_lao, small_tha}, 1);
  const auto four = small({small_chn, small_lao, small_tha}, {small_chn, small_lao, small_tha}, 4);
  for (int c = 0; c < column_count; ++c) EXPECT_EQ(one->context.pair.columns[c], four->context.pair.columns[c]);
}

}  // namespace
}  // namespace potentia::drilldown
