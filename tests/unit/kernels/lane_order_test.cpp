// Sorting eight series at a time, against the library's sort.
#include "kernels/cpu/lane_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

TEST(LaneOrder, SortsEachOfEightSeries) {
  Random random(7);
  for (const std::size_t count :
       {1, 2, 15, 16, 17, 31, 32, 33, 64, 100, 127, 128, 129, 255, 256, 500, 1000, 1024, 2047, 5000}) {
    std::vector<double> rows(8 * lane_rows(count), -1.0);
    std::vector<std::vector<double>> expected(8);
    for (std::size_t row = 0; row < count; ++row)
      for (std::size_t lane = 0; lane < 8; ++lane) {
        const double value = lane % 2 == 0 ? random.uniform() - 0.5 : std::floor(random.uniform() * 7.0);  // with ties
        rows[8 * row + lane] = value;
        expected[lane].push_back(value);
      }
    sort_lanes(rows.data(), count);
    for (std::size_t lane = 0; lane < 8; ++lane) {
      std::sort(expected[lane].begin(), expected[lane].end());
      for (std::size_t row = 0; row < count; ++row)
        ASSERT_EQ(rows[8 * row + lane], expected[lane][row]) << count << ", lane " << lane;
    }
  }
}

TEST(LaneOrder, OrderOfWorstCasesHolds) {
  // A network sorts everything if it sorts all zeros and ones: each place of the step, and descending numbers.
  for (const std::size_t count : {32, 64, 128, 256, 512})
    for (std::size_t ones = 0; ones <= count; ++ones) {
      std::vector<double> rows(8 * lane_rows(count));
      for (std::size_t row = 0; row < count; ++row)
        for (std::size_t lane = 0; lane < 8; ++lane)
          rows[8 * row + lane] = (row * (2 * lane + 1) + lane) % count < ones ? 1.0 : 0.0;  // a permutation of each
      sort_lanes(rows.data(), count);
      for (std::size_t at = 8; at < 8 * count; ++at) ASSERT_LE(rows[at - 8], rows[at]) << count << ", " << ones;
    }
}

TEST(LaneOrder, MomentsAddInTheOrderOfTheRows) {
  std::vector<double> rows;
  Random random(3);
  for (int row = 0; row < 37; ++row)
    for (int lane = 0; lane < 8; ++lane) rows.push_back(lane == 5 ? 0.1 : random.uniform() * 1e6);
  const LaneMoments found = lane_moments(rows.data(), 37);
  for (int lane = 0; lane < 8; ++lane) {
    double sum = 0.0, squares = 0.0;
    for (int row = 0; row < 37; ++row) sum += rows[8 * row + lane];
    for (int row = 0; row < 37; ++row) squares += (rows[8 * row + lane] - sum / 37) * (rows[8 * row + lane] - sum / 37);
    EXPECT_EQ(found.mean[lane], sum / 37);
    EXPECT_EQ(found.squares[lane], squares);
  }
  EXPECT_FALSE(found.constant);
  std::fill(rows.begin(), rows.end(), 2.5);
  EXPECT_TRUE(lane_moments(rows.data(), 37).constant);
  rows[8 * 36 + 7] = 2.0;  // the last of all
  EXPECT_FALSE(lane_moments(rows.data(), 37).constant);
}

}  // namespace
}  // namespace potentia::testing
