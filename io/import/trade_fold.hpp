// Two codes of the trade files for one country: their flows become the country's.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "io/import/trade_rows.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// Whether any row is of a holder from `countries` on, a further code of a country.
bool has_further_codes(const std::vector<TradeBlock>& blocks, std::size_t countries);

/// Replaces holders of codes by their countries. Flows of one exporter, market and product that were two codes' are
/// summed, in the order of the codes, so that the order of rows leaves no trace.
/// @param country_of [holders] country index, ascending identity for the countries themselves
/// @return country index → flows that were added to another one, an end of which is that country
std::map<std::uint16_t, std::uint64_t> fold_codes(TradeYear& year, const std::vector<std::uint16_t>& country_of,
                                                  std::size_t countries);

}  // namespace potentia
