// Many numbers in order, eight series at a time: sorting without branches, so that eight cost what one would.
#pragma once

#include <cstddef>

namespace potentia {

/// How many rows sort_lanes() needs room for: the next power of two, 16 at least.
std::size_t lane_rows(std::size_t count);

/// Sorts each of eight series in ascending order.
/// @param rows [lane_rows(count)][8] finite numbers; what lies behind `count` is overwritten
void sort_lanes(double* rows, std::size_t count);

struct LaneMoments {
  double mean[8], squares[8];  ///< Σ x / n and Σ (x − mean)², added one after the other
  bool constant;               ///< each series is one number all along
};

/// @param rows [count][8], count > 0
LaneMoments lane_moments(const double* rows, std::size_t count);

}  // namespace potentia
