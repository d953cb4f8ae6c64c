#include "host/statistics/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace potentia::statistics {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Whole numbers in the order of the doubles.
std::uint64_t key_of(double value) {
  value += 0.0;  // −0 becomes 0
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits >> 63 != 0 ? ~bits : bits | std::uint64_t{1} << 63;
}
double value_of(std::uint64_t key) {
  const std::uint64_t bits = key >> 63 != 0 ? key ^ (std::uint64_t{1} << 63) : ~key;
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// Sorts by keys, eleven bits at a time from the lowest on; equal keys keep their order. Of tens of millions of numbers
/// comparing takes eight times as long.
/// @param key of an item
template <class Item, class Key>
void sort_by_digits(std::vector<Item>& items, const Key& key) {
  constexpr int digit_bits = 11, digits = 6;
  constexpr std::size_t values = std::size_t{1} << digit_bits;
  const auto digit = [](std::uint64_t whole, int number) { return whole >> (number * digit_bits) & (values - 1); };
  std::vector<std::size_t> begin(digits * values, 0);
  for (const Item& item : items)
    for (int number = 0; number < digits; ++number) ++begin[number * values + digit(key(item), number)];
  std::vector<Item> other(items.size());
  for (int number = 0; number < digits; ++number) {
    std::size_t* to = begin.data() + number * values;
    if (std::find(to, to + values, items.size()) != to + values) continue;  // the same in all
    std::size_t sum = 0;
    for (std::size_t value = 0; value < values; ++value) sum += std::exchange(to[value], sum);
    for (const Item& item : items) other[to[digit(key(item), number)]++] = item;
    items.swap(other);
  }
}

/// Mid-ranks, from 1.
std::vector<double> ranks_of(const std::vector<double>& values) {
  const std::vector<std::uint32_t> order = order_of(values);
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    const double rank = 0.5 * (static_cast<double>(first + 1) + static_cast<double>(last));
    for (; first < last; ++first) ranks[order[first]] = rank;
  }
  return ranks;
}

/// Walks down the scores: `sink(score, starts there, others there)`.
template <class Sink>
void walk_down(const SortedScores& scores, const Sink& sink) {
  std::size_t s = scores.starters.size(), o = scores.others.size();
  while (s > 0 || o > 0) {
    const double score = s == 0   ? scores.others[o - 1]
                         : o == 0 ? scores.starters[s - 1]
                                  : std::max(scores.starters[s - 1], scores.others[o - 1]);
    std::uint64_t starts = 0, others = 0;
    for (; s > 0 && scores.starters[s - 1] == score; --s) ++starts;
    for (; o > 0 && scores.others[o - 1] == score; --o) ++others;
    sink(starts, others);
  }
}

template <class Sink>
void walk_down(std::vector<Tally>& tallies, const Sink& sink) {
  std::sort(tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) { return a.score > b.score; });
  for (std::size_t at = 0; at < tallies.size();) {
    const double score = tallies[at].score;
    std::uint64_t starts = 0, others = 0;
    for (; at < tallies.size() && tallies[at].score == score; ++at) {
      starts += tallies[at].starts;
      others += tallies[at].candidates - tallies[at].starts;
    }
    sink(starts, others);
  }
}

template <class Scores>
double area(Scores& scores) {
  std::uint64_t starts_above = 0, all_starts = 0, all_others = 0;
  std::uint64_t twice = 0;  // at most 2 starts × others
  walk_down(scores, [&](std::uint64_t starts, std::uint64_t others) {
    twice += others * (2 * starts_above + starts);
    starts_above += starts;
    all_starts += starts;
    all_others += others;
  });
  if (all_starts == 0 || all_others == 0) return nothing;
  return static_cast<double>(twice) / 2.0 / static_cast<double>(all_starts) / static_cast<double>(all_others);
}

template <class Scores>
std::vector<RocPoint> curve(Scores& scores, int steps) {
  std::uint64_t all_starts = 0, all_others = 0;
  walk_down(scores, [&](std::uint64_t starts, std::uint64_t others) {
    all_starts += starts;
    all_others += others;
  });
  std::vector<RocPoint> points = {{0.0, 0.0}};
  if (all_starts == 0 || all_others == 0) return points;
  std::uint64_t starts_above = 0, others_above = 0, step = 1;
  walk_down(scores, [&](std::uint64_t starts, std::uint64_t others) {
    starts_above += starts;
    others_above += others;
    if (others_above * static_cast<std::uint64_t>(steps) < step * all_others) return;
    points.push_back({static_cast<double>(others_above) / static_cast<double>(all_others),
                      static_cast<double>(starts_above) / static_cast<double>(all_starts)});
    step = others_above * static_cast<std::uint64_t>(steps) / all_others + 1;
  });
  points.push_back({1.0, 1.0});
  return points;
}

}  // namespace

void sort_numbers(std::vector<double>& values) {
  std::vector<std::uint64_t> keys(values.size());
  std::transform(values.begin(), values.end(), keys.begin(), key_of);
  std::vector<double>().swap(values);
  sort_by_digits(keys, [](std::uint64_t key) { return key; });
  values.resize(keys.size());
  std::transform(keys.begin(), keys.end(), values.begin(), value_of);
}

std::vector<std::uint32_t> order_of(const std::vector<double>& values) {
  struct Item {
    std::uint64_t key;
    std::uint32_t position;
  };
  std::vector<Item> items;
  items.reserve(values.size());
  for (const double value : values) items.push_back({key_of(value), static_cast<std::uint32_t>(items.size())});
  sort_by_digits(items, [](const Item& item) { return item.key; });
  std::vector<std::uint32_t> order;
  order.reserve(items.size());
  for (const Item& item : items) order.push_back(item.position);
  return order;
}

double roc_auc(const SortedScores& scores) { return area(scores); }
double roc_auc(std::vector<Tally> tallies) { return area(tallies); }
std::vector<RocPoint> roc_curve(const SortedScores& scores, int steps) { return curve(scores, steps); }
std::vector<RocPoint> roc_curve(std::vector<Tally> tallies, int steps) { return curve(tallies, steps); }

Calibration calibrate(const SortedScores& chances) {
  Calibration out;
  const std::vector<double>&starters = chances.starters, &others = chances.others;
  const std::uint64_t all = starters.size() + others.size();
  std::array<double, tenths> sum{};
  std::array<std::uint64_t, tenths> starts{};
  std::size_t s = 0, o = 0;
  while (s < starters.size() || o < others.size()) {
    const double chance = s == starters.size() ? others[o] : o == others.size() ? starters[s] : std::min(starters[s], others[o]);
    const auto tenth = static_cast<std::size_t>((s + o) * tenths / all);
    for (; s < starters.size() && starters[s] == chance; ++s) {
      ++starts[tenth];
      ++out.count[tenth];
      sum[tenth] += chance;
    }
    for (; o < others.size() && others[o] == chance; ++o) {
      ++out.count[tenth];
      sum[tenth] += chance;
    }
  }
  for (std::size_t tenth = 0; tenth < tenths; ++tenth) {
    const auto count = static_cast<double>(out.count[tenth]);
    out.predicted[tenth] = count > 0.0 ? sum[tenth] / count : nothing;
    out.observed[tenth] = count > 0.0 ? static_cast<double>(starts[tenth]) / count : nothing;
  }
  return out;
}

double rank_correlation(const std::vector<double>& left, const std::vector<double>& right) {
  const std::vector<double> a = ranks_of(left), b = ranks_of(right);
  const double mean = 0.5 * (static_cast<double>(a.size()) + 1.0);
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t at = 0; at < a.size(); ++at) {
    ab += (a[at] - mean) * (b[at] - mean);
    aa += (a[at] - mean) * (a[at] - mean);
    bb += (b[at] - mean) * (b[at] - mean);
  }
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : nothing;
}

double quantile_of_sorted(const std::vector<double>& sorted, double probability) {
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace potentia::statistics
