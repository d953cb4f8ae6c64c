// Blocks of trade rows at the speed of memory: rows as BACI writes them take the short way below, all others the
// careful one of trade_rows.cpp, so that this file knows no faults. See trade_rows.hpp.
#include <algorithm>
#include <cstring>

#include "io/import/trade_rows.hpp"

namespace potentia {
namespace {

constexpr double power_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

inline bool is_digit(char c) { return static_cast<unsigned char>(c - '0') <= 9; }

/// Digits up to the separator, which is skipped; at most nine of them. Moves `at` on; 0 digits = not the short way.
inline std::uint32_t digits(const char*& at, char separator, std::uint32_t& count) {
  const char* p = at;
  std::uint32_t number = 0;
  while (is_digit(*p)) number = number * 10 + static_cast<std::uint32_t>(*p++ - '0');
  count = static_cast<std::uint32_t>(p - at);
  if (*p != separator || count > 9) count = 0;
  at = p + 1;
  return number;
}

struct Numbers {
  std::uint32_t year, exporter, market, product;
  double value;
};

/// The short way: t,i,j,k,v[,q] without quotes or spaces. False: take the careful way instead.
/// `at` is the row's begin and, if true comes back, the next row's. The text ends with a line end.
inline bool parse_short(const char*& at, char separator, bool has_quantity, Numbers& out) {
  const char* p = at;
  std::uint32_t count = 0;
  out.year = digits(p, separator, count);
  if (count != 4) return false;
  out.exporter = digits(p, separator, count);
  if (count == 0) return false;
  out.market = digits(p, separator, count);
  if (count == 0) return false;
  out.product = digits(p, separator, count);
  if (count != 5 && count != 6) return false;

  // Up to fifteen digits are exact in double precision, and so are powers of ten up to 22: one operation, one rounding.
  const char* begin = p;
  std::uint64_t mantissa = 0;
  while (is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
  std::ptrdiff_t length = p - begin;
  std::ptrdiff_t decimals = 0;
  if (*p == '.') {
    const char* point = ++p;
    while (is_digit(*p)) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
    decimals = p - point;
    length += decimals;
  }
  if (length == 0 || length > 15) return false;
  const double whole = static_cast<double>(mantissa);
  out.value = decimals <= 3 ? whole * power_of_ten[3 - decimals] : whole / power_of_ten[decimals - 3];

  if (has_quantity) {
    if (*p != separator) return false;
    ++p;
    while (*p != '\n') {
      if (*p == separator || *p == '"') return false;
      ++p;
    }
  } else {
    if (*p == '\r') ++p;
    if (*p != '\n') return false;
  }
  at = p + 1;
  return true;
}

/// Room for the rows of a block, kept by a thread from one block to the next.
struct Scratch {
  std::vector<std::uint16_t> product;
  std::vector<double> value;
};

class BlockReader {
public:
  BlockReader(const TradeLayout& layout, const TradeCodes& codes, LenientKinds lenient, Scratch& scratch)
      : layout_(layout), codes_(codes), lenient_(lenient), scratch_(scratch) {}

  TradeBlock read(std::string_view text) {
    // A row that is kept takes at least "2024,4,8,10121,1" and its line end, without the year where the file's name has it.
    const std::size_t room = text.size() / (layout_.year < 0 ? 12 : 17) + 1;
    if (scratch_.product.size() < room) {
      scratch_.product.resize(room);
      scratch_.value.resize(room);
    }
    const char* at = text.data();
    const char* end = at + text.size();
    const bool has_quantity = layout_.columns == 6;
    Numbers numbers;
    while (at != end) {
      const char* begin = at;
      if (!layout_.standard || !parse_short(at, layout_.separator, has_quantity, numbers) || !take(numbers)) {
        at = static_cast<const char*>(std::memchr(begin, '\n', static_cast<std::size_t>(end - begin))) + 1;
        if (!take(std::string_view(begin, static_cast<std::size_t>(at - 1 - begin)))) break;
      }
      ++block_.lines;
    }
    block_.rows = rows_;
    block_.product = Buffer<std::uint16_t>(rows_);
    block_.value = Buffer<double>(rows_);
    std::copy_n(scratch_.product.data(), rows_, block_.product.data());
    std::copy_n(scratch_.value.data(), rows_, block_.value.data());
    block_.runs.shrink_to_fit();
    return std::move(block_);
  }

private:
  std::int16_t country(std::uint32_t code) const {
    return code < static_cast<std::uint32_t>(codes_.country_size) ? codes_.country[code] : std::int16_t{-1};
  }

  // False: something about the row is wrong or unusual.
  bool take(const Numbers& numbers) {
    if (numbers.exporter != exporter_code_ || numbers.market != market_code_ || numbers.year != year_) {
      const std::int16_t exporter = country(numbers.exporter), market = country(numbers.market);
      if (exporter < 0 || market < 0 || exporter == market || numbers.year < 1000) return false;
      if (exporter >= codes_.countries || market >= codes_.countries) return false;  // may be of one country
      exporter_code_ = numbers.exporter;
      market_code_ = numbers.market;
      year_ = numbers.year;
      block_.runs.push_back({static_cast<std::int32_t>(numbers.year), static_cast<std::uint16_t>(exporter),
                             static_cast<std::uint16_t>(market), rows_});
    }
    const std::uint16_t product = codes_.product[numbers.product];
    scratch_.product[rows_] = product;
    scratch_.value[rows_] = numbers.value;
    if (product == ProductTable::none) return drop_run();
    ++rows_;
    return true;
  }

  // A run that was just begun by a row that is then refused must not stay: the next row may begin another.
  bool drop_run() {
    if (!block_.runs.empty() && block_.runs.back().begin == rows_) {
      block_.runs.pop_back();
      exporter_code_ = no_code;
    }
    return false;
  }

  // The careful way. False: stop here.
  bool take(std::string_view row) {
    TradeRow parsed;
    const RowFault fault = parse_trade_row(row, layout_, codes_, parsed);
    if (fault == RowFault::blank) return true;
    if (fault == RowFault::none) {
      exporter_code_ = no_code;  // the next short row begins a run of its own
      const TradeRun run{parsed.year, parsed.exporter, parsed.market, rows_};
      const TradeRun* last = block_.runs.empty() ? nullptr : &block_.runs.back();
      if (last == nullptr || last->year != run.year || last->exporter != run.exporter || last->market != run.market) {
        block_.runs.push_back(run);
      }
      scratch_.product[rows_] = parsed.product;
      scratch_.value[rows_] = parsed.value;
      ++rows_;
      return true;
    }
    const bool is_dropped = fault == RowFault::product_letters ||
                            (fault != RowFault::value_comma && lenient_.has(lenient_kind(fault)));
    if (!is_dropped) {
      block_.fault = fault;
      block_.fault_line = block_.lines;
      block_.fault_row = std::string(row);
      return false;
    }
    const FaultWords words = describe_fault(fault, row, layout_);
    TradeBlock::Drop& drop = block_.drops[words.rule];
    drop.detail = words.detail;
    ++drop.whose[words.whose];
    drop.value += value_of_row(row, layout_);
    drop.is_no_loss = fault == RowFault::product_letters || lenient_kind(fault) == LenientKind::world_total;
    return true;
  }

  static constexpr std::uint32_t no_code = 0xffffffff;

  const TradeLayout& layout_;
  const TradeCodes& codes_;
  const LenientKinds lenient_;
  Scratch& scratch_;
  TradeBlock block_;
  std::uint32_t rows_ = 0;
  std::uint32_t exporter_code_ = no_code, market_code_ = no_code, year_ = no_code;
};

}  // namespace

TradeBlock parse_trade_block(std::string_view text, const TradeLayout& layout, const TradeCodes& codes,
                             LenientKinds lenient) {
  static thread_local Scratch scratch;
  return BlockReader(layout, codes, lenient, scratch).read(text);
}

}  // namespace potentia
