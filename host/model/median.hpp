// The rule by which missing ratios and elasticities are filled.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace potentia {

/// Median of the known (not NaN) values, the mean of the middle two of an even number; NaN if none is known.
inline double median_of_known(std::vector<double> values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }), values.end());
  if (values.empty()) return std::nan("");
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

}  // namespace potentia
