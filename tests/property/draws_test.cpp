// Draws of random worlds against each draw loaded and evaluated by itself: every table by bytes, whatever is evaluated
// side by side, however the world is cut, and whichever backend does it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <utility>

#include "host/draws/blocks_as_bytes.hpp"
#include "host/draws/order_statistics.hpp"
#include "host/draws/run.hpp"
#include "host/model/base_trade.hpp"
#include "kernels/walk/walk_backend.hpp"
#include "tests/support/host_device.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_world.hpp"

namespace potentia::testing {
namespace {

constexpr Column kept[] = {column_potential_now, column_potential, column_unrealized, column_static};

MakeWorker cpu_worker() {
  return [] { return make_backend(BackendChoice::cpu, 1); };
}

DrawsResult draws_of(const Case& sample, const BuiltProblem& built, const DrawsRequest& request, int workers,
                     const MakeWorker& make_worker = cpu_worker()) {
  const auto backend = make_worker();
  return run_draws(sample.world, built, request, *backend, make_worker, workers, {});
}

bool same(const Buffer<double>& a, const Buffer<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

std::string difference(const DrawTable& a, const DrawTable& b, const std::string& what) {
  for (std::size_t c = 0; c < drawn_columns.size(); ++c) {
    const std::string column = what + " column " + std::to_string(c);
    if (!same(a.mean[c], b.mean[c])) return column + ": mean";
    if (!same(a.sd[c], b.sd[c])) return column + ": sd";
    if (!same(a.quantile[c], b.quantile[c])) return column + ": quantile";
  }
  return {};
}

std::string difference(const Sensitivity::Table& a, const Sensitivity::Table& b, const std::string& what) {
  if (!same(a.first, b.first)) return what + ": first";
  if (!same(a.total, b.total)) return what + ": total";
  if (!same(a.first_error, b.first_error)) return what + ": first_error";
  return same(a.total_error, b.total_error) ? "" : what + ": total_error";
}

std::string difference(const DrawsResult& a, const DrawsResult& b) {
  std::string found = difference(a.pair, b.pair, "pair");
  if (found.empty()) found = difference(a.pair_sector, b.pair_sector, "pair_sector");
  if (found.empty()) found = difference(a.exporter_product, b.exporter_product, "exporter_product");
  if (found.empty()) found = difference(a.cells, b.cells, "cells");
  if (found.empty()) found = difference(a.sensitivity.pair, b.sensitivity.pair, "sensitivity of pairs");
  if (found.empty()) found = difference(a.sensitivity.exporter, b.sensitivity.exporter, "sensitivity of exporters");
  if (found.empty() && (a.in_top10 != b.in_top10 || a.in_top50 != b.in_top50)) found = "places";
  return found;
}

/// Values of each draw by loading its whole problem.
std::vector<Margins> margins_of_draws(const Case& sample, const BuiltProblem& built, const DrawsRequest& request,
                                      std::vector<std::vector<double>>& cells, const CellList& list) {
  std::vector<Notice> notices;
  const DrawMaker maker(sample.world, built, request.uncertainty, request.seed, notices);
  std::vector<Margins> all;
  const std::size_t n = built.problem->countries;
  for (std::uint32_t draw = request.first; draw < request.first + request.draws; ++draw) {
    const auto drawn = maker.problem(DrawNumbers::all(draw));
    Problem problem = *drawn;
    BaseTrade trade;
    if (maker.varies(DrawGroup::trade)) {
      Settings settings = built.settings;
      settings.method.weights = maker.weights(draw);
      trade = make_base_trade(sample.world, settings, settings.world.base_years, 1);
      problem.flows = {problem.flows.product_begin,
                       problem.flows.product_end,
                       trade.exporter,
                       trade.market,
                       trade.value,
                       trade.extent};
    }
    const auto backend = make_backend(BackendChoice::cpu, 1);
    backend->load(std::make_shared<const Problem>(problem));
    std::vector<double> ease(n * n);
    if (maker.varies(DrawGroup::ease)) {
      const Factors factors = backend->factors();
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          ease[i * n + j] = factors.ease[i * n + j] *
                            maker.ease_factor(draw, static_cast<std::int32_t>(i), static_cast<std::int32_t>(j));
      problem.ease_given = ease.data();
      backend->load(std::make_shared<const Problem>(problem));
    }
    all.push_back(backend->evaluate({}, {}));
    cells.emplace_back();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t at = list.offsets[i]; at < list.offsets[i + 1]; ++at) {
        std::vector<double> pair(static_cast<std::size_t>(column_count) * problem.products);
        backend->pair_cells(static_cast<std::int32_t>(i), list.market[at], pair.data());
        cells.back().push_back(pair[static_cast<std::size_t>(column_unrealized) * problem.products + list.product[at]]);
      }
  }
  return all;
}

std::string check_table(const DrawTable& table, const std::vector<Margins>& draws, Margin Margins::*margin,
                        const char* what) {
  for (std::size_t c = 0; c < 4; ++c)
    for (std::size_t e = 0; e < table.mean[c].size(); ++e) {
      std::vector<double> values;
      for (const Margins& one : draws) values.push_back((one.*margin).columns[kept[c]][e]);
      const DrawStatistics expected = statistics_of(values);
      bool right = table.mean[c][e] == expected.mean && table.sd[c][e] == expected.sd;
      for (std::size_t q = 0; q < draw_probabilities.size(); ++q)
        right = right && table.quantile[c][q * table.mean[c].size() + e] == expected.quantile[q];
      if (!right) return std::string(what) + " column " + std::to_string(c) + " entry " + std::to_string(e);
    }
  return {};
}

DrawsRequest request_for(Random& random) {
  DrawsRequest request;
  request.draws = 1 + static_cast<std::uint32_t>(random.below(6));
  request.first = 1 + static_cast<std::uint32_t>(random.below(100));
  request.seed = random.below(1000);
  for (GroupSpread& group : request.uncertainty.groups) group.on = random.chance(0.7);
  request.uncertainty.of(DrawGroup::ease).spread = 0.2;
  request.memory = random.chance(0.5) ? 1 : std::size_t{1} << 30;
  request.listing.top = random.chance(0.5) ? 0 : 7;
  request.listing.thresholds = random.chance(0.5);
  return request;
}

/// A world of up to five years, so that trade may vary.
Case sample_of(std::uint64_t seed, Random& random) {
  Shape shape = random_shape(seed);
  shape.years = 1 + static_cast<std::int32_t>(random.below(5));
  return random_case(seed, shape);
}

TEST(Draws, EveryTableIsThatOfEachDrawEvaluatedByItself) {
  int trade_varied = 0;
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(world_count(30)); ++seed) {
    Random random(seed);
    const Case sample = sample_of(seed, random);
    const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
    const DrawsRequest request = request_for(random);
    const DrawsResult found = draws_of(sample, built, request, 1 + static_cast<int>(random.below(3)));
    std::vector<std::vector<double>> cells;
    const std::vector<Margins> draws = margins_of_draws(sample, built, request, cells, found.list);
    trade_varied += found.uncertainty.varies(DrawGroup::trade);
    const std::string where = sample.describe();
    ASSERT_EQ(check_table(found.pair, draws, &Margins::pair, "pair"), "") << where;
    ASSERT_EQ(check_table(found.pair_sector, draws, &Margins::pair_sector, "pair_sector"), "") << where;
    ASSERT_EQ(check_table(found.exporter_product, draws, &Margins::exporter_product, "exporter_product"), "") << where;
    for (std::size_t cell = 0; cell < found.list.market.size(); ++cell) {
      std::vector<double> values;
      for (const auto& draw : cells) values.push_back(draw[cell]);
      ASSERT_EQ(found.cells.mean[2][cell], statistics_of(values).mean) << where << ", cell " << cell;
    }
    // Places: counted anew from the cells of each draw.
    std::vector<double> top10(found.list.market.size()), top50 = top10;
    for (const auto& draw : cells)
      for (std::size_t i = 0; i + 1 < found.list.offsets.size(); ++i)
        for (std::size_t at = found.list.offsets[i]; at < found.list.offsets[i + 1]; ++at) {
          std::size_t before = 0;
          for (std::size_t other = found.list.offsets[i]; other < found.list.offsets[i + 1]; ++other)
            before += draw[other] > draw[at] || (draw[other] == draw[at] && other < at);
          if (draw[at] > 0.0 && before < 10) top10[at] += 1.0;
          if (draw[at] > 0.0 && before < 50) top50[at] += 1.0;
        }
    for (double& share : top10) share /= request.draws;
    for (double& share : top50) share /= request.draws;
    ASSERT_EQ(found.in_top10, top10) << where;
    ASSERT_EQ(found.in_top50, top50) << where;
  }
  EXPECT_GT(trade_varied, world_count(30) / 10) << "worlds of three base years and more";
}

TEST(Draws, NeitherThreadsNorMemoryNorBackendChangeABit) {
  for (std::uint64_t seed = 100; seed < 100 + static_cast<std::uint64_t>(world_count(10)); ++seed) {
    Random random(seed);
    const Case sample = sample_of(seed, random);
    const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
    DrawsRequest request = request_for(random);
    request.sensitivity = random.chance(0.7);
    const DrawsResult one = draws_of(sample, built, request, 1);
    for (const int workers : {2, 7})
      EXPECT_EQ(difference(one, draws_of(sample, built, request, workers)), "") << sample.describe();
    const DrawsResult walked =
        draws_of(sample, built, request, 1, [] { return std::make_unique<WalkBackend<HostDevice>>(1); });
    EXPECT_EQ(difference(one, walked), "") << sample.describe();
    request.memory = request.memory == 1 ? std::size_t{1} << 30 : 1;
    EXPECT_EQ(difference(one, draws_of(sample, built, request, 1)), "") << sample.describe();
  }
}

/// Values of unrealised potential of each pair in a draw, by loading the whole problem.
std::vector<double> unrealized_of(const Case& sample, const BuiltProblem& built, const DrawMaker& maker,
                                  const DrawNumbers& numbers) {
  const auto drawn = maker.problem(numbers);
  Problem problem = *drawn;
  BaseTrade trade;
  if (maker.varies(DrawGroup::trade)) {
    Settings settings = built.settings;
    settings.method.weights = maker.weights(numbers.of(DrawGroup::trade));
    trade = make_base_trade(sample.world, settings, settings.world.base_years, 1);
    problem.flows = {problem.flows.product_begin,
                     problem.flows.product_end,
                     trade.exporter,
                     trade.market,
                     trade.value,
                     trade.extent};
  }
  const auto backend = make_backend(BackendChoice::cpu, 1);
  backend->load(std::make_shared<const Problem>(problem));
  const Margins margins = backend->evaluate({}, {});
  const Buffer<double>& found = margins.pair.columns[column_unrealized];
  return {found.begin(), found.end()};
}

TEST(Draws, TotalIndicesAreThoseOfEachDrawEvaluatedByItself) {
  constexpr std::uint32_t others = std::uint32_t{1} << 31;
  int checked = 0;
  for (std::uint64_t seed = 300; seed < 300 + static_cast<std::uint64_t>(world_count(10)); ++seed) {
    Random random(seed);
    const Case sample = sample_of(seed, random);
    const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
    DrawsRequest request = request_for(random);
    request.uncertainty.of(DrawGroup::ease).on = false;
    request.sensitivity = true;
    request.draws = 5;
    const DrawsResult found = draws_of(sample, built, request, 2);
    std::vector<Notice> notices;
    const DrawMaker maker(sample.world, built, request.uncertainty, request.seed, notices);
    const std::size_t pairs = found.pair.mean[0].size(), groups = found.sensitivity.groups.size();
    std::vector<double> sum(pairs, 0.0), squares(pairs, 0.0), moves(pairs * groups, 0.0), first(pairs, 0.0);
    for (std::uint32_t draw = request.first; draw < request.first + 5; ++draw) {
      const std::vector<double> a = unrealized_of(sample, built, maker, DrawNumbers::all(draw)),
                                b = unrealized_of(sample, built, maker, DrawNumbers::all(draw | others));
      if (draw == request.first) first = a;
      for (std::size_t e = 0; e < pairs; ++e) {
        sum[e] += (a[e] - first[e]) + (b[e] - first[e]);
        squares[e] += (a[e] - first[e]) * (a[e] - first[e]) + (b[e] - first[e]) * (b[e] - first[e]);
      }
      for (std::size_t group = 0; group < groups; ++group) {
        DrawNumbers numbers = DrawNumbers::all(draw);
        numbers.of(found.sensitivity.groups[group]) = draw | others;
        const std::vector<double> mixed = unrealized_of(sample, built, maker, numbers);
        for (std::size_t e = 0; e < pairs; ++e) moves[group * pairs + e] += (a[e] - mixed[e]) * (a[e] - mixed[e]);
      }
    }
    for (std::size_t group = 0; group < groups; ++group)
      for (std::size_t e = 0; e < pairs; ++e) {
        const double v = squares[e] - sum[e] * sum[e] / 10, total = found.sensitivity.pair.total[group * pairs + e];
        if (!(v > 1e-9 * squares[e]) || !std::isfinite(total)) continue;
        ASSERT_NEAR(total, moves[group * pairs + e] / v, 1e-6 * (1 + moves[group * pairs + e] / v))
            << sample.describe() << ", pair " << e;
        ++checked;
      }
  }
  EXPECT_GT(checked, 10 * world_count(10)) << "figures that differ by something";
}

TEST(Draws, SharesAndKeptBlocksMakeUpTheWhole) {
  for (std::uint64_t seed = 400; seed < 400 + static_cast<std::uint64_t>(world_count(10)); ++seed) {
    Random random(seed);
    const Case sample = sample_of(seed, random);
    const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
    DrawsRequest request = request_for(random);
    request.sensitivity = random.chance(0.5);
    const DrawsResult whole = draws_of(sample, built, request, 1);

    DrawsRequest share = request;
    share.share = {0, 3};
    share.all_rows = true;
    DrawsResult joined = draws_of(sample, built, share, 1);
    share.all_rows = false;
    for (const int number : {1, 2}) {
      share.share.first = number;
      DrawsResult other = draws_of(sample, built, share, 1);
      if (other.own.first == other.own.second) continue;
      put_block(bytes_of_block(other, other.own.first, other.own.second), joined);
    }
    EXPECT_EQ(difference(whole, joined), "") << sample.describe();

    // Some blocks kept, the rest evaluated in blocks of another size.
    std::map<std::int32_t, Bytes> blocks;
    request.memory = 1;
    request.keep = [&](std::int32_t first, Bytes block) {
      if (random.chance(0.5)) blocks[first] = std::move(block);
    };
    draws_of(sample, built, request, 1);
    request.keep = {};
    request.known = blocks;
    request.memory = std::size_t{1} << 30;
    EXPECT_EQ(difference(whole, draws_of(sample, built, request, 2)), "")
        << sample.describe() << ", " << blocks.size() << " kept";
  }
}

TEST(Draws, StopsWhenAsked) {
  Random random(1);
  const Case sample = sample_of(1, random);
  const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
  DrawsRequest request = request_for(random);
  int asked = 0;
  request.stop = [&] { return ++asked > 1; };
  try {
    draws_of(sample, built, request, 1);
    FAIL() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::stopped);
  }
}

TEST(Draws, SpreadsOfZeroGiveTheBaseline) {
  for (std::uint64_t seed = 200; seed < 210; ++seed) {
    Random random(seed);
    const Case sample = sample_of(seed, random);
    const BuiltProblem built = build_problem(sample.world, sample.settings, 1);
    DrawsRequest request = request_for(random);
    for (GroupSpread& group : request.uncertainty.groups) group.spread = 0.0;
    request.uncertainty.of(DrawGroup::trade).on = false;
    const DrawsResult found = draws_of(sample, built, request, 2);
    const auto backend = make_backend(BackendChoice::cpu, 1);
    backend->load(built.problem);
    const Margins baseline = backend->evaluate({}, {});
    for (std::size_t c = 0; c < 4; ++c)
      for (std::size_t e = 0; e < found.pair.mean[c].size(); ++e) {
        ASSERT_EQ(found.pair.quantile[c][2 * found.pair.mean[c].size() + e], baseline.pair.columns[kept[c]][e])
            << sample.describe();
        ASSERT_EQ(found.pair.quantile[c][e], baseline.pair.columns[kept[c]][e]) << sample.describe();
      }
  }
}

}  // namespace
}  // namespace potentia::testing
