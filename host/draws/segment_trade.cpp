#include "host/draws/segment_trade.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace potentia {
namespace {

const TradeYear& year_of(const World& world, std::int32_t year) {
  return *std::find_if(world.trade.begin(), world.trade.end(),
                       [&](const TradeYear& trade) { return trade.year == year; });
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
  by_year_.resize(years_);
  std::map<std::vector<char>, std::uint32_t> patterns;
  std::vector<char> has(years_);
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
      for (std::size_t year = 0; year < years_; ++year) {
        Cursor& cursor = cursors[year];
        has[year] = cursor.key() == next;
        by_year_[year].push_back(has[year] ? cursor.trade->value[cursor.at] : 0.0);
        if (has[year]) ++cursor.at;
      }
      const auto [known, is_new] = patterns.emplace(has, static_cast<std::uint32_t>(patterns.size()));
      if (is_new) patterns_.push_back(has);
      pattern_.push_back(known->second);
    }
    begin_.push_back(exporter_.size());
  }
}

void SegmentTrade::values(const std::vector<double>& weights, double* out) const {
  double all = 0.0;
  for (const double weight : weights) all += weight;
  std::vector<double> under(patterns_.size(), all);
  if (skip_missing_)
    for (std::size_t pattern = 0; pattern < patterns_.size(); ++pattern) {
      under[pattern] = 0.0;
      for (std::size_t year = 0; year < years_; ++year)
        if (patterns_[pattern][year]) under[pattern] += weights[year];
    }
  // A year without a record adds a zero, which changes nothing.
  const std::size_t flows = exporter_.size();
  std::fill_n(out, flows, 0.0);
  for (std::size_t year = 0; year < years_; ++year) {
    const double weight = weights[year];
    const double* const of_year = by_year_[year].data();
    for (std::size_t flow = 0; flow < flows; ++flow) out[flow] += weight * of_year[flow];
  }
  for (std::size_t flow = 0; flow < flows; ++flow) out[flow] /= under[pattern_[flow]];
}

}  // namespace potentia
