#include "host/scenario/run.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include "host/scenario/assumptions.hpp"
#include "host/scenario/cells.hpp"
#include "host/scenario/compile.hpp"
#include "host/scenario/shares.hpp"
#include "host/scenario/target.hpp"
#include "kernels/cpu/evaluate.hpp"

namespace potentia {
namespace {

Margin copy_of(const Margin& margin) {
  Margin copy;
  for (int c = 0; c < column_count; ++c) {
    copy.columns[c] = Buffer<double>(margin.columns[c].size());
    std::copy(margin.columns[c].begin(), margin.columns[c].end(), copy.columns[c].begin());
  }
  return copy;
}

std::vector<char> cut(const std::vector<char>& marks, std::int32_t first, std::int32_t count) {
  return {marks.begin() + first, marks.begin() + first + count};
}

/// A world under a variant, with the tables of what it touches.
struct State {
  std::shared_ptr<const Problem> problem;
  Tables own;
  const Tables* tables = nullptr;
  TouchedInputs touched;

  VariantState view() const { return {problem, tables}; }
};

class Run {
public:
  Run(const SolvedWorld& solved, ScenarioGroundwork& groundwork, const Scenario& scenario, const Parties& parties,
      const ScenarioRequest& request)
      : solved_(solved),
        groundwork_(groundwork),
        request_(request),
        products_(products_in_order(solved.built)),
        threads_(std::max(solved.backend.threads(), 1)),
        sums_(solved.whole == nullptr ? SumPieces{} : solved.whole->sums) {
    ScenarioResult& told = part_.told;
    told.name = scenario.name;
    told.description = scenario.description;
    for (const std::string& file : scenario.files)
      told.files.push_back(std::filesystem::path(file).filename().string());
    const auto& years = solved.built.settings.world;
    const ScenarioGround ground{solved.world,
                                parties,
                                solved.whole == nullptr ? products_ : solved.whole->products,
                                years.base_years.back(),
                                years.horizon_year,
                                solved.built.settings.method.tariffs && !solved.world.tariffs.empty(),
                                solved.built.settings.method.distance_fit};
    instruments_ = resolve(scenario, ground, told.notices);
    players_ = find_players(instruments_);
    for (const Player& player : players_) told.instruments.push_back(player.name);
    told.assumptions = assumption_lines(scenario, instruments_);
    if (request_.sectors) {
      told.sector_exporters = listed_or_all(request_.exporters, solved_.built.problem->countries);
      told.sector_markets = listed_or_all(request_.markets, solved_.built.problem->countries);
    }
    // Words are looked up among all products, since a selection may lie elsewhere; what follows is of these alone.
    if (solved.whole == nullptr) return;
    const std::int32_t first = solved.whole->first, count = solved.built.problem->products;
    for (ResolvedInstrument& one : instruments_) {
      if (!one.products.empty()) one.products = cut(one.products, first, count);
      if (!one.perishable.empty()) one.perishable = cut(one.perishable, first, count);
    }
  }

  ScenarioPart run() {
    const VariantCompiler compiler(solved_.world, solved_.built, solved_.backend.tables(), groundwork_.tariffs(),
                                   instruments_);
    State baseline = state_of(compiler, true), scenario = state_of(compiler, false);
    const std::vector<std::int32_t> markets = touched(baseline, scenario);
    if (!baseline.touched.markets.empty())
      part_.baseline = difference(baseline, baseline, InstrumentShares{}, baseline.touched.markets);
    part_.told.changes_nothing = markets.empty();
    InstrumentShares shares;
    if (!markets.empty() && !players_.empty()) {
      shares = share_instruments(compiler, instruments_, players_, {solved_.built.problem, &solved_.backend.tables()},
                                 baseline.view(), scenario.view(), markets, groundwork_.flows(), sums_, threads_);
      part_.scenario = difference(baseline, scenario, shares, markets);
    }
    if (request_.full) evaluate_fully(baseline, scenario);
    if (!request_.exporters.empty() || !request_.markets.empty())
      fill_cells(solved_, {*baseline.problem, *baseline.tables, *scenario.problem, *scenario.tables, shares}, products_,
                 request_.cells, part_.told);
    for (const ResolvedInstrument& one : instruments_)
      if (one.kind() == InstrumentKind::target)
        part_.targets.push_back(target_part(solved_, one, *scenario.problem, *scenario.tables));
    return std::move(part_);
  }

private:
  State state_of(const VariantCompiler& compiler, bool of_baseline) const {
    std::vector<char> active;
    for (const ResolvedInstrument& one : instruments_)
      active.push_back(of_baseline ? one.in_baseline() : one.in_scenario());
    Variant variant = compiler.compile(active);
    State state;
    state.problem = apply_variant(solved_.built.problem, variant);
    state.tables = &solved_.backend.tables();
    state.touched = variant.touched;
    if (!variant.touched.markets.empty()) {
      state.own = variant_tables(*solved_.built.problem, solved_.backend.tables(), *state.problem, variant.touched,
                                 groundwork_.flows(), threads_, sums_);
      state.tables = nullptr;  // set where the state has its place
    }
    return state;
  }

  std::vector<std::int32_t> touched(State& baseline, State& scenario) const {
    for (State* state : {&baseline, &scenario})
      if (state->tables == nullptr) state->tables = &state->own;
    std::vector<std::int32_t> markets;
    std::set_union(baseline.touched.markets.begin(), baseline.touched.markets.end(), scenario.touched.markets.begin(),
                   scenario.touched.markets.end(), std::back_inserter(markets));
    return markets;
  }

  PairSums difference(const State& from, const State& to, const InstrumentShares& shares,
                      const std::vector<std::int32_t>& markets) const {
    const DifferenceLayout layout(to.problem->countries, shares.instruments, markets);
    return {markets, PairTerms::of(to.tables->view),
            sum_differences(*to.problem, *from.tables, *to.tables, shares, layout, groundwork_.flows(), threads_)};
  }

  void evaluate_fully(const State& baseline, const State& scenario) {
    const auto evaluate = [&](const State& state, Margin& exporter_product, Margin& market_product) {
      AskedSums asked;
      asked.pair = asked.pair_sector = {};  // they come with the difference
      asked.world = false;
      PartialSums sums = begin_sums(*state.problem, state.tables->view, {}, asked);
      evaluate_segments(*state.problem, *state.tables, 0, static_cast<std::int32_t>(state.tables->segments.size()),
                        sums, {}, threads_, {});
      exporter_product = std::move(sums.exporter_product);
      market_product = std::move(sums.market_product);
    };
    if (baseline.touched.markets.empty()) {
      part_.told.baseline_exporter_product = copy_of(solved_.margins.exporter_product);
      part_.told.baseline_market_product = copy_of(solved_.margins.market_product);
    } else {
      evaluate(baseline, part_.told.baseline_exporter_product, part_.told.baseline_market_product);
    }
    evaluate(scenario, part_.told.scenario_exporter_product, part_.told.scenario_market_product);
    part_.told.baseline_factors = export_factors(*baseline.problem, *baseline.tables, threads_);
    part_.told.scenario_factors = export_factors(*scenario.problem, *scenario.tables, threads_);
  }

  const SolvedWorld& solved_;
  ScenarioGroundwork& groundwork_;
  const ScenarioRequest& request_;
  std::vector<std::int32_t> products_;
  int threads_;
  SumPieces sums_;
  std::vector<ResolvedInstrument> instruments_;
  std::vector<Player> players_;
  ScenarioPart part_;
};

}  // namespace

ScenarioGroundwork::ScenarioGroundwork(const World& world, const BuiltProblem& built, const Backend& backend)
    : world_(world), built_(built), flows_(*built.problem, backend.tables()) {}

const TariffKnowledge& ScenarioGroundwork::tariffs() {
  if (!tariffs_) tariffs_ = std::make_unique<TariffKnowledge>(world_, built_);
  return *tariffs_;
}

ScenarioPart evaluate_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                               const ScenarioRequest& request) {
  ScenarioGroundwork own(solved.world, solved.built, solved.backend);
  return Run(solved, solved.groundwork == nullptr ? own : *solved.groundwork, scenario, parties, request).run();
}

ScenarioResult run_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                            const ScenarioRequest& request) {
  std::vector<ScenarioPart> parts;
  parts.push_back(evaluate_scenario(solved, scenario, parties, request));
  std::vector<std::int32_t> columns(solved.built.products.size());
  std::iota(columns.begin(), columns.end(), 0);
  const ScenarioAxes axes{static_cast<std::int32_t>(solved.world.country_count()),
                          static_cast<std::int32_t>(solved.world.sectors.size()),
                          solved.built.settings.world.base_years.back(), solved.built.products};
  return join_scenario(solved.margins, axes, {columns}, std::move(parts), std::max(solved.backend.threads(), 1));
}

}  // namespace potentia
