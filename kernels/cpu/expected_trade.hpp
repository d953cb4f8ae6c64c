// The denominators of ease of trade: what each pair would trade if nothing but supply and demand mattered.
#pragma once

#include <omp.h>

#include "kernels/tables.hpp"

namespace potentia {

inline int worker_index() { return omp_get_thread_num(); }

/// `trade_share`: expected[i][j] += Σ over the segment's products of (x_ik / x_k) m_jk.
/// @param world_exports [product] x_k
/// @param expected [exporter][market], rows of `stride`
void add_expected_trade(const TableView& view, const double* world_exports, const Segment& segment, double* expected);

/// `calibrated`: expected[i][j] += Σ over the segment's products of S⁰ D⁰ A⁰ F.
/// @param markets the markets that have tariffs
void add_uncalibrated_potential(const TableView& view, const std::int32_t* markets, std::size_t market_count,
                                const Segment& segment, double* expected);

}  // namespace potentia
