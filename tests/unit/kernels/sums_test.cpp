// The order of sums: the tree over lanes, and segments that cover every product of every sector once.
#include "kernels/sums.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace potentia {
namespace {

TEST(Sums, TheTreeOverLanesIsTheDocumentedOne) {
  // Values whose sum depends on the order: only the documented tree gives exactly this.
  const double lane[sum_lanes] = {1e16, 1.0, -1e16, 3.0, 1.0, 1e16, 1.0, -1e16};
  EXPECT_EQ(lane_total(lane), ((1e16 + 1.0) + (-1e16 + 1.0)) + ((1.0 + 1e16) + (3.0 + -1e16)));
}

TEST(Sums, SegmentsCoverEverySectorInOrder) {
  const std::vector<std::int32_t> begin = {0, 0, 1, 256, 257, 1000, 1000};
  const std::vector<Segment> segments = make_segments(begin.data(), 6);
  std::int32_t next = 0;
  for (const Segment& segment : segments) {
    EXPECT_EQ(segment.first, next);
    EXPECT_GT(segment.last, segment.first);
    EXPECT_LE(segment.last - segment.first, segment_products);
    EXPECT_GE(segment.first, begin[segment.sector]);
    EXPECT_LE(segment.last, begin[segment.sector + 1]);
    next = segment.last;
  }
  EXPECT_EQ(next, 1000);
  EXPECT_EQ(segments.size(), 1u + 1u + 1u + 3u);
}

TEST(Sums, NoProductsNoSegments) {
  const std::int32_t begin[] = {0, 0, 0};
  EXPECT_TRUE(make_segments(begin, 2).empty());
  EXPECT_TRUE(make_segments(begin, 0).empty());
}

}  // namespace
}  // namespace potentia
