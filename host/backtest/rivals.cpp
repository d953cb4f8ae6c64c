#include "host/backtest/rivals.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "host/statistics/ranks.hpp"

namespace potentia::backtest {
namespace {

constexpr int curve_steps = 100;

/// Cells that might start and those that did, by whatever a rival is a property of.
struct Tallies {
  std::vector<std::uint32_t> candidates, starts;
  explicit Tallies(std::size_t size) : candidates(size, 0), starts(size, 0) {}
  void add(std::size_t at, std::uint8_t started) {
    ++candidates[at];
    starts[at] += started;
  }
};

std::vector<statistics::Tally> with_scores(const Tallies& tallies, const std::function<double(std::size_t)>& score) {
  std::vector<statistics::Tally> out;
  for (std::size_t at = 0; at < tallies.candidates.size(); ++at)
    if (tallies.candidates[at] > 0) out.push_back({score(at), tallies.starts[at], tallies.candidates[at]});
  return out;
}

std::vector<std::array<double, 2>> corners(const std::vector<statistics::RocPoint>& points) {
  std::vector<std::array<double, 2>> out;
  for (const statistics::RocPoint& point : points) out.push_back({point.others, point.starters});
  return out;
}

statistics::SortedScores sorted_potentials(const Origin& origin) {
  statistics::SortedScores scores;
  scores.starters.reserve(origin.start_count);
  scores.others.reserve(origin.candidate_count - origin.start_count);
  for (const Candidates& cells : origin.candidates)
    for (std::size_t at = 0; at < cells.size(); ++at)
      (cells.started[at] ? scores.starters : scores.others).push_back(cells.log_potential[at]);
  statistics::sort_numbers(scores.starters);
  statistics::sort_numbers(scores.others);
  return scores;
}

/// A rival's name, its value in each table entry, and which entry a cell is in.
struct Rival {
  const char* name;
  const Tallies& tallies;
  std::function<double(std::size_t)> score;
  std::function<std::size_t(std::size_t exporter, std::size_t product, std::size_t market)> entry;
};

/// Hits among the first `top` of scores in descending order, ties at the end by their share.
double hits_of_top(const std::vector<std::pair<double, std::uint8_t>>& best, std::size_t top) {
  if (best.size() <= top) {
    double hits = 0.0;
    for (const auto& [score, started] : best) hits += started;
    return hits;
  }
  const double last = best[top - 1].first;
  double above = 0.0, tied = 0.0, tied_hits = 0.0, places = static_cast<double>(top);
  for (const auto& [score, started] : best) {
    if (score > last) {
      above += started;
      places -= 1.0;
    } else if (score == last) {
      tied += 1.0;
      tied_hits += started;
    }
  }
  return above + tied_hits * (places / tied);
}

}  // namespace

std::array<double, 3> lifts(const Origin& origin, const Scores& scores, int threads) {
  const auto exporters = static_cast<std::int32_t>(origin.candidates.size());
  std::vector<std::array<double, 3>> hits(exporters);
  std::array<double, 3> listed{}, all_hits{};
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> score;
    std::vector<std::pair<double, std::uint8_t>> best;
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t exporter = 0; exporter < exporters; ++exporter) {
      const Candidates& cells = origin.candidates[exporter];
      score.resize(cells.size());
      scores(exporter, score.data());
      double least = -std::numeric_limits<double>::infinity();
      const auto most = static_cast<std::size_t>(backtest_tops.back());
      if (score.size() > most) {
        std::vector<double> order = score;
        std::nth_element(order.begin(), order.begin() + (backtest_tops.back() - 1), order.end(), std::greater<>());
        least = order[most - 1];
      }
      best.clear();
      for (std::size_t at = 0; at < score.size(); ++at)
        if (score[at] >= least) best.emplace_back(score[at], cells.started[at]);
      std::sort(best.begin(), best.end(), std::greater<>());
      for (std::size_t top = 0; top < backtest_tops.size(); ++top)
        hits[exporter][top] = hits_of_top(best, static_cast<std::size_t>(backtest_tops[top]));
    }
  }
  for (std::int32_t exporter = 0; exporter < exporters; ++exporter)
    for (std::size_t top = 0; top < backtest_tops.size(); ++top) {
      all_hits[top] += hits[exporter][top];
      listed[top] += static_cast<double>(
          std::min<std::size_t>(origin.candidates[exporter].size(), static_cast<std::size_t>(backtest_tops[top])));
    }
  const double usual = static_cast<double>(origin.start_count) / static_cast<double>(origin.candidate_count);
  std::array<double, 3> lift{};
  for (std::size_t top = 0; top < backtest_tops.size(); ++top) lift[top] = all_hits[top] / listed[top] / usual;
  return lift;
}

std::vector<BacktestPredictor> judge_rivals(const Origin& origin, int threads) {
  const Facts& facts = origin.facts;
  const auto countries = static_cast<std::size_t>(facts.countries), products = static_cast<std::size_t>(facts.products);
  Tallies of_exports(countries * products), of_imports(products * countries), of_pairs(countries * countries),
      of_products(products);
  for (std::size_t i = 0; i < countries; ++i) {
    const Candidates& cells = origin.candidates[i];
    for (std::size_t at = 0; at < cells.size(); ++at) {
      const std::size_t k = cells.product[at], j = cells.market[at];
      const std::uint8_t started = cells.started[at];
      of_exports.add(i * products + k, started);
      of_imports.add(k * countries + j, started);
      of_pairs.add(i * countries + j, started);
      of_products.add(k, started);
    }
  }
  const auto by_exports = [products](std::size_t i, std::size_t k, std::size_t) { return i * products + k; };
  const auto by_imports = [countries](std::size_t, std::size_t k, std::size_t j) { return k * countries + j; };
  const auto by_pair = [countries](std::size_t i, std::size_t, std::size_t j) { return i * countries + j; };
  const auto by_product = [](std::size_t, std::size_t k, std::size_t) { return k; };
  const std::vector<Rival> rivals = {
      {"exports of product", of_exports, [&](std::size_t at) { return facts.log_exports[at]; }, by_exports},
      {"imports of product", of_imports, [&](std::size_t at) { return facts.log_imports[at]; }, by_imports},
      {"trade between pair", of_pairs, [&](std::size_t at) { return facts.log_between[at]; }, by_pair},
      {"world exports", of_products, [&](std::size_t at) { return facts.log_world[at]; }, by_product},
      {"products between pair", of_pairs, [&](std::size_t at) { return double(facts.shared[at]); }, by_pair},
      {"markets served", of_exports, [&](std::size_t at) { return double(facts.markets[at]); }, by_exports},
      {"suppliers", of_imports, [&](std::size_t at) { return double(facts.suppliers[at]); }, by_imports},
      {"comparative advantage", of_exports, [&](std::size_t at) { return facts.advantage[at]; }, by_exports}};

  std::vector<BacktestPredictor> judged;
  const statistics::SortedScores potentials = sorted_potentials(origin);
  judged.push_back({"potential", statistics::roc_auc(potentials),
                    lifts(origin,
                          [&](std::int32_t exporter, double* scores) {
                            const std::vector<double>& from = origin.candidates[exporter].log_potential;
                            std::copy(from.begin(), from.end(), scores);
                          },
                          threads),
                    corners(statistics::roc_curve(potentials, curve_steps))});
  for (const Rival& rival : rivals) {
    std::vector<double> score(rival.tallies.candidates.size());
    for (std::size_t at = 0; at < score.size(); ++at) score[at] = rival.score(at);
    const std::vector<statistics::Tally> tallies = with_scores(rival.tallies, rival.score);
    const auto of_cells = [&](std::int32_t exporter, double* scores) {
      const Candidates& cells = origin.candidates[exporter];
      for (std::size_t at = 0; at < cells.size(); ++at)
        scores[at] = score[rival.entry(static_cast<std::size_t>(exporter), cells.product[at], cells.market[at])];
    };
    judged.push_back({rival.name, statistics::roc_auc(tallies), lifts(origin, of_cells, threads),
                      corners(statistics::roc_curve(tallies, curve_steps))});
  }
  return judged;
}

}  // namespace potentia::backtest
