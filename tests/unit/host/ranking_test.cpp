// Orders of the same things, compared.
#include "host/model/ranking.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace potentia {
namespace {

using Values = std::vector<double>;
using Places = std::vector<std::size_t>;

TEST(Ranking, CorrelationByHand) {
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {10, 20, 30, 40}), 1.0);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {40, 30, 20, 10}), -1.0);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3}, {1, 3, 2}), 0.5);  // 1 − 6·2/(3·8)
  // Ties have the mean of their ranks: {0, 1.5, 1.5} against {0, 1, 2}.
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 2}, {1, 2, 3}), 1.5 / std::sqrt(1.5 * 2));
  EXPECT_TRUE(std::isnan(rank_correlation({5, 5, 5}, {1, 2, 3})));
}

TEST(Ranking, PlacesAreOfTheLargestFirstAndTiesInOrder) {
  EXPECT_EQ(places_of({3, 9, 3, 7}), (Places{3, 1, 4, 2}));
  EXPECT_EQ(places_of({}), Places{});
}

TEST(Ranking, LargestMovesAreOfTheTopAndOfWhatIsSomething) {
  // Places 1 2 3 4 5 become 5 1 2 3 4: the first falls by four, the others rise by one.
  const Values before{50, 40, 30, 20, 10}, after{5, 40, 30, 20, 10};
  EXPECT_EQ(largest_moves(before, after, 5), (Places{0, 1, 2, 3, 4}));
  EXPECT_EQ(largest_moves(before, after, 1), (Places{0, 1}));  // first before, first after
  EXPECT_EQ(largest_moves(before, before, 5), Places{});
  EXPECT_EQ(largest_moves({2, 1, 0}, {0, 1, 0}, 3), (Places{0, 1}));
  EXPECT_EQ(largest_moves({1, 0, 0}, {0, 0, 2}, 3), (Places{2, 0}));  // what is nothing in both only makes room
}

}  // namespace
}  // namespace potentia
