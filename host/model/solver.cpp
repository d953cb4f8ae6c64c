#include "host/model/solver.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "host/model/outlook.hpp"
#include "host/model/problem_builder.hpp"
#include "host/model/stage_watch.hpp"
#include "host/model/tables_to_write.hpp"
#include "kernels/partial_sums.hpp"

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

/// Applies the models to the problem that the backend holds.
void look_out(const OutlookModels& models, const World& world, const std::shared_ptr<const Problem>& problem,
              const Backend& backend, Solution& solution) {
  const int threads = std::max(1, backend.threads());
  CellFacts facts = make_cell_facts(*problem, backend.tables(), threads);
  const OutlookScale scale = outlook_scale(models, world, solution, *problem, backend.tables(), facts, solution.notices);
  const auto outlook = std::make_shared<const Outlook>(models, scale, std::move(facts), problem, backend.tables(),
                                                       solution.axes, threads);
  solution.pair_outlook = outlook->pairs();
  solution.cell_outlook = [outlook](const CellList& cells) { return outlook->of_cells(cells); };
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

Solution solve(const World& world, const Settings& settings, const Selection& selection, Backend& backend,
               const ProgressSink& progress, const OutlookModels* outlook) {
  Solution solution;
  StageWatch watch(solution.stages);
  BuiltProblem built = build_problem(world, settings, std::max(1, backend.threads()));
  describe_solution(world, built, selection, solution);
  watch.lap("prepare");

  const std::shared_ptr<const Problem> problem = std::move(built.problem);
  backend.load(problem);
  watch.lap("factors");
  const Rows rows{selection.exporters, selection.markets};
  solution.margins = backend.evaluate(rows, progress);
  watch.lap("cells");
  solution.cells = backend.list_cells(rows, listing_rule(settings), progress);
  watch.lap("listing");
  solution.factors = backend.factors();
  watch.lap("factor tables");
  if (outlook != nullptr) look_out(*outlook, world, problem, backend, solution);
  return solution;
}

Solution solve_to_write(World& world, const Settings& settings, const Selection& selection, Backend& backend,
                        const ProgressSink& progress, const OutlookModels* outlook) {
  Solution solution;
  StageWatch watch(solution.stages);
  const int threads = std::max(1, backend.threads());
  BuiltProblem built = build_problem(world, settings, threads);
  describe_solution(world, built, selection, solution);
  release_inputs(world, solution.settings);
  watch.lap("prepare");

  const std::shared_ptr<const Problem> problem = std::move(built.problem);
  backend.load(problem);
  // Tables know which flows are an exporter's: nobody but an outlook asks the flows themselves any more.
  if (outlook == nullptr)
    for (TradeYear& trade : world.trade) trade.exporter = {};
  watch.lap("factors");
  const Rows rows{selection.exporters, selection.markets};
  AskedSums asked;
  asked.sparse = true;
  PartialSums sums = backend.begin(rows, asked);
  backend.evaluate_segments(0, backend.segments(), sums, {}, progress);
  std::vector<PairPiece> pieces = sums.pairs.take();
  fold_pieces(pieces);
  PairTerms terms = std::move(sums.terms);
  if (sums.exporter_sums || sums.market_sums) solution.product_part = product_parts(sums.exporter_sums, sums.market_sums);
  solution.margins = backend.finish_share(std::move(sums));
  AskedSums pairs_alone;
  pairs_alone.pair_sector = {};  // cut from the same sums while they are written
  write_pair_margins(terms, pieces, problem->sectors, solution.axes.exporters, solution.axes.markets, threads,
                     solution.margins, pairs_alone);
  solution.pair_sector_part =
      pair_sector_parts(std::move(terms), std::move(pieces), problem->sectors, solution.axes.markets);
  solution.factor_part = factor_parts(*problem, backend.tables());
  solution.factors.ease = ease_of(backend.tables().view);
  watch.lap("cells");
  if (outlook != nullptr) {
    look_out(*outlook, world, problem, backend, solution);
    watch.lap("outlook");
  }
  solution.cells_to_come = std::async(std::launch::async, [&backend, rows, rule = listing_rule(settings)] {
                             return backend.list_cells(rows, rule, {});
                           }).share();
  return solution;
}

}  // namespace potentia
