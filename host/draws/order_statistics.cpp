#include "host/draws/order_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/cpu/lane_order.hpp"

namespace potentia {
namespace {

/// Beyond that, eight series do not stay in the second-level cache, and looking for five places costs less than
/// sorting.
constexpr std::size_t most_sorted = 16384;

}  // namespace

DrawStatistics statistics_of(std::vector<double>& draws) {
  DrawStatistics found;
  const std::size_t count = draws.size();
  double sum = 0.0;
  for (const double draw : draws) sum += draw;
  found.mean = sum / static_cast<double>(count);
  double squares = 0.0;
  for (const double draw : draws) squares += (draw - found.mean) * (draw - found.mean);
  found.sd = count > 1 ? std::sqrt(squares / static_cast<double>(count - 1)) : 0.0;

  // Each quantile lies between two neighbours in order; what is below them has been moved below them before.
  auto from = draws.begin();
  for (std::size_t q = 0; q < draw_probabilities.size(); ++q) {
    const double place = draw_probabilities[q] * static_cast<double>(count - 1);
    const auto whole = static_cast<std::size_t>(place);
    const auto at = draws.begin() + static_cast<std::ptrdiff_t>(whole);
    if (at >= from) {
      std::nth_element(from, at, draws.end());
      from = at;
    }
    const double above = whole + 1 < count ? *std::min_element(at + 1, draws.end()) : *at;
    found.quantile[q] = *at + (place - static_cast<double>(whole)) * (above - *at);
  }
  return found;
}

OrderStatistics::OrderStatistics(std::size_t draws) : draws_(draws), rows_(8 * lane_rows(draws)), one_(draws) {}

void OrderStatistics::take(const double* rows) { std::copy_n(rows, 8 * draws_, rows_.data()); }

void OrderStatistics::take_difference(const double* rows, const double* less) {
  for (std::size_t at = 0; at < 8 * draws_; ++at) rows_[at] = rows[at] - less[at];
}

void OrderStatistics::statistics(DrawStatistics* found) {
  const LaneMoments moments = lane_moments(rows_.data(), draws_);
  for (std::size_t lane = 0; lane < 8; ++lane) {
    found[lane].mean = moments.mean[lane];
    found[lane].sd = draws_ > 1 ? std::sqrt(moments.squares[lane] / static_cast<double>(draws_ - 1)) : 0.0;
    if (moments.constant) found[lane].quantile.fill(rows_[lane]);
  }
  if (moments.constant) return;
  if (draws_ > most_sorted) {
    for (std::size_t lane = 0; lane < 8; ++lane) {
      for (std::size_t draw = 0; draw < draws_; ++draw) one_[draw] = rows_[8 * draw + lane];
      found[lane] = statistics_of(one_);
    }
    return;
  }
  sort_lanes(rows_.data(), draws_);
  for (std::size_t q = 0; q < draw_probabilities.size(); ++q) {
    const double place = draw_probabilities[q] * static_cast<double>(draws_ - 1);
    const auto whole = static_cast<std::size_t>(place);
    const std::size_t next = std::min(whole + 1, draws_ - 1);
    for (std::size_t lane = 0; lane < 8; ++lane) {
      const double at = rows_[8 * whole + lane], above = rows_[8 * next + lane];
      found[lane].quantile[q] = at + (place - static_cast<double>(whole)) * (above - at);
    }
  }
}

}  // namespace potentia
