// The order of every sum: a property of the data, never of threads, devices or ranks.
//
//   over markets     eight lane-strided partial sums (market modulo 8), then the fixed tree of `lane_total`
//   over exporters   one after the other, in ascending order
//   over products    one after the other inside a segment, segments of a sector one after the other, then sectors;
//                    a segment is a run of at most 256 products of one sector
//
// Adding a zero never changes a sum that starts at +0, so backends may skip cells that are zero.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/portable.hpp"

namespace potentia {

inline constexpr int sum_lanes = 8;
inline constexpr int segment_products = 256;

PT_HD double lane_total(const double* lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// A run of products of one sector: the unit of work that threads, progress and partial sums share.
struct Segment {
  std::int32_t sector, first, last;  ///< products [first, last)
};

/// @param sector_begin [sectors + 1]
inline std::vector<Segment> make_segments(const std::int32_t* sector_begin, std::int32_t sectors) {
  std::vector<Segment> segments;
  for (std::int32_t s = 0; s < sectors; ++s)
    for (std::int32_t first = sector_begin[s]; first < sector_begin[s + 1]; first += segment_products) {
      const std::int32_t last = sector_begin[s + 1] - first < segment_products ? sector_begin[s + 1]
                                                                              : first + segment_products;
      segments.push_back({s, first, last});
    }
  return segments;
}

}  // namespace potentia
