// Sums are committed in order, and only those wait that could not be kept otherwise.
#include "kernels/cpu/ordered_commits.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <vector>

namespace potentia {
namespace {

using Sums = std::vector<int>;

TEST(OrderedCommits, NobodyWaitsForSumsThatStay) {
  OrderedCommits<Sums> commits(0, {});
  std::vector<Sums> kept;
  const auto keep = [&](int number, Sums& sums) {
    EXPECT_EQ(number, static_cast<int>(kept.size()));
    kept.push_back(std::move(sums));
  };
  auto ahead = std::async(std::launch::async, [&] {  // two of them, before the first
    Sums next = commits.exchange(2, {2}, true, keep);
    if (!next.empty()) return false;
    return commits.exchange(1, {1}, true, keep).empty();
  });
  const bool waits = ahead.wait_for(std::chrono::seconds(20)) != std::future_status::ready;
  EXPECT_FALSE(waits);
  EXPECT_TRUE(waits || kept.empty());
  EXPECT_TRUE(commits.exchange(0, {0}, true, keep).empty());
  EXPECT_TRUE(ahead.get());
  EXPECT_EQ(kept, (std::vector<Sums>{{0}, {1}, {2}}));
}

TEST(OrderedCommits, SumsThatAreAddedComeBack) {
  OrderedCommits<Sums> commits(5, {});
  int total = 0;
  const auto add = [&](int, Sums& sums) { total = 10 * total + sums[0]; };
  EXPECT_EQ(commits.exchange(5, {1, 7}, false, add), (Sums{1, 7}));
  auto ahead = std::async(std::launch::async, [&] { return commits.exchange(7, {3, 9}, false, add); });
  EXPECT_EQ(ahead.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout) << "there was nothing to go on with";
  EXPECT_EQ(total, 1);
  const Sums own = commits.exchange(6, {2, 8}, false, add), other = ahead.get();
  EXPECT_EQ(total, 123);
  EXPECT_EQ(own[0] + other[0], 5) << "each has the memory of one of them";
}

}  // namespace
}  // namespace potentia
