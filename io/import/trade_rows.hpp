// Rows of a trade file in BACI's layout: t,i,j,k,v,q. This is the hot reader of the importer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/codes.hpp"
#include "io/import/lenient.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// Where a file has its columns, and how they are separated.
struct TradeLayout {
  char separator = ',';
  int columns = 0;
  int year = -1, exporter = -1, market = -1, product = -1, value = -1;
  std::int32_t year_of_file = 0;  ///< of all rows, where there is no column of years
  int exponent = 3;               ///< USD = cell × 10^exponent
  bool has_plain_values = false;  ///< values were numbers already: a comma in one is no decimal mark
  bool standard = false;  ///< t,i,j,k,v in this order, then at most q
};

/// @param line the first line of a file, with or without its end
/// @param name the file, for complaints
/// @throws Error(input) unless the line has i, j, k (hs6) and v, and either t or, in the file's name, a year. Case, blanks,
///         quotes and order do not matter; columns beyond these are passed over.
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
  exporter_is_world,
  market_is_world,
  same_country,
  product_letters,  ///< 9999AA: dropped and counted always
  product_code,
  product,
  value_text,
  value_comma,    ///< a comma in the value: the file must be read as a table that tells what it means
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
/// The kind of `--lenient` that drops rows of this fault.
LenientKind lenient_kind(RowFault fault);
FaultWords describe_fault(RowFault fault, std::string_view row, const TradeLayout& layout);

/// The codes that rows may use.
struct TradeCodes {
  const std::int16_t* country = nullptr;  ///< [country_size] index of the code's holder or -1 (see CountryTable)
  std::int32_t country_size = 0;
  const std::uint16_t* product = nullptr; ///< [1,000,000] product index or ProductTable::none
  const std::uint16_t* country_of = nullptr;  ///< [holders] country index; null = every holder is a country
  std::uint16_t countries = 0xffff;           ///< holders from here on are further codes of a country
  const std::vector<Country>* names = nullptr;  ///< for files that name countries by ISO3; may be null
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
    double value = 0.0;       ///< USD, as far as it can be read
    bool is_no_loss = false;  ///< of rows that repeat what others say, or that no nomenclature has
  };
  std::map<std::string, Drop> drops;
};

/// Reads whole lines. The last one ends with a line end too.
/// @param lenient kinds of rows that are dropped and counted, instead of stopping at the first
TradeBlock parse_trade_block(std::string_view text, const TradeLayout& layout, const TradeCodes& codes,
                             LenientKinds lenient);

/// The year in a file's name ("baci_2014.csv", "BACI_HS92_Y1995.csv"): four digits that stand alone, from 1960 on; 0 = none.
std::int32_t year_in_name(const std::string& name);

/// Value of a row in USD, whatever else is wrong with it; 0 where it cannot be read.
double value_of_row(std::string_view row, const TradeLayout& layout);

}  // namespace potentia
