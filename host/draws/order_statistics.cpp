#include "host/draws/order_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace potentia {

DrawStatistics statistics_of(std::vector<double>& draws) {
  DrawStatistics found;
  const std::size_t count = draws.size();
  double sum = 0.0;
  for (const double draw : draws) sum += draw;
  found.mean = sum / static_cast<double>(count);
  double squares = 0.0;
  for (const double draw : draws) squares += (draw - found.mean) * (draw - found.mean);
  found.sd = count > 1 ? std::sqrt(squares / static_cast<double>(count - 1)) : 0.0;

  // Each quantile lies between two neighbours in order; what is below them has been moved below them before.
  auto from = draws.begin();
  for (std::size_t q = 0; q < draw_probabilities.size(); ++q) {
    const double place = draw_probabilities[q] * static_cast<double>(count - 1);
    const auto whole = static_cast<std::size_t>(place);
    const auto at = draws.begin() + static_cast<std::ptrdiff_t>(whole);
    if (at >= from) {
      std::nth_element(from, at, draws.end());
      from = at;
    }
    const double above = whole + 1 < count ? *std::min_element(at + 1, draws.end()) : *at;
    found.quantile[q] = *at + (place - static_cast<double>(whole)) * (above - *at);
  }
  return found;
}

}  // namespace potentia
