// Effective tariffs of a year: which rates an exporter faces in a market (METHOD.md, "Tariffs in a year y").
#pragma once

#include <cstdint>
#include <vector>

#include "io/world.hpp"

namespace potentia {

/// One row of rates per (schedule, set of regimes that some exporter may use); a few hundred rows, not countries².
struct TariffRows {
  std::vector<double> rate;                ///< [rows, products] of the chosen products
  std::int32_t rows = 0;
  std::vector<std::int16_t> now, horizon;  ///< [exporter, market], -1 = no tariff known
};

/// @param products the chosen products, as indices into the world's
/// @param notices receives what counts as 0 for want of a line
TariffRows make_tariff_rows(const World& world, const std::vector<std::int32_t>& products, std::int32_t base_year,
                            std::int32_t horizon_year, std::vector<Notice>& notices);

}  // namespace potentia
