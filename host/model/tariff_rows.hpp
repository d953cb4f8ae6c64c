// Effective tariffs of a year: which rates an exporter faces in a market (METHOD.md, "Tariffs in a year y").
#pragma once

#include <cstdint>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

// A schedule that does not go by the code of one country of the world is a customs union's: the countries that apply it
// pay nothing to each other, but where a regime that the exporter may use lists the product.

/// One row of rates per (schedule, set of regimes that some exporter may use, whether within the schedule's customs
/// union); a few hundred rows, not countries².
struct TariffRows {
  std::vector<double> rate;  ///< [rows, products] of the chosen products
  std::int32_t rows = 0;
  std::vector<std::int32_t> now, horizon;  ///< [exporter, market], -1 = no tariff known
};

/// What stands behind the rows, for reports.
struct TariffDetail {
  /// [schedule][regime] → rate by chosen product, NaN where the regime has no line; empty if it has none at all.
  using Lines = std::vector<std::vector<std::vector<double>>>;
  static constexpr std::int32_t no_line = -1;        ///< no regime lists the product: counts as 0
  static constexpr std::int32_t customs_union = -2;  ///< trade within a customs union

  Lines lines;                                      ///< MFN where it is not listed: the highest rate that is
  std::vector<std::vector<char>> mfn_missing;       ///< [schedule][product] whether the schedule lists no MFN rate
  std::vector<std::int32_t> schedule;               ///< [rows]
  std::vector<char> in_union;                       ///< [rows] exporter and market belong to the schedule's customs union
  std::vector<std::vector<std::int32_t>> eligible;  ///< [rows] regimes that may be used beside MFN, ascending
  std::vector<std::int32_t> granted_by;             ///< [rows, products] regime of the rate, MFN before all others and
                                                    ///< then the first by index where several grant it, or one of the
                                                    ///< two above
};

/// @param products the chosen products, as indices into the world's
/// @param notices receives what stands for an MFN rate that is not listed, and who trades within a customs union
/// @param detail filled if given
TariffRows make_tariff_rows(const World& world, const std::vector<std::int32_t>& products, std::int32_t base_year,
                            std::int32_t horizon_year, std::vector<Notice>& notices, TariffDetail* detail = nullptr);

}  // namespace potentia
