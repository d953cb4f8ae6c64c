// Random numbers by their published test vectors, and by the moments that a normal number must have.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernels/normal.hpp"

namespace potentia {
namespace {

void expect_philox(PhiloxCounter counter, std::uint64_t key, PhiloxCounter expected) {
  const PhiloxCounter found = philox4x32_10(counter, key);
  for (int w = 0; w < 4; ++w) EXPECT_EQ(found.word[w], expected.word[w]) << "word " << w;
}

TEST(Philox, GivesThePublishedVectors) {  // Random123's kat_vectors
  expect_philox({{0, 0, 0, 0}}, 0, {{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}});
  expect_philox({{0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu}}, 0xffffffffffffffffull,
                {{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}});
  expect_philox({{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}}, 0x299f31d0a4093822ull,
                {{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}});
}

TEST(Normal, QuantilesAreThePublishedOnes) {  // Wichura (1988)
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 4e-15);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-14);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(Normal, QuantilesInvertTheDistribution) {
  for (double p = 1e-16; p < 0.5; p *= 1.07) {
    const double x = normal_quantile(p);
    const long double back = 0.5L * erfcl(-static_cast<long double>(x) / sqrtl(2.0L));
    // A relative error of x moves p by x² times as much.
    EXPECT_NEAR(static_cast<double>(back / p), 1.0, 1e-15 * (2.0 + x * x)) << p;
    // Above one half by symmetry, as far as 1 - p is exact.
    const double other = 1.0 - p;
    if (1.0 - other == p) { EXPECT_EQ(normal_quantile(other), -x) << p; }
  }
}

TEST(Normal, NumbersHaveTheMomentsOfTheDistribution) {
  constexpr int count = 200000;
  double sum = 0, square = 0, cube = 0, fourth = 0, product = 0, last = 0;
  for (int n = 0; n < count; ++n) {
    const double z = normal_number(7, 3, 1, static_cast<std::uint64_t>(n));
    sum += z, square += z * z, cube += z * z * z, fourth += z * z * z * z, product += z * last;
    last = z;
  }
  const double root = std::sqrt(static_cast<double>(count));  // five standard errors each
  EXPECT_NEAR(sum / count, 0.0, 5 / root);
  EXPECT_NEAR(square / count, 1.0, 5 * std::sqrt(2.0) / root);
  EXPECT_NEAR(cube / count, 0.0, 5 * std::sqrt(15.0) / root);
  EXPECT_NEAR(fourth / count, 3.0, 5 * std::sqrt(96.0) / root);
  EXPECT_NEAR(product / count, 0.0, 5 / root) << "neighbours must not be correlated";
}

TEST(Normal, EveryPartOfTheCounterAndTheSeedCount) {
  const double z = normal_number(1, 2, 3, 4);
  EXPECT_EQ(normal_number(1, 2, 3, 4), z);
  EXPECT_NE(normal_number(2, 2, 3, 4), z);
  EXPECT_NE(normal_number(1ull << 32 | 1, 2, 3, 4), z);
  EXPECT_NE(normal_number(1, 3, 3, 4), z);
  EXPECT_NE(normal_number(1, 2, 4, 4), z);
  EXPECT_NE(normal_number(1, 2, 3, 5), z);
  EXPECT_NE(normal_number(1, 2, 3, 1ull << 32 | 4), z);
}

}  // namespace
}  // namespace potentia
