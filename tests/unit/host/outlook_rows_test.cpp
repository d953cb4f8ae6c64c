// Rows of an outlook against long double, and in any company.
#include "host/model/outlook_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
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
  for (const double years : {1.0, 5.0 / 7.0, 3.0, 0.1}) {
    std::vector<double> odds;
    for (const double exponent : uniform(-60, 60)) odds.push_back(std::exp(exponent));
    for (const double limit : {0.0, 1e-300, 0.41421356237309503, 0.41421356237309509, 1e300, 1.0, 2.0, 3.0}) odds.push_back(limit);
    std::vector<double> chance = odds;
    outlook_chances(chance.data(), static_cast<std::int32_t>(odds.size()), years);
    for (std::size_t at = 0; at < odds.size(); ++at) {
      const long double lost = -static_cast<long double>(years) * std::log1p(static_cast<long double>(odds[at]));
      ASSERT_LT(relative(chance[at], -std::expm1(lost)), 2e-15) << odds[at];
      ASSERT_GE(chance[at], 0.0);
      ASSERT_LE(chance[at], 1.0);
    }
  }
}

TEST_F(OutlookRows, ACellIsTheSameInAnyCompany) {
  std::vector<double> odds = uniform(0, 10, 64), all = odds;
  outlook_chances(all.data(), 61, 5.0 / 7.0);
  for (std::size_t at = 0; at < 61; ++at) {
    double own[8] = {odds[at], 1, 0.1, 2, 0.2, 3, 0.3, 4};
    outlook_chances(own, 1, 5.0 / 7.0);
    EXPECT_EQ(own[0], all[at]);
  }
}

/// Parts of markets or of a pair, and what they come to as factors.
struct Pieces {
  Pieces(std::vector<double> of_part, std::vector<double> distances, double weight)
      : part(std::move(of_part)), distance(std::move(distances)), factor(3 * part.size()) {
    const auto count = static_cast<std::int32_t>(part.size());
    log_distance = distance;
    outlook_log_distances(log_distance.data(), count);
    outlook_factors(part.data(), log_distance.data(), weight, count, factors());
  }
  OutlookFactors factors() { return {factor.data(), factor.data() + part.size(), factor.data() + 2 * part.size()}; }
  std::vector<double> part, distance, factor, log_distance;
};

TEST_F(OutlookRows, ProductsOfFactorsAreExponentialsOfSums) {
  constexpr double nothing = -HUGE_VAL, unknown = HUGE_VAL;
  const std::vector<std::int32_t> blocks = {8, 24};
  for (const double weight : {0.7, 0.0, -1.3}) {
    std::vector<double> far = uniform(50, 20000, 32), near = uniform(50, 20000, 16);
    std::vector<double> markets = uniform(-30, 30, 32), pairs = uniform(-30, 30, 16);
    far[9] = near[2] = far[25] = near[9] = unknown;      // of the market, of the pair, of both
    markets[11] = pairs[4] = nothing;
    far[11] = near[4] = far[12] = near[3] = unknown;     // nothing comes of nothing, whatever is known of it
    Pieces of_markets(markets, far, weight), of_pair(pairs, near, weight);
    const OutlookPieces pieces{of_markets.factors(), of_pair.factors(), 2.5, weight};
    std::vector<double> first(16), second(16);
    outlook_products(blocks.data(), 2, pieces, pieces, first.data(), second.data());
    EXPECT_EQ(first, second);
    for (std::size_t at = 0; at < 16; ++at) {
      const std::size_t market = static_cast<std::size_t>(blocks[at / 8]) + at % 8;
      const bool known = std::isfinite(far[market]) && std::isfinite(near[at]);
      const long double fit = known ? std::min<long double>(far[market] / (long double){near[at]}, near[at] / (long double){far[market]}) : 1;
      const long double expected = 2.5L * std::exp(static_cast<long double>(markets[market]) + pairs[at]) * std::pow(fit, weight);
      EXPECT_LT(relative(first[at], expected), 3e-14) << at << ", weight " << weight;
    }
  }
}

TEST_F(OutlookRows, IndexOfFlows) {
  const double nan = std::nan("");
  const std::uint16_t market[3] = {1, 0, 1}, place[4] = {2, 0, 1, 2};
  const double distance[3] = {1, nan, 3}, typical[2] = {2, 5}, of_markets[2] = {10, 20}, of_pair[3] = {100, 200, 300},
               log_access[3] = {0, -0.5, -0.25};
  double out[4];
  outlook_index_of_flows({market, distance, typical, of_markets, of_pair, log_access, 1000, 2}, place, 4, out);
  const double expected[4] = {1320 - 2 * 2.25, 1120 - 2 * 4.0, 1210 - 2 * 0.5, 1320 - 2 * 2.25};
  for (int at = 0; at < 4; ++at) EXPECT_DOUBLE_EQ(out[at], expected[at]) << at;
}

TEST_F(OutlookRows, ClassesAreBoundsExceeded) {
  const double bounds[3] = {10, 20, 20}, values[8] = {9, 10, 10.5, 20, 21, 0, 0, 0};
  std::int32_t classes[8];
  outlook_classes(values, 5, bounds, 3, classes);
  EXPECT_EQ(std::vector<std::int32_t>(classes, classes + 5), (std::vector<std::int32_t>{0, 0, 1, 1, 3}));
}

}  // namespace
}  // namespace potentia
