// An evaluation in steps, and one that is divided among processes, give the bytes of an undivided one.
#include <gtest/gtest.h>

#include <numeric>

#include "kernels/listing_rule.hpp"
#include "kernels/problem_share.hpp"
#include "kernels/walk/walk_backend.hpp"
#include "tests/parity/random_problem.hpp"
#include "tests/parity/results.hpp"
#include "tests/support/host_device.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

// Sectors of several segments, one sector, and more sectors than segments of them.
std::vector<ProblemShape> shapes() {
  return {{5, 1700, 2, 0.3, true, false}, {9, 1300, 1, 0.1, false, true}, {3, 900, 12, 0.5, true, true},
          {33, 700, 3, 0.05, true, false}, {4, 20, 5, 0.4, false, false}};
}

/// Cuts [0, segments) at random places, some runs empty.
std::vector<std::int32_t> random_cuts(std::int32_t segments, int runs, Random& random) {
  std::vector<std::int32_t> cuts = {0, segments};
  for (int n = 1; n < runs; ++n) cuts.push_back(static_cast<std::int32_t>(random.uniform() * (segments + 1)));
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

void expect_same_margins(const Margins& left, const Margins& right, const std::string& where) {
  Results a, b;
  for (std::size_t c = 0; c < column_count; ++c) {
    const std::string column = where + " column " + std::to_string(c);
    EXPECT_EQ(byte_difference(column, left.pair.columns[c], right.pair.columns[c]), "");
    EXPECT_EQ(byte_difference(column, left.pair_sector.columns[c], right.pair_sector.columns[c]), "");
    EXPECT_EQ(byte_difference(column, left.exporter_product.columns[c], right.exporter_product.columns[c]), "");
    EXPECT_EQ(byte_difference(column, left.market_product.columns[c], right.market_product.columns[c]), "");
  }
}

void expect_steps_agree(Backend& backend) {
  std::uint64_t seed = 100;
  for (const ProblemShape& shape : shapes()) {
    const auto problem = random_problem(++seed, shape);
    Random random(seed);
    Rows rows;
    if (seed % 2 == 0) rows.markets = {shape.countries - 1};
    backend.load(problem);
    const Margins whole = backend.evaluate(rows, {});
    PartialSums sums = backend.begin(rows);
    // Every third segment closes what is collected; the first round stops in the middle.
    const std::int32_t segments = backend.segments(), middle = segments / 2;
    const SegmentSink sink = [&](std::int32_t s) {
      return s == middle ? AfterSegment::stop : s % 3 == 0 ? AfterSegment::close : AfterSegment::go_on;
    };
    const std::int32_t reached = backend.evaluate_segments(0, segments, sums, sink, {});
    EXPECT_EQ(reached, middle + 1);
    EXPECT_EQ(backend.evaluate_segments(reached, segments, sums, {}, {}), segments);
    expect_same_margins(backend.finish(std::move(sums)), whole, describe(seed, shape, *problem));
  }
}

TEST(Shares, StepsGiveTheBytesOfOneEvaluation) {
  expect_steps_agree(*make_backend(BackendChoice::cpu, 1));
  expect_steps_agree(*make_backend(BackendChoice::cpu, 3));
  WalkBackend<HostDevice> walkers(2);
  expect_steps_agree(walkers);
}

TEST(Shares, StepsOnCudaGiveTheBytesOfOneEvaluation) {
  if (const std::string why = why_no_cuda(); !why.empty()) GTEST_SKIP() << why;
  expect_steps_agree(*make_backend(BackendChoice::cuda, 2));
}

/// One process's share: everything it can work out alone.
struct Part {
  ProblemShare share;
  std::vector<PairPiece> ease, pairs;
  PairTerms terms;
  Margins margins;
  Buffer<double> potential;  ///< [exporter, its columns]
  ProvisionalList list;
};

template <class MakeBackend>
void expect_shares_agree(const MakeBackend& make) {
  std::uint64_t seed = 200;
  for (const ProblemShape& shape : shapes()) {
    const auto problem = random_problem(++seed, shape);
    Random random(seed);
    ListingRule rule;
    rule.top = seed % 2 == 0 ? 7 : 0;
    rule.thresholds = seed % 3 != 0;
    const auto whole = make();
    const Results expected = results_of(*whole, problem, {}, rule);

    const std::vector<std::int32_t> cuts = random_cuts(whole->segments(), 4, random);
    const std::size_t countries = shape.countries, products = shape.products;
    std::vector<Part> parts(cuts.size() - 1);
    std::vector<PairPiece> all_ease, all_pairs;
    for (std::size_t n = 0; n < parts.size(); ++n) {
      parts[n].share = share_of(problem, cuts[n], cuts[n + 1]);
      make()->load(parts[n].share.problem, [&](std::vector<PairPiece> own, std::size_t size, double* total) {
        std::fill_n(total, size, 1.0);  // nobody knows yet
        for (PairPiece& piece : own) all_ease.push_back(std::move(piece));
      });
    }
    fold_pieces(all_ease);
    Margins margins;
    make_columns(margins.exporter_product, countries * products);
    make_columns(margins.market_product, countries * products);
    std::vector<double> potential(countries * products);
    std::vector<ProvisionalList> lists;
    for (Part& part : parts) {
      const auto backend = make();
      backend->load(part.share.problem,
                    [&](std::vector<PairPiece>, std::size_t size, double* total) { add_sectors(all_ease, size, total); });
      PartialSums sums = backend->begin({});
      backend->evaluate_segments(0, backend->segments(), sums, {}, {});
      for (PairPiece& piece : sums.pairs.take()) all_pairs.push_back(std::move(piece));
      if (part.share.problem->products > 0) part.terms = sums.terms;
      const std::vector<std::int32_t>& columns = part.share.columns;
      for (std::size_t row = 0; row < countries; ++row)
        for (std::size_t at = 0; at < columns.size(); ++at) {
          const std::size_t from = row * columns.size() + at, to = row * products + columns[at];
          for (std::size_t c = 0; c < column_count; ++c) {
            margins.exporter_product.columns[c][to] = sums.exporter_product.columns[c][from];
            margins.market_product.columns[c][to] = sums.market_product.columns[c][from];
          }
          potential[to] = sums.world.potential[from];
        }
      backend->finish_share(std::move(sums));
      ListingRule provisional = rule;
      provisional.provisional = true;
      lists.push_back({backend->list_cells({}, provisional, {}), columns});
    }
    fold_pieces(all_pairs);
    const auto any = std::find_if(parts.begin(), parts.end(), [](const Part& part) { return part.terms.countries > 0; });
    std::vector<std::int32_t> everyone(countries);
    std::iota(everyone.begin(), everyone.end(), 0);
    write_pair_margins(any->terms, all_pairs, shape.sectors, everyone, everyone, 2, margins);
    expect_same_margins(margins, expected.margins, describe(seed, shape, *problem));

    const CellList cells = merge_lists(lists, potential.data(), shape.countries, shape.products, everyone, rule);
    EXPECT_EQ(cells.offsets, expected.cells.offsets);
    EXPECT_EQ(cells.market, expected.cells.market);
    EXPECT_EQ(cells.product, expected.cells.product);
    for (std::size_t c = 0; c < column_count; ++c)
      EXPECT_EQ(byte_difference("cells", cells.columns[c], expected.cells.columns[c]), "");
  }
}

TEST(Shares, SharesOfProductsGiveTheBytesOfTheWhole) {
  expect_shares_agree([] { return make_backend(BackendChoice::cpu, 2); });
  expect_shares_agree([] { return std::make_unique<WalkBackend<HostDevice>>(1); });
}

TEST(Shares, SharesOnCudaGiveTheBytesOfTheWhole) {
  if (const std::string why = why_no_cuda(); !why.empty()) GTEST_SKIP() << why;
  expect_shares_agree([] { return make_backend(BackendChoice::cuda, 1); });
}

}  // namespace
}  // namespace potentia::testing
