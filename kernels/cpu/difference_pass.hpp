// What sums of differences by rows and by columns share.
#pragma once

#include <cstdint>

#include "kernels/cpu/difference.hpp"
#include "kernels/cpu/vec8.hpp"
#include "kernels/margins.hpp"

namespace potentia {

/// What all segments of one evaluation read.
struct DifferencePass {
  const Problem& problem;
  const Tables& base;
  const Tables& tables;
  const InstrumentShares& shares;
  const DifferenceLayout& layout;
  const FlowsByMarket& flows;
};

/// EP at the horizon alone.
template <class Real>
PT_HD Real horizon_potential(const TableView& view, double supply, std::int64_t product, std::int64_t exporter,
                             std::int64_t market, const Real& access) {
  const std::int64_t pair = exporter * view.stride + market, entry = product * view.stride + market;
  const Real reach = distance_fit(load_as<Real>(view.distance + pair), load_as<Real>(view.inverse_distance + pair),
                                  load_as<Real>(view.typical + entry), load_as<Real>(view.inverse_typical + entry)) *
                     load_as<Real>(view.ease + pair);
  return potential_of(supply, load_as<Real>(view.pull + entry), reach, access);
}

template <class Real>
PT_HD Real at_risk_of(const Real& actual, const Real& before, const Real& after) {
  return larger<Real>(Real{}, smaller<Real>(actual, before) - after);
}

/// Sums of one thread's segment, the working memory of its cells, and how they are filled.
class DifferenceRows {
public:
  explicit DifferenceRows(const DifferencePass& pass);
  void add(std::int32_t product, std::int32_t exporter, double* sums);

private:
  void fill_shares(std::int64_t product, std::int64_t exporter);

  const DifferencePass& pass_;
  Buffer<double> actual_, potential_, ignored_, base_access_, access_now_, access_, access_growth_, shares_;
  std::vector<std::int32_t> column_;                  ///< [stride] place of a market in the sums, -1 = not evaluated
  std::vector<std::int32_t> base_tariffs_, tariffs_;  ///< markets with tariffs among the blocks
};

class DifferenceColumns {
public:
  explicit DifferenceColumns(const DifferencePass& pass);
  /// Until the next call, `add` is of this market. @param m position among the markets
  void choose(std::int64_t m);
  void add(std::int32_t product, double* sums);

private:
  struct Side;
  void fill_access(std::int64_t product);

  const DifferencePass& pass_;
  std::int64_t m_ = 0, market_ = 0;
  const MarketFlows* flows_ = nullptr;
  bool base_tariffs_ = false, tariffs_ = false;         ///< whether the market has any
  std::vector<std::int32_t> base_row_, row_now_, row_;  ///< [countries] rows of the market
  // [padded exporters], gaps as in the tables
  Buffer<double> distance_, inverse_distance_, base_ease_, ease_, log_gdp_;
  Buffer<double> actual_, potential_, base_access_, access_now_, access_, access_growth_, shares_;
};

}  // namespace potentia
