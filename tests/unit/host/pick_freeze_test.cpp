// Pick-freeze on functions whose indices are known.
#include "host/draws/pick_freeze.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "kernels/normal.hpp"

namespace potentia::testing {
namespace {

constexpr double pi = 3.14159265358979323846;

using Function = std::function<double(const double*)>;

/// Three inputs, each a group, uniform in (0, 1).
PickFreeze sampled(const std::vector<Function>& functions, int samples, int threads = 1) {
  PickFreeze sums(3, functions.size());
  for (int sample = 1; sample <= samples; ++sample) {
    double input[2][3];
    for (std::uint32_t group = 0; group < 3; ++group)
      for (std::uint64_t half = 0; half < 2; ++half)
        input[half][group] = uniform_number(5, static_cast<std::uint32_t>(sample), group, half);
    std::vector<double> a, b, mixed[3];
    for (const Function& f : functions) {
      a.push_back(f(input[0]));
      b.push_back(f(input[1]));
      for (int group = 0; group < 3; ++group) {
        double both[3] = {input[0][0], input[0][1], input[0][2]};
        both[group] = input[1][group];
        mixed[group].push_back(f(both));
      }
    }
    sums.add(a.data(), b.data(), {mixed[0].data(), mixed[1].data(), mixed[2].data()}, threads);
  }
  return sums;
}

/// Ishigami & Homma's function with a = 7, b = 0.1.
double ishigami(const double* x) {
  const double z[3] = {pi * (2 * x[0] - 1), pi * (2 * x[1] - 1), pi * (2 * x[2] - 1)};
  return std::sin(z[0]) + 7 * std::sin(z[1]) * std::sin(z[1]) + 0.1 * z[2] * z[2] * z[2] * z[2] * std::sin(z[0]);
}

TEST(PickFreeze, IndicesOfIshigami) {
  const double v1 = 0.5 * std::pow(1 + 0.1 * std::pow(pi, 4) / 5, 2), v2 = 49.0 / 8,
               v13 = 0.01 * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
  const double first[3] = {v1 / v, v2 / v, 0.0}, total[3] = {(v1 + v13) / v, v2 / v, v13 / v};
  const SobolIndices found =
      sampled({ishigami, [](const double* x) { return 1e9 + 1e3 * ishigami(x); }}, 20000).indices();
  for (int group = 0; group < 3; ++group)
    for (int figure = 0; figure < 2; ++figure) {  // neither the place nor the scale matters
      const std::size_t at = static_cast<std::size_t>(2 * group + figure);
      EXPECT_NEAR(found.first[at], first[group], 4 * found.first_error[at] + 1e-12) << group;
      EXPECT_NEAR(found.total[at], total[group], 4 * found.total_error[at] + 1e-12) << group;
      EXPECT_LT(found.first_error[at], 0.02);
      EXPECT_LT(found.total_error[at], 0.02);
    }
}

TEST(PickFreeze, AdditiveFunctionsHaveNoInteractions) {
  const SobolIndices found =
      sampled({[](const double* x) { return 2 * x[0] + x[1]; }, [](const double*) { return 1e7 / 3; }}, 4000).indices();
  for (const auto& [group, share] : {std::pair(0, 0.8), std::pair(1, 0.2), std::pair(2, 0.0)}) {
    EXPECT_NEAR(found.first[2 * group], share, 0.05);
    EXPECT_NEAR(found.total[2 * group], share, 0.05);
    EXPECT_TRUE(std::isnan(found.first[2 * group + 1])) << "what does not vary has no indices";
    EXPECT_TRUE(std::isnan(found.total_error[2 * group + 1]));
  }
  EXPECT_EQ(found.first[4], 0.0) << "an input that is not there";
  EXPECT_EQ(found.total[4], 0.0);
}

TEST(PickFreeze, ErrorsAreThoseOfManyRepetitions) {
  // Twenty independent estimates: their standard deviation is what each says of itself.
  constexpr int repetitions = 40, samples = 500;
  std::vector<double> first, total;
  double first_error = 0.0, total_error = 0.0;
  for (int n = 0; n < repetitions; ++n) {
    PickFreeze sums(1, 1);
    for (int sample = 0; sample < samples; ++sample) {
      const auto z = [&](std::uint64_t index) {
        return normal_number(9, static_cast<std::uint32_t>(n * samples + sample), 1, index);
      };
      const auto f = [](double x, double y) { return 10 + x + 0.5 * y + 0.5 * x * y; };
      const double a = f(z(0), z(1)), b = f(z(2), z(3)), mixed = f(z(2), z(1));
      sums.add(&a, &b, {&mixed}, 1);
    }
    const SobolIndices found = sums.indices();
    first.push_back(found.first[0]);
    total.push_back(found.total[0]);
    first_error += found.first_error[0] / repetitions;
    total_error += found.total_error[0] / repetitions;
  }
  const auto spread = [](const std::vector<double>& values) {
    double mean = 0.0, squares = 0.0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
  };
  EXPECT_NEAR(first_error / spread(first), 1.0, 0.35);
  EXPECT_NEAR(total_error / spread(total), 1.0, 0.35);
}

TEST(PickFreeze, ThreadsChangeNoBit) {
  const std::vector<Function> functions(17, ishigami);
  const SobolIndices one = sampled(functions, 50).indices(), three = sampled(functions, 50, 3).indices();
  for (std::size_t at = 0; at < one.first.size(); ++at) {
    EXPECT_EQ(one.first[at], three.first[at]);
    EXPECT_EQ(one.total_error[at], three.total_error[at]);
  }
}

}  // namespace
}  // namespace potentia::testing
