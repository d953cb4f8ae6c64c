// Entries of a report's tables that may have nothing to say.
#pragma once

#include <cmath>

#include "host/drilldown/report.hpp"

namespace potentia::drilldown {

/// Nothing where the number is not one.
inline Value known(double value) { return std::isfinite(value) ? Value(value) : Value(); }

/// part / whole as a plain share; nothing where there is no whole.
inline Value share_of(double part, double whole) { return whole > 0.0 ? known(part / whole) : Value(); }

}  // namespace potentia::drilldown
