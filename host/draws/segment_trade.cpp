#include "host/draws/segment_trade.hpp"

#include <algorithm>
#include <limits>

namespace potentia {
namespace {

constexpr double no_record = -1.0;

const TradeYear& year_of(const World& world, std::int32_t year) {
  return *std::find_if(world.trade.begin(), world.trade.end(), [&](const TradeYear& trade) { return trade.year == year; });
}

}  // namespace

SegmentTrade::SegmentTrade(const World& world, const BuiltProblem& built, std::int32_t first, std::int32_t last)
    : years_(built.settings.world.base_years.size()), skip_missing_(built.settings.method.missing_years == "skip") {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  struct Cursor {
    const TradeYear* trade;
    std::uint64_t at, end;
    std::uint32_t key() const {
      return at < end ? static_cast<std::uint32_t>(trade->exporter[at]) << 16 | trade->market[at] : none;
    }
  };
  begin_.push_back(0);
  for (std::int32_t k = first; k < last; ++k) {
    const std::size_t product = built.products[built.problem->product_column[k]];
    std::vector<Cursor> cursors;
    for (const std::int32_t year : built.settings.world.base_years) {
      const TradeYear& trade = year_of(world, year);
      cursors.push_back({&trade, trade.product_offset[product], trade.product_offset[product + 1]});
    }
    for (;;) {
      std::uint32_t next = none;
      for (const Cursor& cursor : cursors) next = std::min(next, cursor.key());
      if (next == none) break;
      exporter_.push_back(static_cast<std::uint16_t>(next >> 16));
      market_.push_back(static_cast<std::uint16_t>(next & 0xFFFF));
      for (Cursor& cursor : cursors) {
        const bool has = cursor.key() == next;
        by_year_.push_back(has ? cursor.trade->value[cursor.at] : no_record);
        if (has) ++cursor.at;
      }
    }
    begin_.push_back(exporter_.size());
  }
}

void SegmentTrade::values(const std::vector<double>& weights, double* out) const {
  double all = 0.0;
  for (const double weight : weights) all += weight;
  for (std::size_t flow = 0; flow < exporter_.size(); ++flow) {
    const double* of_year = by_year_.data() + flow * years_;
    double sum = 0.0, known = 0.0;
    for (std::size_t year = 0; year < years_; ++year) {
      if (of_year[year] < 0.0) continue;
      sum += weights[year] * of_year[year];
      known += weights[year];
    }
    out[flow] = sum / (skip_missing_ ? known : all);
  }
}

}  // namespace potentia
