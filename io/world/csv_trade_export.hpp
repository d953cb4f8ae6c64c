// The trade of one year in BACI's layout, as fast as the disk takes it.
#pragma once

#include <string>

#include "io/world/world.hpp"

namespace potentia {

/// Writes t,i,j,k,v,q in order of exporter, market and product. Countries go by their number in the world, counted
/// from 1; products as numbers, so that leading zeros are lost as in BACI; values in thousand USD; quantities as NA.
/// @return seconds spent waiting for the disk
/// @throws Error(resources) for a full disk, Error(interrupted)
double export_trade_year(const World& world, const TradeYear& trade, const std::string& path);

}  // namespace potentia
