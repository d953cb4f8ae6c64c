// What many draws of one figure say: mean, standard deviation, quantiles.
#pragma once

#include <array>
#include <vector>

#include "io/result/draws_result.hpp"

namespace potentia {

struct DrawStatistics {
  double mean = 0.0;
  double sd = 0.0;  ///< of the sample, n − 1; 0 of one draw
  std::array<double, draw_probabilities.size()> quantile{};
};

/// Quantiles by linear interpolation of order statistics (type 7 of Hyndman & Fan 1996), exactly. Sums run in the order of
/// the draws.
/// @param draws not empty, of numbers; is put in another order
DrawStatistics statistics_of(std::vector<double>& draws);

}  // namespace potentia
