#include "host/scenario/run.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "host/scenario/assumptions.hpp"
#include "host/scenario/cells.hpp"
#include "host/scenario/compile.hpp"
#include "host/scenario/opportunity_ranks.hpp"
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
        threads_(std::max(solved.backend.threads(), 1)) {
    result_.name = scenario.name;
    result_.description = scenario.description;
    for (const std::string& file : scenario.files)
      result_.files.push_back(std::filesystem::path(file).filename().string());
    const auto& years = solved.built.settings.world;
    const ScenarioGround ground{solved.world,
                                parties,
                                products_,
                                years.base_years.back(),
                                years.horizon_year,
                                solved.built.settings.method.tariffs && !solved.world.tariffs.empty(),
                                solved.built.settings.method.distance_fit};
    instruments_ = resolve(scenario, ground, result_.notices);
    players_ = find_players(instruments_);
    for (const Player& player : players_) result_.instruments.push_back(player.name);
    result_.assumptions = assumption_lines(scenario, instruments_);
  }

  ScenarioResult run() {
    const VariantCompiler compiler(solved_.world, solved_.built, solved_.backend.tables(), groundwork_.tariffs(),
                                   instruments_);
    State baseline = state_of(compiler, true), scenario = state_of(compiler, false);
    const std::vector<std::int32_t> markets = touched(baseline, scenario);

    result_.baseline_pair = copy_of(solved_.margins.pair);
    result_.sector_exporters = listed_or_all(request_.exporters, solved_.built.problem->countries);
    result_.sector_markets = listed_or_all(request_.markets, solved_.built.problem->countries);
    result_.baseline_pair_sector = sectors_of(solved_.margins.pair_sector);
    if (!baseline.touched.markets.empty())
      merge(difference(baseline, baseline, InstrumentShares{}, baseline.touched.markets), result_.baseline_pair,
            result_.baseline_pair_sector);
    result_.scenario_pair = copy_of(result_.baseline_pair);
    result_.scenario_pair_sector = copy_of(result_.baseline_pair_sector);
    const std::size_t pairs = solved_.world.country_count() * solved_.world.country_count();
    result_.at_risk = Buffer<double>::zeroed(pairs);
    result_.by_instrument = Buffer<double>::zeroed(players_.size() * pairs);
    result_.changes_nothing = markets.empty();
    InstrumentShares shares;
    if (!markets.empty() && !players_.empty()) {
      shares = share_instruments(compiler, instruments_, players_, {solved_.built.problem, &solved_.backend.tables()},
                                 baseline.view(), scenario.view(), markets, groundwork_.flows(), threads_);
      merge_difference(difference(baseline, scenario, shares, markets));
    }
    if (request_.full) evaluate_fully(baseline, scenario);
    if (!request_.exporters.empty() || !request_.markets.empty())
      fill_cells(solved_, {*baseline.problem, *baseline.tables, *scenario.problem, *scenario.tables, shares}, products_,
                 request_.cells, result_);
    rank_opportunities(result_);
    for (const ResolvedInstrument& one : instruments_)
      if (one.kind() == InstrumentKind::target)
        result_.targets.push_back(meet_target(solved_, one, result_, *scenario.problem, *scenario.tables));
    return std::move(result_);
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
                                 groundwork_.flows(), threads_);
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

  Difference difference(const State& from, const State& to, const InstrumentShares& shares,
                        const std::vector<std::int32_t>& markets) const {
    return evaluate_difference(*to.problem, *from.tables, *to.tables, shares, markets, groundwork_.flows(), threads_);
  }

  /// The rows and columns of pair_sector that are wanted.
  Margin sectors_of(const Margin& all) const {
    const std::size_t countries = solved_.world.country_count(), sectors = solved_.world.sectors.size();
    Margin part;
    for (int c = 0; c < column_count; ++c) {
      part.columns[c] = Buffer<double>(result_.sector_exporters.size() * result_.sector_markets.size() * sectors);
      double* to = part.columns[c].data();
      for (const std::int32_t exporter : result_.sector_exporters)
        for (const std::int32_t market : result_.sector_markets) {
          std::copy_n(all.columns[c].data() + (exporter * countries + market) * sectors, sectors, to);
          to += sectors;
        }
    }
    return part;
  }

  /// Puts the markets that were evaluated anew into tables of all.
  void merge(const Difference& part, Margin& pair, Margin& pair_sector) const {
    const std::size_t countries = solved_.world.country_count(), sectors = solved_.world.sectors.size();
    const std::size_t chosen = part.markets.size();
    for (int c = 0; c < column_count; ++c)
      for (std::size_t exporter = 0; exporter < countries; ++exporter)
        for (std::size_t m = 0; m < chosen; ++m) {
          const std::size_t to = exporter * countries + part.markets[m], from = exporter * chosen + m;
          pair.columns[c][to] = part.pair.columns[c][from];
        }
    for (std::size_t m = 0; m < chosen; ++m) {
      const auto found =
          std::lower_bound(result_.sector_markets.begin(), result_.sector_markets.end(), part.markets[m]);
      if (found == result_.sector_markets.end() || *found != part.markets[m]) continue;
      const std::size_t column = found - result_.sector_markets.begin(), columns = result_.sector_markets.size();
      for (std::size_t row = 0; row < result_.sector_exporters.size(); ++row)
        for (int c = 0; c < column_count; ++c)
          std::copy_n(part.pair_sector.columns[c].data() + (result_.sector_exporters[row] * chosen + m) * sectors,
                      sectors, pair_sector.columns[c].data() + (row * columns + column) * sectors);
    }
  }

  void merge_difference(const Difference& part) {
    merge(part, result_.scenario_pair, result_.scenario_pair_sector);
    const std::size_t countries = solved_.world.country_count(), chosen = part.markets.size();
    for (std::size_t exporter = 0; exporter < countries; ++exporter)
      for (std::size_t m = 0; m < chosen; ++m) {
        const std::size_t to = exporter * countries + part.markets[m], from = exporter * chosen + m;
        result_.at_risk[to] = part.at_risk[from];
        for (std::size_t n = 0; n < players_.size(); ++n)
          result_.by_instrument[n * countries * countries + to] = part.by_instrument[n * countries * chosen + from];
      }
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
      result_.baseline_exporter_product = copy_of(solved_.margins.exporter_product);
      result_.baseline_market_product = copy_of(solved_.margins.market_product);
    } else {
      evaluate(baseline, result_.baseline_exporter_product, result_.baseline_market_product);
    }
    evaluate(scenario, result_.scenario_exporter_product, result_.scenario_market_product);
    result_.baseline_factors = export_factors(*baseline.problem, *baseline.tables, threads_);
    result_.scenario_factors = export_factors(*scenario.problem, *scenario.tables, threads_);
  }

  const SolvedWorld& solved_;
  ScenarioGroundwork& groundwork_;
  const ScenarioRequest& request_;
  std::vector<std::int32_t> products_;
  int threads_;
  std::vector<ResolvedInstrument> instruments_;
  std::vector<Player> players_;
  ScenarioResult result_;
};

}  // namespace

ScenarioGroundwork::ScenarioGroundwork(const World& world, const BuiltProblem& built, const Backend& backend)
    : world_(world), built_(built), flows_(*built.problem, backend.tables()) {}

const TariffKnowledge& ScenarioGroundwork::tariffs() {
  if (!tariffs_) tariffs_ = std::make_unique<TariffKnowledge>(world_, built_);
  return *tariffs_;
}

ScenarioResult run_scenario(const SolvedWorld& solved, const Scenario& scenario, const Parties& parties,
                            const ScenarioRequest& request) {
  ScenarioGroundwork own(solved.world, solved.built, solved.backend);
  return Run(solved, solved.groundwork == nullptr ? own : *solved.groundwork, scenario, parties, request).run();
}

}  // namespace potentia
