// Comparing solutions: with the reference to rounding, with each other by bytes.
#pragma once

#include <string>

#include "io/result/solution.hpp"
#include "tests/support/reference.hpp"

namespace potentia::testing {

/// Relative difference allowed between the engine and the reference.
inline constexpr long double rounding = 1e-12L;

/// Compares every factor, every column of every margin and every listed cell of a full solution (all exporters and
/// markets, top = 0, no thresholds) with the reference. Differences count against the size of what was added up:
/// potential now + potential + actual. Returns the first difference, or an empty text.
std::string difference(const Solution& solution, const reference::Answer& answer, long double tolerance = rounding);

/// Compares all tables and lists of two solutions by their bytes.
std::string bit_difference(const Solution& left, const Solution& right);

/// Compares a restricted solution by bytes with its slice of the full one. `listing` says whether the lists of cells
/// are compared too, which takes top = 0 in both.
std::string slice_difference(const Solution& full, const Solution& restricted, bool listing);

/// The name of a value column, as result.h5 has it.
const char* column_name(int column);

}  // namespace potentia::testing
