// All cells of a run of segments, summed to the four margins, on the processor's cores.
#pragma once

#include "kernels/backend.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// @param rows empty lists mean all countries
PartialSums begin_sums(const Problem& problem, const TableView& view, const Rows& rows, const AskedSums& asked = {});

/// As Backend::evaluate_segments.
std::int32_t evaluate_segments(const Problem& problem, const Tables& tables, std::int32_t first, std::int32_t last,
                               PartialSums& sums, const SegmentSink& committed, int threads, const ProgressSink& progress);

/// The countries of a list, or all of them.
std::vector<std::int32_t> listed_or_all(const std::vector<std::int32_t>& listed, std::int32_t countries);

}  // namespace potentia
