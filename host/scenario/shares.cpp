#include "host/scenario/shares.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "kernels/error.hpp"
#include "kernels/factors.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

/// Sharing asks for a world for each set of instruments; those that do not share a factor need not be crossed.
struct Group {
  std::vector<std::size_t> players;  ///< positions among all players
  std::vector<char> markets;         ///< [countries] whose cells they touch
  std::size_t sets() const { return std::size_t{1} << players.size(); }
};

class Sharing {
public:
  Sharing(const VariantCompiler& compiler, const std::vector<ResolvedInstrument>& instruments,
          const std::vector<Player>& players, const std::vector<std::int32_t>& markets, FlowsByMarket& flows,
          const SumPieces& sums, int threads)
      : compiler_(compiler),
        instruments_(instruments),
        players_(players),
        markets_(markets),
        flows_(flows),
        sums_(sums),
        threads_(threads) {}

  InstrumentShares shares;

  void prepare(const Problem& problem, std::int64_t stride) {
    countries_ = problem.countries;
    products_ = problem.products;
    stride_ = stride;
    shares.instruments = static_cast<std::int32_t>(players_.size());
    shares.exporter.assign(players_.size() * countries_, 0.0);
    shares.product.assign(players_.size() * products_, 0.0);
    shares.market = Buffer<double>::zeroed(players_.size() * products_ * stride_);
  }

  /// Players that act through growth, or the others, in groups that share no market: what one group does to a factor
  /// does not depend on the others.
  std::vector<Group> groups(bool of_growth) const {
    std::vector<Group> groups;
    for (std::size_t at = 0; at < players_.size(); ++at) {
      const InstrumentKind kind = instruments_[players_[at].instruments[0]].kind();
      const bool growth = kind == InstrumentKind::gdp || kind == InstrumentKind::population ||
                          kind == InstrumentKind::income_elasticity;
      if (growth != of_growth) continue;
      Group joined{{at}, markets_of(players_[at])};
      for (auto group = groups.begin(); group != groups.end();) {
        bool apart = true;
        for (const std::int32_t market : markets_) apart = apart && !(group->markets[market] && joined.markets[market]);
        if (apart) {
          ++group;
          continue;
        }
        joined.players.insert(joined.players.begin(), group->players.begin(), group->players.end());
        for (std::size_t market = 0; market < joined.markets.size(); ++market)
          joined.markets[market] = joined.markets[market] || group->markets[market];
        group = groups.erase(group);
      }
      std::sort(joined.players.begin(), joined.players.end());
      groups.push_back(std::move(joined));
    }
    for (const Group& group : groups)
      if (group.players.size() > most_sharing)
        throw input_error(std::to_string(group.players.size()) +
                              " instruments act on one factor, and the difference can be shared among " +
                              std::to_string(most_sharing) + " at most",
                          instruments_[players_[group.players[most_sharing]].instruments[0]].instrument->where,
                          "merge some, or put those that do not differ on both sides");
    return groups;
  }

  /// Which instruments act when the players of a set have moved from the baseline's side to the scenario's.
  std::vector<char> active(const Group& group, std::size_t set) const {
    std::vector<char> on(instruments_.size(), 0);
    for (std::size_t at = 0; at < on.size(); ++at) on[at] = instruments_[at].in_baseline();
    for (std::size_t at = 0; at < group.players.size(); ++at) {
      const bool moved = (set >> at & 1) != 0;
      for (const std::int32_t instrument : players_[group.players[at]].instruments)
        on[instrument] = moved ? instruments_[instrument].in_scenario() : instruments_[instrument].in_baseline();
    }
    return on;
  }

  void share_growth(const VariantState& world) {
    for (const Group& group : groups(true)) share_growth(world, group);
  }
  void share_access(const VariantState& world, const VariantState& baseline, const VariantState& scenario) {
    shares.class_of.assign(countries_ * countries_, -1);
    for (const Group& group : groups(false)) share_access(world, baseline, scenario, group);
  }

private:
  struct AccessState {
    std::shared_ptr<const Problem> problem;
    Tables own;
    const Tables* tables;
  };

  /// σ and growth are of all markets, the rest of those that the instrument selects.
  std::vector<char> markets_of(const Player& player) const {
    std::vector<char> touched(countries_, 0);
    for (const std::int32_t instrument : player.instruments) {
      const ResolvedInstrument& one = instruments_[instrument];
      const bool everywhere = one.kind() == InstrumentKind::gdp || one.kind() == InstrumentKind::sigma;
      const std::vector<char>& marks = one.kind() == InstrumentKind::population ? one.countries : one.markets;
      for (std::size_t market = 0; market < touched.size(); ++market)
        touched[market] = touched[market] || everywhere || marks[market];
    }
    return touched;
  }
  std::vector<std::int32_t> evaluated(const Group& group) const {
    std::vector<std::int32_t> list;
    for (const std::int32_t market : markets_)
      if (group.markets[market]) list.push_back(market);
    return list;
  }
  void share_growth(const VariantState& world, const Group& sharing);
  void share_access(const VariantState& world, const VariantState& baseline, const VariantState& scenario,
                    const Group& sharing);
  void add_own(const Group& group, const std::vector<AccessState>& states,
               const std::vector<std::vector<double>>& weights);

  const VariantCompiler& compiler_;
  const std::vector<ResolvedInstrument>& instruments_;
  const std::vector<Player>& players_;
  const std::vector<std::int32_t>& markets_;
  FlowsByMarket& flows_;
  const SumPieces& sums_;
  int threads_;
  std::int64_t countries_ = 0, products_ = 0, stride_ = 0;
};

/// Supply through GDP, population and income: logarithms of countries and elasticities.
void Sharing::share_growth(const VariantState& world, const Group& sharing) {
  const std::vector<std::int32_t> markets = evaluated(sharing);
  const auto weights = shapley_weights(sharing.players.size());
  const Problem& of_world = *world.problem;
  const TableView& view = world.tables->view;
  for (std::size_t set = 0; set < sharing.sets(); ++set) {
    const Variant variant = compiler_.compile(active(sharing, set));
    const double* gdp = variant.gdp_growth.empty() ? of_world.gdp_growth : variant.gdp_growth.data();
    const double* population =
        variant.population_growth.empty() ? of_world.population_growth : variant.population_growth.data();
    std::vector<double> log_gdp, log_population, log_income;
    for (std::int64_t country = 0; country < countries_; ++country) {
      log_gdp.push_back(log(gdp[country]));
      log_population.push_back(log(population[country]));
      log_income.push_back(log(gdp[country] / population[country]));
    }
    const bool by_market = !variant.income_elasticity.empty() || of_world.elasticity_by_market;
    const double* elasticity =
        variant.income_elasticity.empty() ? of_world.income_elasticity : variant.income_elasticity.data();
    for (std::size_t at = 0; at < sharing.players.size(); ++at) {
      const std::size_t player = sharing.players[at];
      const double weight = weights[at][set];
      for (std::int64_t country = 0; country < countries_; ++country)
        shares.exporter[player * countries_ + country] += weight * log_gdp[country];
#pragma omp parallel for num_threads(threads_)
      for (std::int64_t product = 0; product < products_; ++product) {
        double all = 0.0, projected = 0.0;
        for (std::int64_t country = 0; country < countries_; ++country) {
          all += view.exports[product * stride_ + country];
          projected += view.exports[product * stride_ + country] * gdp[country];
        }
        if (all > 0.0) shares.product[player * products_ + product] += weight * log(all / projected);
        double* row = shares.market.data() + (player * products_ + product) * stride_;
        for (const std::int32_t market : markets)
          row[market] += weight * (log_population[market] +
                                   elasticity[by_market ? market * products_ + product : product] * log_income[market]);
      }
    }
  }
}

/// The market's mean tariff and the exporter's own costs and ease.
void Sharing::share_access(const VariantState& world, const VariantState& baseline, const VariantState& scenario,
                           const Group& sharing) {
  const std::vector<std::int32_t> markets = evaluated(sharing);
  const auto weights = shapley_weights(sharing.players.size());
  std::vector<AccessState> states(sharing.sets());
  for (std::size_t set = 0; set < states.size(); ++set) {
    AccessState& state = states[set];
    // The two ends are at hand; growth, which they may have and this has not, is in no table that is read here.
    if (set == 0 || set + 1 == states.size()) {
      const VariantState& end = set == 0 ? baseline : scenario;
      state.problem = end.problem;
      state.tables = end.tables;
      continue;
    }
    Variant variant = compiler_.compile(active(sharing, set));
    state.problem = apply_variant(world.problem, variant);
    state.tables = world.tables;
    if (variant.empty()) continue;
    state.own = variant_tables(*world.problem, *world.tables, *state.problem, variant.touched, flows_, threads_, sums_);
    state.tables = &state.own;
  }
  for (std::size_t set = 0; set < states.size(); ++set) {
    const double* log_pull = states[set].tables->view.log_pull;
    if (log_pull == nullptr) continue;
    for (std::size_t at = 0; at < sharing.players.size(); ++at)
      for (std::int64_t product = 0; product < products_; ++product) {
        double* row = shares.market.data() + (sharing.players[at] * products_ + product) * stride_;
        for (const std::int32_t market : markets)
          row[market] += weights[at][set] * log_pull[product * stride_ + market];
      }
  }
  add_own(sharing, states, weights);
}

/// Pairs that are on the same rows under every set are of one class.
void Sharing::add_own(const Group& group, const std::vector<AccessState>& states,
                      const std::vector<std::vector<double>>& weights) {
  using Rows = std::vector<std::int32_t>;  // by set; −2 where the pair has no ease
  std::map<Rows, std::int32_t> classes;
  std::vector<const Rows*> members;
  for (std::int64_t exporter = 0; exporter < countries_; ++exporter)
    for (const std::int32_t market : evaluated(group)) {
      const std::int64_t pair = exporter * countries_ + market;
      Rows rows;
      for (const AccessState& state : states) {
        const TableView& view = state.tables->view;
        const bool nothing = !(view.ease[exporter * stride_ + market] > 0.0);
        rows.push_back(nothing ? -2 : (view.tariff_rows == 0 ? -1 : view.row_horizon[pair]));
      }
      const auto [found, inserted] =
          classes.emplace(std::move(rows), shares.classes + static_cast<std::int32_t>(classes.size()));
      if (inserted) members.push_back(&found->first);
      shares.class_of[pair] = found->second;
    }
  const std::int64_t players = static_cast<std::int64_t>(players_.size()), first = shares.classes;
  shares.classes += static_cast<std::int32_t>(members.size());
  shares.own.resize(shares.classes * players * products_, 0.0);
#pragma omp parallel for num_threads(threads_)
  for (std::int64_t product = 0; product < products_; ++product)
    for (std::size_t one = 0; one < members.size(); ++one)
      for (std::size_t set = 0; set < states.size(); ++set) {
        const TableView& view = states[set].tables->view;
        const std::int32_t row = (*members[one])[set];
        const double own =
            row == -2 ? log_multiplier(0.0) : (row < 0 ? 0.0 : -view.log_cost[product * view.tariff_rows + row]);
        for (std::size_t at = 0; at < group.players.size(); ++at)
          shares
              .own[((first + static_cast<std::int64_t>(one)) * players + static_cast<std::int64_t>(group.players[at])) *
                       products_ +
                   product] += weights[at][set] * own;
      }
}

}  // namespace

std::vector<std::vector<double>> shapley_weights(std::size_t players) {
  std::vector<double> factorial(players + 1, 1.0);
  for (std::size_t n = 1; n <= players; ++n) factorial[n] = factorial[n - 1] * static_cast<double>(n);
  std::vector<std::vector<double>> weights(players, std::vector<double>(std::size_t{1} << players, 0.0));
  for (std::size_t player = 0; player < players; ++player)
    for (std::size_t set = 0; set < weights[player].size(); ++set) {
      const bool in = (set >> player & 1) != 0;
      const std::size_t others = static_cast<std::size_t>(__builtin_popcountll(set)) - (in ? 1 : 0);
      const double weight = factorial[others] * factorial[players - 1 - others] / factorial[players];
      weights[player][set] = in ? weight : -weight;
    }
  return weights;
}

InstrumentShares share_instruments(const VariantCompiler& compiler, const std::vector<ResolvedInstrument>& instruments,
                                   const std::vector<Player>& players, const VariantState& world,
                                   const VariantState& baseline, const VariantState& scenario,
                                   const std::vector<std::int32_t>& markets, FlowsByMarket& flows,
                                   const SumPieces& sums, int threads) {
  Sharing sharing(compiler, instruments, players, markets, flows, sums, threads);
  if (players.size() == 1) {
    sharing.shares.instruments = 1;  // it has all of the difference
    return std::move(sharing.shares);
  }
  sharing.prepare(*world.problem, world.tables->view.stride);
  sharing.share_growth(world);
  sharing.share_access(world, baseline, scenario);
  return std::move(sharing.shares);
}

}  // namespace potentia
