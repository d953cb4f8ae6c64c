// Rows of all files, in the order of the world's trade: by year, product, exporter, market.
#pragma once

#include <cstdint>
#include <vector>

#include "io/import/trade_reader.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// A triple that stands in more than one row.
struct TradeKey {
  std::int32_t year;
  std::uint16_t exporter, market, product;

  std::uint64_t packed() const noexcept {
    return static_cast<std::uint64_t>(year) << 48 | static_cast<std::uint64_t>(exporter) << 32 |
           static_cast<std::uint64_t>(market) << 16 | product;
  }
};

struct OrderedTrade {
  std::vector<TradeYear> years;        ///< ascending; product offsets are over all products of the table
  std::vector<TradeKey> duplicates;    ///< keys of more than one row, if `drop_duplicates` is off
  std::uint64_t dropped = 0;           ///< rows dropped as duplicates, if it is on
};

/// Sorts by counting, so the cost is linear in rows; rows that come in runs of one pair of countries, as in BACI's
/// files, are counted once instead of twice. The order of rows in the files leaves no trace in the result.
/// @param drop_duplicates keep only the largest value of each key, whatever the order of rows
OrderedTrade order_trade(const std::vector<TradeBlock>& blocks, std::size_t countries, std::size_t products, int threads,
                         bool drop_duplicates);

/// Error that names the line of the first row that repeats an earlier one, in the order of files and lines.
[[noreturn]] void throw_first_duplicate(const std::vector<TableEntry>& files, const std::vector<char>& as_table, const ColumnMap* map,
                                        const TradeCodes& codes, const std::vector<TradeKey>& duplicates);

}  // namespace potentia
