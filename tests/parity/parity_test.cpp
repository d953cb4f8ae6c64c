// Every backend and every number of threads gives the bytes that one thread on the processor gives.
#include <gtest/gtest.h>

#include <functional>

#include "kernels/walk/walk_backend.hpp"
#include "tests/parity/random_problem.hpp"
#include "tests/parity/results.hpp"
#include "tests/support/host_device.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

std::vector<ProblemShape> shapes() {
  std::vector<ProblemShape> all;
  bool tariffs = false, by_market = false;
  for (const std::int32_t countries : {2, 3, 7, 8, 9, 33, 65}) {
    for (const std::int32_t products : {1, 2, 7, 33, 60}) {
      tariffs = !tariffs;
      by_market = tariffs ? !by_market : by_market;
      all.push_back({countries, products, 1 + (countries + products) % 5, 0.3, tariffs, by_market});
    }
  }
  all.push_back({1, 1, 1, 0.0, false, false});       // nobody to trade with
  all.push_back({1, 3, 2, 0.0, true, true});
  all.push_back({33, 597, 15, 0.05, true, false});
  all.push_back({226, 20, 4, 0.04, true, false});    // the world's number of countries
  all.push_back({226, 7, 3, 1.0, true, true});       // everyone trades everything
  all.push_back({3, 2000, 3, 0.5, true, false});
  all.push_back({9, 33, 3, 0.3, true, false, true});
  all.push_back({33, 60, 4, 0.3, true, true, true});
  return all;
}

std::vector<std::int32_t> some_of(std::int32_t size, Random& random) {
  std::vector<std::int32_t> chosen;
  for (std::int32_t e = 0; e < size; ++e) {
    if (random.chance(0.4)) chosen.push_back(e);
  }
  if (chosen.empty()) chosen.push_back(size - 1);
  return chosen;
}

/// Compares `other` with one thread of the processor on every shape, all rows and some rows, several listing rules.
void expect_parity(Backend& other) {
  const auto one = make_backend(BackendChoice::cpu, 1);
  std::uint64_t seed = 1;
  for (const ProblemShape& shape : shapes()) {
    const auto problem = random_problem(++seed, shape);
    Random random(seed);
    const std::int64_t tops[] = {0, 1, 3, 40, 500};
    Rows some;
    if (seed % 3 != 0) some.exporters = some_of(shape.countries, random);
    if (seed % 3 != 1) some.markets = some_of(shape.countries, random);
    for (const Rows& rows : {Rows{}, some}) {
      ListingRule rule;
      rule.top = random.pick(tops);
      rule.thresholds = random.chance(0.6);
      const std::string found =
          byte_difference(results_of(*one, problem, rows, rule), results_of(other, problem, rows, rule));
      EXPECT_EQ(found, "") << describe(seed, shape, *problem) << ", " << rows.exporters.size() << " exporters and "
                           << rows.markets.size() << " markets chosen (0 = all), top " << rule.top;
      if (!found.empty()) return;  // the others would repeat it
    }
  }
}

TEST(Parity, TwoThreadsGiveTheBytesOfOne) { expect_parity(*make_backend(BackendChoice::cpu, 2)); }

TEST(Parity, SevenThreadsGiveTheBytesOfOne) { expect_parity(*make_backend(BackendChoice::cpu, 7)); }

TEST(Parity, WalkersGiveTheBytesOfTheProcessor) {
  WalkBackend<HostDevice> walkers(2);
  expect_parity(walkers);
}

TEST(Parity, CudaGivesTheBytesOfTheProcessor) {
  if (const std::string why = why_no_cuda(); !why.empty()) GTEST_SKIP() << why;
  expect_parity(*make_backend(BackendChoice::cuda, 2));
}

TEST(Parity, TheBackendsAreListed) {
  const auto backends = list_backends();
  ASSERT_EQ(backends.size(), 2u);
  EXPECT_EQ(backends[0].name, "cpu");
  EXPECT_TRUE(backends[0].available);
  EXPECT_EQ(backends[1].name, "cuda");
  EXPECT_FALSE(backends[1].detail.empty()) << "a device or why there is none";
  if (backends[1].available) return;
  try {
    make_backend(BackendChoice::cuda, 1);
    FAIL() << "a backend that is not available was made";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), 4) << error.what();
  }
  EXPECT_EQ(make_backend(BackendChoice::automatic, 1)->name(), "cpu");
}

}  // namespace
}  // namespace potentia::testing
