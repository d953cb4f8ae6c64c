// Whether the outlook of a result fits itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia::result {

struct OutlookCheck {
  std::vector<double> expected_of_pairs, starts_of_pairs;  ///< [exporter, market]
  std::vector<std::uint64_t> offsets;                      ///< [exporters + 1]
  std::vector<std::int32_t> market;                        ///< [cells]
  std::vector<double> actual, chance, expected, low, high; ///< [cells]

  /// That a chance is a share; that cells with trade, and they alone, have an interval, with what is expected in it; that no pair's listed cells come to more than all its cells.
  /// @return what is not so, empty where all is
  std::string what_is_wrong() const;
};

}  // namespace potentia::result
