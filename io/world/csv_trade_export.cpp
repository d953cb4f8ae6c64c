// See csv_trade_export.hpp: flows are put in the order of countries, formatted in chunks on all cores, written in turn.
#include "io/world/csv_trade_export.hpp"

#include <omp.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "io/in_order.hpp"
#include "io/output_file.hpp"

namespace potentia {
namespace {

/// Flows ordered by (exporter, market, product): those of pair p are [offset[p], offset[p + 1]).
struct PairOrder {
  std::vector<std::uint64_t> offset;  ///< [exporter * countries + market, + 1]
  Buffer<std::uint32_t> product;      ///< [flows] product index
  Buffer<double> value;               ///< [flows] USD
};

PairOrder order_by_pair(const World& world, const TradeYear& trade) {
  const std::uint64_t countries = world.country_count();
  const std::uint64_t flows = trade.value.size();
  PairOrder order;
  order.offset.assign(countries * countries + 1, 0);
  order.product = Buffer<std::uint32_t>(flows);
  order.value = Buffer<double>(flows);
  for (std::uint64_t n = 0; n < flows; ++n) ++order.offset[trade.exporter[n] * countries + trade.market[n] + 1];
  for (std::size_t p = 1; p < order.offset.size(); ++p) order.offset[p] += order.offset[p - 1];

  // Every thread takes the exporters whose turn it is, so that no two write to one pair.
  std::vector<std::uint64_t> next(order.offset.begin(), order.offset.end() - 1);
  std::uint64_t* next_of = next.data();
  std::uint32_t* product = order.product.data();
  double* value = order.value.data();
  const std::uint16_t* exporter = trade.exporter.data();
  const std::uint16_t* market = trade.market.data();
  const double* flow_value = trade.value.data();
  const std::uint64_t* product_offset = trade.product_offset.data();
  const std::size_t products = world.product_count();
#pragma omp parallel
  {
    const auto threads = static_cast<unsigned>(omp_get_num_threads());
    const auto mine = static_cast<unsigned>(omp_get_thread_num());
    for (std::size_t k = 0; k < products; ++k) {
      for (std::uint64_t n = product_offset[k]; n < product_offset[k + 1]; ++n) {
        if (exporter[n] % threads != mine) continue;
        const std::uint64_t at = next_of[exporter[n] * countries + market[n]]++;
        product[at] = static_cast<std::uint32_t>(k);
        value[at] = flow_value[n];
      }
    }
  }
  return order;
}

/// Thousand USD, so that a thousand times the decimal number is `usd` exactly.
char* format_thousands(char* at, double usd) {
  if (usd < 9.0e15 && usd == std::floor(usd)) {
    const auto dollars = static_cast<std::uint64_t>(usd);
    at = std::to_chars(at, at + 24, dollars / 1000).ptr;
    const auto rest = static_cast<unsigned>(dollars % 1000);
    *at++ = '.';
    *at++ = static_cast<char>('0' + rest / 100);
    *at++ = static_cast<char>('0' + rest / 10 % 10);
    *at++ = static_cast<char>('0' + rest % 10);
    return at;
  }
  // The shortest number that reads back as `usd`, with three taken off its exponent.
  char text[40];
  const char* end = std::to_chars(text, text + sizeof text, usd, std::chars_format::scientific).ptr;
  const char* mark = std::find(static_cast<const char*>(text), end, 'e');
  int exponent = 0;
  std::from_chars(mark[1] == '+' ? mark + 2 : mark + 1, end, exponent);
  at = std::copy(static_cast<const char*>(text), mark + 1, at);
  return std::to_chars(at, at + 8, exponent - 3).ptr;
}

class TradeWriter {
public:
  TradeWriter(const World& world, const TradeYear& trade, const std::string& path)
      : order_(order_by_pair(world, trade)), countries_(world.country_count()), output_(path, trade.value.size() * 20) {
    year_ = std::to_string(trade.year) + ",";
    for (const Product& product : world.products) {
      std::string code = product.code;  // with the separators around it
      if (code[0] == '0') code.erase(0, 1);
      products_.push_back("," + code + ",");
    }
    cut();
  }

  double run() {
    constexpr std::size_t longest_row = 96;
    const std::string header = "t,i,j,k,v,q\n";
    output_.write(header.data(), header.size());
    in_order<TextPiece>(
        static_cast<std::int64_t>(cuts_.size()) - 1, omp_get_max_threads(),
        [&](std::int64_t c, TextPiece& piece) {
          piece.end(format(piece.begin(most_rows_ * longest_row), cuts_[c], cuts_[c + 1]));
        },
        [&](std::int64_t c, const TextPiece& piece) {
          output_.write(piece.room.data(), piece.size);
          if (c % 32 == 0) output_.start_write_back();
        });
    return output_.commit();
  }

private:
  /// Cuts the pairs into runs of at most some thousand rows or one pair.
  void cut() {
    constexpr std::uint64_t rows_per_chunk = 40000;
    const std::size_t pairs = order_.offset.size() - 1;
    cuts_.push_back(0);
    for (std::size_t p = 0; p < pairs; ++p) {
      if (order_.offset[p + 1] - order_.offset[cuts_.back()] > rows_per_chunk && cuts_.back() != p) cuts_.push_back(p);
    }
    cuts_.push_back(pairs);
    for (std::size_t c = 0; c + 1 < cuts_.size(); ++c) {
      most_rows_ = std::max(most_rows_, order_.offset[cuts_[c + 1]] - order_.offset[cuts_[c]]);
    }
  }

  char* format(char* at, std::size_t first_pair, std::size_t last_pair) const {
    const std::uint32_t* product = order_.product.data();
    const double* value = order_.value.data();
    for (std::size_t p = first_pair; p < last_pair; ++p) {
      if (order_.offset[p] == order_.offset[p + 1]) continue;
      // The beginning that all rows of the pair share.
      const std::string start = year_ + std::to_string(p / countries_ + 1) + "," + std::to_string(p % countries_ + 1);
      for (std::uint64_t n = order_.offset[p]; n < order_.offset[p + 1]; ++n) {
        at = std::copy(start.begin(), start.end(), at);
        const std::string& code = products_[product[n]];
        at = std::copy(code.begin(), code.end(), at);
        at = format_thousands(at, value[n]);
        at = std::copy_n(",NA\n", 4, at);
      }
    }
    return at;
  }

  PairOrder order_;
  std::size_t countries_;
  OutputFile output_;
  std::string year_;
  std::vector<std::string> products_;
  std::vector<std::size_t> cuts_;
  std::uint64_t most_rows_ = 0;
};

}  // namespace

double export_trade_year(const World& world, const TradeYear& trade, const std::string& path) {
  return TradeWriter(world, trade, path).run();
}

}  // namespace potentia
