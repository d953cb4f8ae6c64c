// Rows of an outlook against long double, and in any company.
#include "host/model/outlook_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace potentia {
namespace {

double relative(double got, long double expected) {
  return expected == 0.0L ? std::fabs(got) : static_cast<double>(std::fabs((got - expected) / expected));
}

class OutlookRows : public ::testing::Test {
protected:
  std::vector<double> uniform(double low, double high, int count = 100000) {
    std::uniform_real_distribution<double> draw(low, high);
    std::vector<double> values(static_cast<std::size_t>(count));
    for (double& value : values) value = draw(random_);
    return values;
  }
  std::mt19937_64 random_{11};
};

TEST_F(OutlookRows, Logarithms) {
  std::vector<double> values;
  for (const double exponent : uniform(-700, 700)) values.push_back(std::exp(exponent));
  for (const double near_one : uniform(0.5, 2.0, 104)) values.push_back(near_one);
  std::vector<double> logs = values;
  outlook_logarithms(logs.data(), static_cast<std::int32_t>(logs.size()));
  for (std::size_t at = 0; at < values.size(); ++at)
    ASSERT_LT(relative(logs[at], std::log(static_cast<long double>(values[at]))), 1e-15) << values[at];
}

TEST_F(OutlookRows, Exponentials) {
  const std::vector<double> values = uniform(-700, 700);
  std::vector<double> out(values.size());
  outlook_exponentials(values.data(), static_cast<std::int32_t>(values.size()), 0.5, out.data());
  for (std::size_t at = 0; at < values.size(); ++at)
    ASSERT_LT(relative(out[at], std::exp(0.5L * values[at])), 5e-16) << values[at];
  const double beyond[8] = {-800, -1e9, 800, 0, 1, -1, 2, -2};
  outlook_exponentials(beyond, 8, 1.0, out.data());
  EXPECT_EQ(out[0], 0.0);
  EXPECT_EQ(out[1], 0.0);
  EXPECT_TRUE(std::isfinite(out[2]));
  EXPECT_EQ(out[3], 1.0);
}

TEST_F(OutlookRows, ChancesOverOtherYearsDownToTheSmallest) {
  for (const double years : {1.0, 5.0 / 7.0, 3.0}) {
    const std::vector<double> odds = uniform(-60, 60);
    std::vector<double> chance(odds.size());
    outlook_chances(odds.data(), static_cast<std::int32_t>(odds.size()), years, chance.data());
    for (std::size_t at = 0; at < odds.size(); ++at) {
      const long double lost = -static_cast<long double>(years) * std::log1p(std::exp(static_cast<long double>(odds[at])));
      ASSERT_LT(relative(chance[at], -std::expm1(lost)), 2e-11) << odds[at];
      ASSERT_GE(chance[at], 0.0);
      ASSERT_LE(chance[at], 1.0);
    }
  }
}

TEST_F(OutlookRows, ACellIsTheSameInAnyCompany) {
  const std::vector<double> odds = uniform(-30, 10, 64);
  std::vector<double> all(64), one(8);
  outlook_chances(odds.data(), 61, 5.0 / 7.0, all.data());
  for (int at = 0; at < 61; ++at) {
    double own[8] = {odds[static_cast<std::size_t>(at)], 1, -1, 2, -2, 3, -3, 4};
    outlook_chances(own, 1, 5.0 / 7.0, one.data());
    EXPECT_EQ(one[0], all[static_cast<std::size_t>(at)]);
  }
}

TEST_F(OutlookRows, ClassesAreBoundsExceeded) {
  const double bounds[3] = {10, 20, 20}, values[8] = {9, 10, 10.5, 20, 21, 0, 0, 0};
  std::int32_t classes[8];
  outlook_classes(values, 5, bounds, 3, classes);
  EXPECT_EQ(std::vector<std::int32_t>(classes, classes + 5), (std::vector<std::int32_t>{0, 0, 1, 1, 3}));
}

}  // namespace
}  // namespace potentia
