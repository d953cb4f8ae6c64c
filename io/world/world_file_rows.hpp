// Checks of the long tables of a world: flows and tariff lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Flows of one year: sizes, offsets, indices in range, exporter never the market, values finite and not negative, each
/// (product, exporter, market) at most once and in order. Countries and products are already known to be sound.
/// @throws Error(input) naming the first flow at fault
void check_trade(const World& world, const TradeYear& trade, const std::string& file);

/// Offsets of products of a year of so many flows. @throws Error(input)
void check_offsets(const World& world, const TradeYear& trade, std::uint64_t flows, const std::string& where);

/// Lines in order of (schedule, regime, product), rates not negative, members in range.
/// @throws Error(input) naming the first row at fault
void check_tariff_rows(const World& world, const std::string& file);

/// Tables for reports, logistics and the use of preferences: sizes, order, ranges, indices; texts not empty.
/// @throws Error(input) naming the first row at fault
void check_report_rows(const World& world, const std::string& file);

/// Every value is in [lowest, size). @throws Error(input) naming the first that is not
void check_indices(const std::vector<std::int32_t>& values, std::int32_t lowest, std::size_t size,
                   const std::string& where);

}  // namespace potentia
