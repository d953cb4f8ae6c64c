// Our exp, log and pow against long double: the error in units in the last place, over millions of arguments.
#include "kernels/real_math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>

namespace potentia {
namespace {

double ulps(double got, long double expected) {
  const double rounded = static_cast<double>(expected);
  if (got == rounded) return 0.0;
  const long double unit = std::nextafter(std::fabs(rounded), HUGE_VAL) - std::fabs(rounded);
  return static_cast<double>(std::fabs((static_cast<long double>(got) - expected) / unit));
}

class RealMath : public ::testing::Test {
protected:
  static constexpr int samples = 400000;
  double uniform(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
  std::mt19937_64 random_{20240607};
};

TEST_F(RealMath, ExpIsWithinOneUlp) {
  double worst = 0;
  for (int i = 0; i < samples; ++i) {
    const double x = i % 2 ? uniform(-700, 700) : uniform(-2, 2);
    worst = std::max(worst, ulps(potentia::exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 0.7);
}

TEST_F(RealMath, LogIsWithinOneUlp) {
  double worst = 0;
  for (int i = 0; i < samples; ++i) {
    const double x = i % 2 ? std::exp(uniform(-600, 600)) : uniform(0.4, 2.5);
    worst = std::max(worst, ulps(potentia::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 0.7);
}

TEST_F(RealMath, LogIsAccurateNextToOne) {
  for (double step = 1e-15; step < 0.3; step *= 1.7) {
    EXPECT_LT(ulps(potentia::log(1 + step), std::log(static_cast<long double>(1 + step))), 0.6) << step;
    EXPECT_LT(ulps(potentia::log(1 - step), std::log(static_cast<long double>(1 - step))), 0.6) << step;
  }
}

TEST_F(RealMath, PowIsWithinOneUlp) {
  double worst = 0;
  for (int i = 0; i < samples; ++i) {
    const double x = i % 2 ? uniform(0.05, 20) : uniform(0.9, 1.6);   // 1 + tariff, GDP per head ratios
    const double y = uniform(-100, 100);
    worst = std::max(worst, ulps(potentia::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))));
  }
  EXPECT_LT(worst, 0.7);
}

TEST_F(RealMath, ExactAndSpecialValues) {
  EXPECT_EQ(potentia::exp(0.0), 1.0);
  EXPECT_EQ(potentia::exp(-800.0), 0.0);
  EXPECT_EQ(potentia::exp(800.0), HUGE_VAL);
  EXPECT_TRUE(std::isnan(potentia::exp(std::nan(""))));
  EXPECT_EQ(potentia::log(1.0), 0.0);
  EXPECT_EQ(potentia::log(0.0), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(potentia::log(-1.0)));
  EXPECT_EQ(potentia::pow(1.0, 37.5), 1.0);
  EXPECT_EQ(potentia::pow(3.7, 0.0), 1.0);
  EXPECT_EQ(potentia::pow(2.0, 10.0), 1024.0);
  EXPECT_EQ(potentia::pow(0.0, 2.0), 0.0);
  for (double x : {0.93, 1.07, 1.22, 3.5}) EXPECT_EQ(potentia::pow(x, 1.0), x);
  for (int n = -1000; n <= 1000; n += 7) EXPECT_EQ(potentia::log(std::ldexp(1.0, n)), static_cast<double>(n * std::log(2.0L)));
}

}  // namespace
}  // namespace potentia
