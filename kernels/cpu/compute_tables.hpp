// All factor tables of a problem, on the processor's cores.
#pragma once

#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// @param threads worker threads, >= 1
/// @param sum_pieces as Backend::load
/// @throws Error(resources), Error(interrupted)
Tables compute_tables(const Problem& problem, int threads, const SumPieces& sum_pieces = {});

}  // namespace potentia
