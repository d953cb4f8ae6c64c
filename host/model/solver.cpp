#include "host/model/solver.hpp"

#include "host/model/problem_builder.hpp"
#include "host/model/stage_watch.hpp"

namespace potentia {
namespace {

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

std::vector<std::int32_t> chosen_or_all(const std::vector<std::int32_t>& chosen, std::size_t countries) {
  if (!chosen.empty()) return chosen;
  std::vector<std::int32_t> all;
  for (std::size_t country = 0; country < countries; ++country) all.push_back(static_cast<std::int32_t>(country));
  return all;
}

}  // namespace

void describe_solution(const World& world, BuiltProblem& built, const Selection& selection, Solution& solution) {
  solution.axes.exporters = chosen_or_all(selection.exporters, world.country_count());
  solution.axes.markets = chosen_or_all(selection.markets, world.country_count());
  solution.axes.products = std::move(built.products);
  solution.settings = std::move(built.settings);
  solution.notices = std::move(built.notices);
  solution.all_exporters = selection.exporters.empty();
  solution.all_markets = selection.markets.empty();
}

void release_inputs(World& world, const Settings& settings) {
  release_trade(world, settings.world.base_years, settings);
  release_tariff_lines(world.tariffs);
}

ListingRule listing_rule(const Settings& settings) {
  ListingRule rule;
  rule.top = settings.cells.top;
  rule.thresholds = settings.cells.thresholds;
  return rule;
}

namespace {

template <class Release>
Solution solve_with(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
                    const ProgressSink& progress, Release release) {
  Solution solution;
  StageWatch watch(solution.stages);
  const int threads = backend.threads();

  BuiltProblem built = build_problem(world, settings, threads > 0 ? threads : 1);
  describe_solution(world, built, selection, solution);
  release(solution.settings);
  watch.lap("prepare");

  backend.load(std::move(built.problem));
  watch.lap("factors");
  const Rows rows{selection.exporters, selection.markets};
  solution.margins = backend.evaluate(rows, progress);
  watch.lap("cells");
  solution.cells = backend.list_cells(rows, listing_rule(settings), progress);
  watch.lap("listing");
  solution.factors = backend.factors();
  watch.lap("factor tables");
  return solution;
}

}  // namespace

Solution solve(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
               const ProgressSink& progress) {
  return solve_with(world, settings, selection, backend, progress, [](const Settings&) {});
}

Solution solve_and_release_trade(World& world, const Settings& settings, const Selection& selection, Backend& backend,
                                 const ProgressSink& progress) {
  return solve_with(world, settings, selection, backend, progress,
                    [&](const Settings& resolved) { release_inputs(world, resolved); });
}

}  // namespace potentia
