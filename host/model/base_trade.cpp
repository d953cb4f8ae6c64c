#include "host/model/base_trade.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

const TradeYear* find_year(const World& world, std::int32_t year) {
  for (const TradeYear& trade : world.trade)
    if (trade.year == year) return &trade;
  return nullptr;
}

std::string years_of(const World& world) {
  std::string text;
  for (const TradeYear& trade : world.trade) text += (text.empty() ? "" : ", ") + std::to_string(trade.year);
  return text.empty() ? "none" : text;
}

/// One weight a base year.
std::vector<double> resolve_weights(const Settings& settings, std::size_t years) {
  const std::vector<double>& given = settings.method.weights;
  if (given.empty()) return std::vector<double>(years, 1.0);
  if (given.size() != years)
    throw input_error(std::to_string(given.size()) + " weights for " + std::to_string(years) + " base years",
                      "method.weights", "give one weight per base year, or none for equal weights");
  double sum = 0.0;
  for (const double weight : given) {
    if (!(weight >= 0.0) || !std::isfinite(weight))
      throw input_error("a weight is negative or not a number", "method.weights", "give weights of 0 or more");
    sum += weight;
  }
  if (!(sum > 0.0)) throw input_error("all weights are 0", "method.weights", "give at least one base year a weight");
  return given;
}

/// One year's flows of a product, as a merge walks along them.
struct Cursor {
  const std::uint16_t* exporter;
  const std::uint16_t* market;
  const double* value;
  std::uint64_t at, end;
  double weight;

  std::uint32_t key() const {
    return at < end ? static_cast<std::uint32_t>(exporter[at]) << 16 | market[at]
                    : std::numeric_limits<std::uint32_t>::max();  // no pair: exporter and market would be equal
  }
};

/// Merges one product's years; the sum over years runs in ascending order of years. @return flows written
std::uint64_t merge_product(std::vector<Cursor>& cursors, double all_weights, bool skip_missing, std::uint16_t* exporter,
                            std::uint16_t* market, double* value) {
  std::uint64_t written = 0;
  for (;;) {
    std::uint32_t next = std::numeric_limits<std::uint32_t>::max();
    for (const Cursor& cursor : cursors) next = std::min(next, cursor.key());
    if (next == std::numeric_limits<std::uint32_t>::max()) return written;
    double sum = 0.0, weights = 0.0;
    for (Cursor& cursor : cursors)
      if (cursor.key() == next) {
        sum += cursor.weight * cursor.value[cursor.at];
        weights += cursor.weight;
        ++cursor.at;
      }
    exporter[written] = static_cast<std::uint16_t>(next >> 16);
    market[written] = static_cast<std::uint16_t>(next & 0xFFFF);
    value[written] = sum / (skip_missing ? weights : all_weights);
    ++written;
  }
}

}  // namespace

std::vector<std::int32_t> resolve_base_years(const World& world, const Settings& settings) {
  const bool own = !settings.world.base_years.empty();
  std::vector<std::int32_t> years = own ? settings.world.base_years : world.base_years;
  const std::string where = own ? "world.base_years" : "base_years of the world file";
  if (years.empty()) throw input_error("there is no base year", where, "name at least one year with trade");
  if (!std::is_sorted(years.begin(), years.end()) || std::adjacent_find(years.begin(), years.end()) != years.end())
    throw input_error("base years must ascend, each once", where, "sort them and remove repetitions");
  for (const std::int32_t year : years) {
    const TradeYear* trade = find_year(world, year);
    if (trade == nullptr || (trade->value.empty() && !world.is_share))
      throw input_error("base year " + std::to_string(year) + " has no trade record", where,
                        "choose from the years with trade: " + years_of(world));
  }
  return years;
}

BaseTrade make_base_trade(const World& world, const Settings& settings, const std::vector<std::int32_t>& base_years,
                          int threads) {
  const std::vector<double> weights = resolve_weights(settings, base_years.size());
  const std::size_t products = world.product_count();
  BaseTrade base;
  base.product_begin.resize(products);
  base.product_end.resize(products);

  std::vector<const TradeYear*> years;
  std::vector<double> year_weights;
  double all_weights = 0.0;
  for (std::size_t at = 0; at < base_years.size(); ++at) {
    all_weights += weights[at];
    if (weights[at] == 0.0) continue;  // says nothing about any flow, not even that it was zero
    years.push_back(find_year(world, base_years[at]));
    year_weights.push_back(weights[at]);
  }

  if (years.size() == 1) {
    const TradeYear& only = *years[0];
    for (std::size_t product = 0; product < products; ++product) {
      base.product_begin[product] = only.product_offset[product];
      base.product_end[product] = only.product_offset[product + 1];
    }
    base.exporter = only.exporter.data();
    base.market = only.market.data();
    base.value = only.value.data();
    base.extent = only.value.size();
    return base;
  }

  // Room for the case that no two years share a flow; memory that stays unused is never touched.
  for (const TradeYear* year : years) base.extent += year->value.size();
  base.own_exporter = Buffer<std::uint16_t>::with_gaps(base.extent);
  base.own_market = Buffer<std::uint16_t>::with_gaps(base.extent);
  base.own_value = Buffer<double>::with_gaps(base.extent);
  std::uint16_t* exporter = base.own_exporter.data();
  std::uint16_t* market = base.own_market.data();
  double* value = base.own_value.data();
  const bool skip_missing = settings.method.missing_years == "skip";
#pragma omp parallel num_threads(threads)
  {
    std::vector<Cursor> cursors;
#pragma omp for schedule(dynamic, 16)
    for (std::int64_t product = 0; product < static_cast<std::int64_t>(products); ++product) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      std::uint64_t begin = 0;
      cursors.clear();
      for (std::size_t at = 0; at < years.size(); ++at) {
        const TradeYear& year = *years[at];
        begin += year.product_offset[product];
        cursors.push_back({year.exporter.data(), year.market.data(), year.value.data(), year.product_offset[product],
                           year.product_offset[product + 1], year_weights[at]});
      }
      base.product_begin[product] = begin;
      base.product_end[product] =
          begin + merge_product(cursors, all_weights, skip_missing, exporter + begin, market + begin, value + begin);
    }
  }
  check_interrupted();
  base.exporter = exporter;
  base.market = market;
  base.value = value;
  return base;
}

}  // namespace potentia
