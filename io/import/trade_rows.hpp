// Rows of a trade file in BACI's layout: t,i,j,k,v,q. This is the hot reader of the importer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/codes.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// Where a file has its columns, and how they are separated.
struct TradeLayout {
  char separator = ',';
  int columns = 0;
  int year = -1, exporter = -1, market = -1, product = -1, value = -1;
  bool standard = false;  ///< t,i,j,k,v in this order, then at most q
};

/// @param line the first line of a file, with or without its end
/// @param name the file, for complaints
/// @throws Error(input) unless the line has t, i, j, k, v, perhaps q, and nothing else
TradeLayout read_trade_header(std::string_view line, const std::string& name);

/// Why a row cannot be used.
enum class RowFault : std::uint8_t {
  none,
  blank,  ///< an empty line, which is no fault
  fields,
  quotes,
  year,
  exporter,
  market,
  same_country,
  product_code,
  product,
  value_text,
  value_infinite,
  value_negative,
  count
};

/// A fault as part of an error line: what is wrong with this row, and what to do.
struct FaultWords {
  std::string rule;    ///< short stable name: "trade.unknown_exporter"
  std::string detail;  ///< plain words for the sum of such rows
  std::string what;    ///< plain words for this one row
  std::string remedy;
  std::string whose;   ///< the code concerned, where there is one
};
FaultWords describe_fault(RowFault fault, std::string_view row, const TradeLayout& layout);

/// The codes that rows may use.
struct TradeCodes {
  const std::int16_t* country = nullptr;  ///< [countries] country index or -1
  std::int32_t country_size = 0;
  const std::uint16_t* product = nullptr; ///< [1,000,000] product index or ProductTable::none
};

struct TradeRow {
  std::int32_t year = 0;
  std::uint16_t exporter = 0, market = 0, product = 0;
  double value = 0.0;  ///< USD: a thousand times the cell, correctly rounded
};

/// Reads one row, without its line end, in whatever columns, quoted or not.
RowFault parse_trade_row(std::string_view row, const TradeLayout& layout, const TradeCodes& codes, TradeRow& out);

/// Rows that follow each other with the same year, exporter and market.
struct TradeRun {
  std::int32_t year;
  std::uint16_t exporter, market;
  std::uint32_t begin;  ///< first row within its block; it ends where the next run begins
};

/// Rows of one block of a file.
struct TradeBlock {
  std::vector<TradeRun> runs;
  Buffer<std::uint16_t> product;  ///< [rows]
  Buffer<double> value;           ///< [rows] USD
  std::uint64_t lines = 0;
  std::uint32_t rows = 0;
  // The first row that cannot be used, if the block was read strictly.
  RowFault fault = RowFault::none;
  std::uint64_t fault_line = 0;   ///< within the block, from 0
  std::string fault_row;
  // Those that were dropped otherwise: by rule, then by whose.
  struct Drop {
    std::string detail;
    std::map<std::string, std::uint64_t> whose;
  };
  std::map<std::string, Drop> drops;
};

/// Reads whole lines. The last one ends with a line end too.
/// @param lenient drop and count what cannot be used, instead of stopping at it
TradeBlock parse_trade_block(std::string_view text, const TradeLayout& layout, const TradeCodes& codes, bool lenient);

}  // namespace potentia
