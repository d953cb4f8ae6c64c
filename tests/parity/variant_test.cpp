// A variant evaluated beside its baseline gives the bytes that loading its problem gives, on the processor and by
// walkers.
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "kernels/cpu/difference.hpp"
#include "kernels/cpu/variant_tables.hpp"
#include "kernels/walk/walk_backend.hpp"
#include "tests/parity/random_problem.hpp"
#include "tests/support/host_device.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

/// A problem with other rates at the horizon, multipliers, population and a given ease in some markets.
struct Changed {
  std::vector<double> rate, multiplier, population, ease;
  std::vector<std::int32_t> row_horizon;
  Problem problem;
  TouchedInputs touched;
};

std::shared_ptr<const Changed> change(const Problem& base, Random& random) {
  auto changed = std::make_shared<Changed>();
  Problem& problem = changed->problem;
  problem = base;
  const std::size_t n = base.countries, products = base.products, rows = base.tariffs.rows, extra = 1 + random.below(3);
  changed->rate.assign(base.tariffs.rate, base.tariffs.rate + rows * products);
  changed->multiplier.assign(rows * products, 1.0);
  for (std::size_t at = 0; at < extra * products; ++at) {
    changed->rate.push_back(random.uniform(-0.3, 0.5));
    changed->multiplier.push_back(random.chance(0.5) ? 1.0 : random.chance(0.2) ? 0.0 : random.spread(0.2, 5));
  }
  changed->row_horizon.assign(base.tariffs.row_horizon, base.tariffs.row_horizon + n * n);
  changed->population.assign(base.population_growth, base.population_growth + n);
  changed->ease.assign(n * n, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t market = 0; market < n; ++market) {
    if (!random.chance(n > 8 ? 0.1 : 0.5)) continue;
    changed->touched.markets.push_back(static_cast<std::int32_t>(market));
    if (random.chance(0.5)) changed->population[market] *= 1.1;
    for (std::size_t exporter = 0; exporter < n; ++exporter) {
      if (random.chance(0.5))
        changed->row_horizon[exporter * n + market] = static_cast<std::int32_t>(rows + random.below(extra));
      if (random.chance(0.1)) changed->ease[exporter * n + market] = random.uniform(0.0, 2.0);
    }
  }
  if (changed->touched.markets.empty()) changed->touched.markets.push_back(0);
  problem.tariffs.rows = static_cast<std::int32_t>(rows + extra);
  problem.tariffs.rate = changed->rate.data();
  problem.tariffs.multiplier = changed->multiplier.data();
  problem.tariffs.row_horizon = changed->row_horizon.data();
  problem.population_growth = changed->population.data();
  problem.ease_given = changed->ease.data();
  return changed;
}

/// Compares the markets that were evaluated with those of a whole evaluation, and the others with the baseline's.
void expect_same_pairs(const Difference& part, const Margins& whole, const Margins& baseline, std::size_t n,
                       std::size_t sectors, const std::string& what) {
  for (int c = 0; c < column_count; ++c)
    for (std::size_t exporter = 0; exporter < n; ++exporter) {
      std::size_t m = 0;
      for (std::size_t market = 0; market < n; ++market) {
        const bool touched = m < part.markets.size() && part.markets[m] == static_cast<std::int32_t>(market);
        const std::size_t at = exporter * n + market, from = exporter * part.markets.size() + m;
        const double pair = touched ? part.pair.columns[c][from] : baseline.pair.columns[c][at];
        ASSERT_EQ(std::memcmp(&pair, &whole.pair.columns[c][at], sizeof pair), 0) << what << ", column " << c;
        const double* sector = touched ? part.pair_sector.columns[c].data() + from * sectors
                                       : baseline.pair_sector.columns[c].data() + at * sectors;
        ASSERT_EQ(std::memcmp(sector, whole.pair_sector.columns[c].data() + at * sectors, sectors * sizeof(double)), 0)
            << what << ", column " << c << " by sector";
        if (touched) ++m;
      }
    }
}

TEST(Variants, BesideTheBaselineOrLoadedTheBytesAreTheSame) {
  const ProblemShape shapes[] = {{2, 1, 1},   {3, 7, 2},        {8, 33, 3},         {9, 60, 4, 0.3, true, true},
                                 {33, 60, 5}, {65, 17, 2, 0.2}, {226, 20, 4, 0.04}, {17, 597, 6, 0.1, true, true}};
  std::uint64_t seed = 500;
  for (const ProblemShape& shape : shapes)
    for (int again = 0; again < 4; ++again) {
      const auto base = random_problem(++seed, shape);
      Random random(seed);
      const auto changed = change(*base, random);
      const std::shared_ptr<const Problem> problem(changed, &changed->problem);
      const auto backend = make_backend(BackendChoice::cpu, 2);
      backend->load(base);
      const Margins baseline = backend->evaluate({}, {});
      FlowsByMarket flows(*base, backend->tables());
      const Tables tables = variant_tables(*base, backend->tables(), *problem, changed->touched, flows, 2);
      InstrumentShares one;
      one.instruments = 1;
      const Difference part =
          evaluate_difference(*problem, backend->tables(), tables, one, changed->touched.markets, flows, 1 + again);

      const auto loaded = make_backend(BackendChoice::cpu, 1);
      loaded->load(problem);
      WalkBackend<HostDevice> walkers(1);
      walkers.load(problem, {});
      const std::size_t n = base->countries, sectors = base->sectors;
      const std::string what = describe(seed, shape, *base);
      expect_same_pairs(part, loaded->evaluate({}, {}), baseline, n, sectors, what);
      expect_same_pairs(part, walkers.evaluate({}, {}), baseline, n, sectors, what + ", walkers");
    }
}

/// Shares of three instruments that nobody has computed: only that they are there matters.
InstrumentShares random_shares(const Problem& problem, std::int64_t stride, Random& random) {
  InstrumentShares shares;
  shares.instruments = 3;
  const auto fill = [&](auto& table) {
    for (double& value : table) value = random.uniform(-0.3, 0.3);
  };
  shares.exporter.resize(3 * problem.countries);
  shares.product.resize(3 * problem.products);
  shares.market = Buffer<double>(3 * problem.products * stride);
  shares.classes = 2;
  shares.own.resize(2 * 3 * problem.products);
  fill(shares.exporter);
  fill(shares.product);
  fill(shares.market);
  fill(shares.own);
  for (std::int64_t pair = 0; pair < problem.countries * static_cast<std::int64_t>(problem.countries); ++pair)
    shares.class_of.push_back(static_cast<std::int32_t>(random.below(3)) - 1);
  return shares;
}

TEST(Variants, FewMarketsGiveTheBytesThatAllGive) {
  const ProblemShape shapes[] = {{33, 60, 5}, {65, 17, 2, 0.2}, {226, 20, 4, 0.04}, {17, 597, 6, 0.1, true, true}};
  std::uint64_t seed = 900;
  for (const ProblemShape& shape : shapes)
    for (int again = 0; again < 4; ++again) {
      const auto base = random_problem(++seed, shape);
      Random random(seed);
      const auto changed = change(*base, random);
      const auto backend = make_backend(BackendChoice::cpu, 2);
      backend->load(base);
      FlowsByMarket flows(*base, backend->tables());
      const Tables tables = variant_tables(*base, backend->tables(), changed->problem, changed->touched, flows, 2);
      const InstrumentShares shares = random_shares(*base, tables.view.stride, random);
      std::vector<std::int32_t> all, few;
      for (std::int32_t market = 0; market < base->countries; ++market) {
        all.push_back(market);
        if (4 * (few.size() + 1) <= static_cast<std::size_t>(base->countries) && random.below(6) == 0)
          few.push_back(market);
      }
      if (few.empty()) few.push_back(base->countries - 1);
      ASSERT_TRUE(DifferenceLayout(base->countries, 3, few).by_market);
      ASSERT_FALSE(DifferenceLayout(base->countries, 3, all).by_market);
      const Difference of_all = evaluate_difference(changed->problem, backend->tables(), tables, shares, all, flows, 2);
      const Difference of_few = evaluate_difference(changed->problem, backend->tables(), tables, shares, few, flows, 2);
      const std::size_t n = base->countries, sectors = base->sectors;
      const auto same = [&](const Buffer<double>& some, const Buffer<double>& whole, std::size_t each, std::size_t rows) {
        for (std::size_t row = 0; row < rows; ++row)
          for (std::size_t m = 0; m < few.size(); ++m)
            ASSERT_EQ(std::memcmp(some.data() + (row * few.size() + m) * each, whole.data() + (row * n + few[m]) * each,
                                  each * sizeof(double)),
                      0)
                << describe(seed, shape, *base);
      };
      for (int c = 0; c < column_count; ++c) {
        same(of_few.pair.columns[c], of_all.pair.columns[c], 1, n);
        same(of_few.pair_sector.columns[c], of_all.pair_sector.columns[c], sectors, n);
      }
      same(of_few.at_risk, of_all.at_risk, 1, n);
      same(of_few.by_instrument, of_all.by_instrument, 1, 3 * n);
    }
}

}  // namespace
}  // namespace potentia::testing
