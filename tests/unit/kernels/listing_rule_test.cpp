// Which product columns qualify, and in what order they are looked at.
#include "kernels/listing_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/random.hpp"

namespace potentia {
namespace {

TEST(SortDescending, OrdersAsComparisonsDoAndKeepsTiesAsTheyWere) {
  testing::Random random(7);
  for (const std::size_t size : {0u, 1u, 2u, 33u, 597u, 5079u}) {
    std::vector<double> value;
    std::vector<std::int32_t> columns;
    for (std::size_t column = 0; column < size; ++column) {
      // Zeros, the smallest number, the largest, ties, neighbours.
      const double choices[] = {0.0, 5e-324, 1.7976931348623157e308, 1.0, 1.0000000000000002, random.spread(1e-9, 1e12)};
      value.push_back(choices[random.below(6)]);
      if (random.chance(0.8)) columns.push_back(static_cast<std::int32_t>(column));
    }
    std::vector<std::int32_t> expected = columns;
    std::stable_sort(expected.begin(), expected.end(), [&](std::int32_t a, std::int32_t b) {
      return value[static_cast<std::size_t>(a)] > value[static_cast<std::size_t>(b)];
    });
    sort_descending(value.data(), columns);
    EXPECT_EQ(columns, expected) << size << " columns";
  }
}

TEST(QualifyingColumns, AProductQualifiesByItsPotentialOrByItsRank) {
  // Of 100 in all, 95 must be covered: what starts below that qualifies, whatever its size.
  const std::vector<double> potential = {4.0, 0.0, 60.0, 1.0, 30.0, 5.0};
  ListingRule rule;
  rule.product_minimum = 1000.0;
  EXPECT_EQ(qualifying_columns(potential.data(), 6, rule), (std::vector<std::int32_t>{2, 4, 5}));
  rule.product_minimum = 4.0;
  EXPECT_EQ(qualifying_columns(potential.data(), 6, rule), (std::vector<std::int32_t>{2, 4, 5, 0}));
  rule.thresholds = false;
  EXPECT_EQ(qualifying_columns(potential.data(), 6, rule), (std::vector<std::int32_t>{0, 2, 3, 4, 5}));
}

}  // namespace
}  // namespace potentia
