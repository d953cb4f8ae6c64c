#include "host/model/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace potentia {
namespace {

std::vector<double> mid_ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t at = 0; at < order.size();) {
    std::size_t end = at;
    while (end < order.size() && values[order[end]] == values[order[at]]) ++end;
    for (std::size_t tied = at; tied < end; ++tied) rank[order[tied]] = static_cast<double>(at + end - 1) / 2.0;
    at = end;
  }
  return rank;
}

}  // namespace

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> x = mid_ranks(a), y = mid_ranks(b);
  const double mean = (static_cast<double>(x.size()) - 1.0) / 2.0;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t at = 0; at < x.size(); ++at) {
    xy += (x[at] - mean) * (y[at] - mean);
    xx += (x[at] - mean) * (x[at] - mean);
    yy += (y[at] - mean) * (y[at] - mean);
  }
  return xy / std::sqrt(xx * yy);
}

std::vector<std::size_t> places_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size()), place(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  for (std::size_t at = 0; at < order.size(); ++at) place[order[at]] = at + 1;
  return place;
}

std::vector<std::size_t> largest_moves(const std::vector<double>& before, const std::vector<double>& after,
                                       std::size_t top) {
  const std::vector<std::size_t> was = places_of(before), is = places_of(after);
  std::vector<std::size_t> moved;
  for (std::size_t at = 0; at < was.size(); ++at)
    if ((was[at] <= top || is[at] <= top) && was[at] != is[at] && (before[at] > 0.0 || after[at] > 0.0))
      moved.push_back(at);
  const auto distance = [&](std::size_t at) { return was[at] > is[at] ? was[at] - is[at] : is[at] - was[at]; };
  std::stable_sort(moved.begin(), moved.end(),
                   [&](std::size_t a, std::size_t b) { return distance(a) > distance(b); });
  return moved;
}

}  // namespace potentia
