#include "host/model/ranking.hpp"

#include <algorithm>
#include <numeric>

#include "host/statistics/ranks.hpp"

namespace potentia {
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  return statistics::rank_correlation(a, b);
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
