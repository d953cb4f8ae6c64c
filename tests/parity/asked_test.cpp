// An evaluation that carries only some sums gives those sums the bytes that they have in a full one, and nothing else.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernels/walk/walk_backend.hpp"
#include "tests/parity/random_problem.hpp"
#include "tests/parity/results.hpp"
#include "tests/support/host_device.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

/// Nothing, the potential alone, some levels, or anything: each in a fair share of the cases.
ColumnSet random_columns(Random& random) {
  ColumnSet set;
  const std::size_t kind = random.below(5);
  if (kind == 0) return set;
  if (kind == 1) return {column_potential};
  for (int c = 0; c < column_count; ++c) {
    const bool allowed = kind == 4 || columns_of(CellTerms::levels).has(c);
    if (allowed && random.chance(0.4)) set = set | ColumnSet{static_cast<Column>(c)};
  }
  return set;
}

AskedSums random_asked(Random& random) {
  AskedSums asked;
  asked.pair = random_columns(random);
  asked.pair_sector = random_columns(random);
  asked.exporter_product = random_columns(random);
  asked.market_product = random_columns(random);
  asked.world = random.chance(0.3);
  if (random.chance(0.3)) {  // what draws ask for
    asked = AskedSums{{column_potential}, {}, {column_potential}, {}, false};
    if (random.chance(0.5)) asked.pair = asked.exporter_product = {column_unrealized, column_static, column_dynamic};
  }
  return asked;
}

std::string describe(const AskedSums& asked) {
  std::string text = "asked for";
  const std::pair<const char*, ColumnSet> margins[] = {{" pair", asked.pair}, {" pair_sector", asked.pair_sector},
                                                       {" exporter_product", asked.exporter_product},
                                                       {" market_product", asked.market_product}};
  for (const auto& [name, set] : margins) {
    text += name;
    for (int c = 0; c < column_count; ++c)
      if (set.has(c)) text += " " + std::to_string(c);
  }
  return text + (asked.world ? " world" : "");
}

void expect_asked(const Margin& found, const Margin& full, ColumnSet asked, const std::string& what) {
  for (int c = 0; c < column_count; ++c) {
    const auto column = static_cast<std::size_t>(c);
    if (asked.has(c))
      EXPECT_EQ(byte_difference(what + " column " + std::to_string(c), found.columns[column], full.columns[column]), "");
    else
      EXPECT_TRUE(found.columns[column].empty()) << what << " column " << c << " was not asked for";
  }
}

void expect_asked(const Margins& found, const Margins& full, const AskedSums& asked, const std::string& where) {
  expect_asked(found.pair, full.pair, asked.pair, where + ", pair");
  expect_asked(found.pair_sector, full.pair_sector, asked.pair_sector, where + ", pair_sector");
  expect_asked(found.exporter_product, full.exporter_product, asked.exporter_product, where + ", exporter_product");
  expect_asked(found.market_product, full.market_product, asked.market_product, where + ", market_product");
}

/// Compares what is asked of `backend` with all that one thread of the processor gives.
void expect_parity(Backend& backend) {
  const auto one = make_backend(BackendChoice::cpu, 1);
  std::uint64_t seed = 300;
  for (const ProblemShape& shape :
       {ProblemShape{1, 3, 2, 0.0, true, true}, {2, 7, 2, 0.5, false, false}, {9, 33, 3, 0.3, true, false, true},
        {33, 60, 4, 0.1, true, true}, {33, 597, 5, 0.05, false, true}, {65, 33, 3, 0.2, true, false},
        {5, 1300, 2, 0.3, true, false}, {226, 20, 4, 0.04, false, false}, {597, 3, 2, 0.02, true, true}}) {
    for (int round = 0; round < 6; ++round) {
      const auto problem = random_problem(++seed, shape);
      Random random(seed);
      Rows rows;
      if (random.chance(0.2)) rows.exporters = {shape.countries / 2};
      if (random.chance(0.2)) rows.markets = {shape.countries - 1};
      AskedSums asked = random_asked(random);
      const std::string where = describe(seed, shape, *problem) + ", " + describe(asked);
      one->load(problem);
      const Margins full = one->evaluate(rows, {});
      backend.load(problem);
      const Margins found = backend.evaluate(rows, {}, asked);
      if (!rows.markets.empty()) asked.exporter_product = {};
      if (!rows.exporters.empty()) asked.market_product = {};
      expect_asked(found, full, asked, where);
      if (asked.world) {
        const CellList expected = one->list_cells(rows, {}, {}), list = backend.list_cells(rows, {}, {});
        EXPECT_EQ(list.product, expected.product) << where;
        EXPECT_EQ(list.columns[column_unrealized], expected.columns[column_unrealized]) << where;
      } else {
        EXPECT_THROW(backend.list_cells(rows, {}, {}), Error) << "a list without what it is judged by: " << where;
      }

      PartialSums sums = backend.begin(rows, asked);  // the same in steps
      const std::int32_t middle = backend.segments() / 2;
      backend.evaluate_segments(0, middle, sums, [](std::int32_t) { return AfterSegment::close; }, {});
      backend.evaluate_segments(middle, backend.segments(), sums, {}, {});
      expect_asked(backend.finish(std::move(sums)), full, asked, where + ", in steps");
      if (::testing::Test::HasFailure()) return;  // the others would repeat it
    }
  }
}

TEST(Asked, OneThreadCarriesWhatIsAskedFor) { expect_parity(*make_backend(BackendChoice::cpu, 1)); }

TEST(Asked, SevenThreadsCarryWhatIsAskedFor) { expect_parity(*make_backend(BackendChoice::cpu, 7)); }

TEST(Asked, WalkersCarryWhatIsAskedFor) {
  WalkBackend<HostDevice> walkers(2);
  expect_parity(walkers);
}

TEST(Asked, CudaCarriesWhatIsAskedFor) {
  if (const std::string why = why_no_cuda(); !why.empty()) GTEST_SKIP() << why;
  expect_parity(*make_backend(BackendChoice::cuda, 2));
}

/// Row by row, cut anywhere, the columns have the bytes that they have in whole tables.
void expect_columns(const ProductSums& sums, const Margin& full, std::size_t rows, std::size_t products,
                    const std::string& where) {
  for (int c = 0; c < column_count; ++c) {
    const Buffer<double>& column = full.columns[static_cast<std::size_t>(c)];
    ASSERT_EQ(column.size(), rows * products);
    std::vector<double> table(column.size(), -1.0);
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t first = 0; first < products; first += products / 3 + 1)
        sums.row(static_cast<Column>(c), row, first, std::min(products / 3 + 1, products - first),
                 table.data() + row * products + first);
    EXPECT_EQ(byte_difference(where + ", column " + std::to_string(c), table, std::vector<double>(column.begin(), column.end())), "");
  }
}

void expect_sparse_parity(int threads) {
  const auto backend = make_backend(BackendChoice::cpu, threads);
  AskedSums sparse;
  sparse.sparse = true;
  std::uint64_t seed = 900, left_out = 0;
  for (const ProblemShape& shape :
       {ProblemShape{1, 3, 2, 0.0, true, true}, {2, 7, 2, 0.5, false, false}, {9, 33, 3, 0.3, true, false, true},
        {33, 60, 4, 0.02, true, true}, {33, 597, 5, 0.01, false, true}, {65, 33, 3, 0.02, true, false},
        {5, 1300, 2, 0.1, true, false}, {226, 20, 4, 0.004, false, false}}) {
    for (const bool some : {false, true}) {
      const auto problem = random_problem(++seed, shape);
      const auto products = static_cast<std::size_t>(problem->products);
      const std::string where = describe(seed, shape, *problem);
      for (int kind = 0; kind < (some ? 2 : 1); ++kind) {
        Rows rows;
        if (some) (kind == 0 ? rows.exporters : rows.markets) = {shape.countries / 2};
        backend->load(problem);
        const Margins full = backend->evaluate(rows, {});
        const CellList expected = backend->list_cells(rows, {}, {});
        PartialSums sums = backend->begin(rows, sparse);
        ASSERT_EQ(sums.exporter_sums == nullptr, !rows.markets.empty());
        ASSERT_EQ(sums.market_sums == nullptr, !rows.exporters.empty());
        backend->evaluate_segments(0, backend->segments(), sums, {}, {});
        if (sums.exporter_sums) {
          expect_columns(*sums.exporter_sums, full.exporter_product, sums.exporters.size(), products, where + ", exporters");
          for (const double potential : full.exporter_product.columns[column_potential]) left_out += potential == 0.0;
        }
        if (sums.market_sums)
          expect_columns(*sums.market_sums, full.market_product, sums.markets.size(), products, where + ", markets");
        backend->finish(std::move(sums));
        const CellList list = backend->list_cells(rows, {}, {});  // from the totals that the sums hold
        EXPECT_EQ(list.product, expected.product) << where;
        EXPECT_EQ(list.columns[column_unrealized], expected.columns[column_unrealized]) << where;
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_GT(left_out, 1000u) << "worlds without anything to leave out test nothing";
}

TEST(Asked, SumsWithoutWhatIsNothingGiveTheSameTables) {
  expect_sparse_parity(1);
  expect_sparse_parity(7);
}

TEST(Asked, TermsAreThoseThatTheColumnsNeed) {
  AskedSums asked;
  EXPECT_EQ(asked.terms(), CellTerms::drivers);
  asked = {{column_potential}, {}, {column_potential}, {}, false};
  EXPECT_EQ(asked.terms(), CellTerms::potential);
  asked.world = true;  // also what is unrealised
  EXPECT_EQ(asked.terms(), CellTerms::levels);
  asked = {{}, {column_dynamic}, {}, {column_actual}, false};
  EXPECT_EQ(asked.terms(), CellTerms::levels);
  asked.market_product = {column_change_tariff};
  EXPECT_EQ(asked.terms(), CellTerms::drivers);
}

}  // namespace
}  // namespace potentia::testing
