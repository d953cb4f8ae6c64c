// From values to places along an axis, and the values that the axis names.
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/forms/figures/numbers.hpp"

namespace potentia::drilldown::figures {

struct Tick {
  double value;
  std::string text;  ///< empty for a line without a number
};

struct Scale {
  double low = 0, high = 1;
  bool by_powers = false;  ///< of ten: `low` is above nothing
  std::vector<Tick> ticks;

  /// 0 at `low`, 1 at `high`, linear (or linear in the logarithm) between them and beyond. @pre value > 0 on powers of ten
  double at(double value) const;
};

/// A scale with steps of 1, 2 or 5 times a power of ten in the unit shown, whose ends are ticks.
/// @param low, high   the values to be shown, low <= high
/// @param from_nothing whether zero belongs to it
/// @param most        ticks at most; three are always allowed, as nothing between two values of unlike signs takes
Scale linear_scale(double low, double high, bool from_nothing, int most, const Unit& unit);

/// The same, ending at exactly 100 %: for parts of a whole.
Scale whole_scale(const Unit& unit);

/// A scale of powers of ten from `low` to a bit above `high`; powers are ticks, and twice and five times those where there
/// are fewer than two. @pre 0 < low <= high
Scale power_scale(double low, double high, const Unit& unit);

}  // namespace potentia::drilldown::figures
