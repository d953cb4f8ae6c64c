#include "host/model/solver.hpp"

#include <chrono>

#include "host/model/problem_builder.hpp"

namespace potentia {
namespace {

/// Measures the stages of a solve.
class StopWatch {
public:
  explicit StopWatch(std::vector<Stage>& stages) : stages_(stages), last_(Clock::now()) {}
  void lap(const char* name) {
    const Clock::time_point now = Clock::now();
    stages_.push_back({name, std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

private:
  using Clock = std::chrono::steady_clock;
  std::vector<Stage>& stages_;
  Clock::time_point last_;
};

std::vector<std::int32_t> chosen_or_all(const std::vector<std::int32_t>& chosen, std::size_t countries) {
  if (!chosen.empty()) return chosen;
  std::vector<std::int32_t> all;
  for (std::size_t country = 0; country < countries; ++country) all.push_back(static_cast<std::int32_t>(country));
  return all;
}

/// Frees the flows that the base period does not look at: of several base years a merge has been made, one is looked at
/// where it lies.
void release_trade(World& world, const std::vector<std::int32_t>& base_years, const Settings& settings) {
  const std::vector<double>& weights = settings.method.weights;
  const auto weighs = [&](std::size_t at) { return weights.empty() || weights[at] > 0.0; };
  std::int32_t only = 0, counted = 0;
  for (std::size_t at = 0; at < base_years.size(); ++at) {
    if (!weighs(at)) continue;
    only = base_years[at];
    ++counted;
  }
  for (TradeYear& trade : world.trade) {
    if (counted == 1 && trade.year == only) continue;
    trade.exporter = {};
    trade.market = {};
    trade.value = {};
  }
}

/// Frees the lines that rows of rates have been made of: of rates by exporter there are tens of millions.
void release_tariff_lines(Tariffs& tariffs) {
  for (std::vector<std::int32_t>* column : {&tariffs.line_schedule, &tariffs.line_regime, &tariffs.line_product})
    *column = std::vector<std::int32_t>();  // an assigned {} would keep the memory
  tariffs.line_rate = std::vector<double>();
}

template <class Release>
Solution solve_with(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
                    const ProgressSink& progress, Release release) {
  Solution solution;
  StopWatch watch(solution.stages);
  const int threads = backend.threads();

  BuiltProblem built = build_problem(world, settings, threads > 0 ? threads : 1);
  solution.axes.exporters = chosen_or_all(selection.exporters, world.country_count());
  solution.axes.markets = chosen_or_all(selection.markets, world.country_count());
  solution.axes.products = std::move(built.products);
  solution.settings = std::move(built.settings);
  solution.notices = std::move(built.notices);
  solution.all_exporters = selection.exporters.empty();
  solution.all_markets = selection.markets.empty();
  release(solution.settings.world.base_years);
  watch.lap("prepare");

  backend.load(std::move(built.problem));
  watch.lap("factors");
  const Rows rows{selection.exporters, selection.markets};
  solution.margins = backend.evaluate(rows, progress);
  watch.lap("cells");
  ListingRule rule;
  rule.top = settings.cells.top;
  rule.thresholds = settings.cells.thresholds;
  solution.cells = backend.list_cells(rows, rule, progress);
  watch.lap("listing");
  solution.factors = backend.factors();
  watch.lap("factor tables");
  return solution;
}

}  // namespace

Solution solve(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
               const ProgressSink& progress) {
  return solve_with(world, settings, selection, backend, progress, [](const std::vector<std::int32_t>&) {});
}

Solution solve_and_release_trade(World& world, const Settings& settings, const Selection& selection, Backend& backend,
                                 const ProgressSink& progress) {
  return solve_with(world, settings, selection, backend, progress,
                    [&](const std::vector<std::int32_t>& base_years) {
                      release_trade(world, base_years, settings);
                      release_tariff_lines(world.tariffs);
                    });
}

}  // namespace potentia
