// What many draws of one figure say: mean, standard deviation, quantiles.
#pragma once

#include <array>
#include <vector>

#include "io/result/draws_result.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

struct DrawStatistics {
  double mean = 0.0;
  double sd = 0.0;  ///< of the sample, n − 1; 0 of one draw
  std::array<double, draw_probabilities.size()> quantile{};
};

/// Quantiles by linear interpolation of order statistics (type 7 of Hyndman & Fan 1996), exactly. Sums run in the order
/// of the draws.
/// @param draws not empty, of numbers; is put in another order
DrawStatistics statistics_of(std::vector<double>& draws);

/// The same of eight figures at a time, to the same bits. Working memory for one thread.
class OrderStatistics {
public:
  explicit OrderStatistics(std::size_t draws);

  /// @param rows [draws][8]
  void take(const double* rows);
  void take_difference(const double* rows, const double* less);
  /// Of what was taken last. @param found [8]
  void statistics(DrawStatistics* found);

private:
  std::size_t draws_;
  Buffer<double> rows_;
  std::vector<double> one_;
};

}  // namespace potentia
