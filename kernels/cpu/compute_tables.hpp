// All factor tables of a problem, on the processor's cores.
#pragma once

#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// @param threads worker threads, >= 1
/// @throws Error(resources), Error(interrupted)
Tables compute_tables(const Problem& problem, int threads);

}  // namespace potentia
