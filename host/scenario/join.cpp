// One scenario's result from the parts of all products.
#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "host/scenario/opportunity_ranks.hpp"
#include "host/scenario/run.hpp"
#include "host/scenario/target.hpp"
#include "kernels/cpu/difference.hpp"

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

class Join {
public:
  Join(const ScenarioAxes& axes, const std::vector<std::vector<std::int32_t>>& columns, std::vector<ScenarioPart> parts,
       int threads)
      : axes_(axes), columns_(columns), parts_(std::move(parts)), threads_(threads) {}

  ScenarioResult all(const Margins& start) {
    tell();
    pairs(start);
    if (parts_.size() == 1)
      take_products();
    else
      join_products();
    rank_opportunities(result_);
    for (std::size_t n = 0; n < parts_[0].targets.size(); ++n)
      result_.targets.push_back(judge_target(target(n), axes_.products, axes_.base_year, axes_.countries, result_));
    return std::move(result_);
  }

private:
  using Columns = std::array<std::vector<double>, column_count>;

  void tell() {
    ScenarioResult& told = parts_[0].told;
    result_.name = std::move(told.name);
    result_.description = std::move(told.description);
    result_.files = std::move(told.files);
    result_.assumptions = std::move(told.assumptions);
    result_.instruments = std::move(told.instruments);
    result_.notices = std::move(told.notices);
    result_.changes_nothing = told.changes_nothing;
    result_.sector_exporters = std::move(told.sector_exporters);
    result_.sector_markets = std::move(told.sector_markets);
  }

  std::vector<PairPiece> pieces(PairSums ScenarioPart::*which) {
    std::vector<PairPiece> all;
    for (ScenarioPart& part : parts_)
      for (PairPiece& piece : (part.*which).pieces) all.push_back(std::move(piece));
    fold_pieces(all);
    return all;
  }

  Difference difference(PairSums ScenarioPart::*which, std::int32_t instruments) {
    const PairSums& first = parts_[0].*which;
    const DifferenceLayout layout(axes_.countries, instruments, first.markets);
    return finish_differences(layout, first.terms, pieces(which), axes_.sectors, threads_);
  }

  void pairs(const Margins& of_all) {
    Margins own;
    const bool has_own = !parts_[0].start.markets.empty();
    if (has_own) {
      const std::vector<std::int32_t>& countries = parts_[0].start.markets;
      write_pair_margins(parts_[0].start.terms, pieces(&ScenarioPart::start), axes_.sectors, countries, countries,
                         threads_, own);
    }
    const Margins& start = has_own ? own : of_all;
    result_.baseline_pair = copy_of(start.pair);
    result_.baseline_pair_sector = sectors_of(start.pair_sector);
    if (!parts_[0].baseline.markets.empty())
      merge(difference(&ScenarioPart::baseline, 0), result_.baseline_pair, result_.baseline_pair_sector);
    result_.scenario_pair = copy_of(result_.baseline_pair);
    result_.scenario_pair_sector = copy_of(result_.baseline_pair_sector);
    const std::size_t square = static_cast<std::size_t>(axes_.countries) * axes_.countries;
    result_.at_risk = Buffer<double>::zeroed(square);
    result_.by_instrument = Buffer<double>::zeroed(result_.instruments.size() * square);
    if (!parts_[0].scenario.markets.empty())
      merge_difference(difference(&ScenarioPart::scenario, static_cast<std::int32_t>(result_.instruments.size())));
  }

  /// The rows and columns of pair_sector that are wanted.
  Margin sectors_of(const Margin& all) const {
    const std::size_t countries = axes_.countries, sectors = axes_.sectors;
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
    const std::size_t countries = axes_.countries, sectors = axes_.sectors;
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
      const std::size_t column = found - result_.sector_markets.begin(), width = result_.sector_markets.size();
      for (std::size_t row = 0; row < result_.sector_exporters.size(); ++row)
        for (int c = 0; c < column_count; ++c)
          std::copy_n(part.pair_sector.columns[c].data() + (result_.sector_exporters[row] * chosen + m) * sectors,
                      sectors, pair_sector.columns[c].data() + (row * width + column) * sectors);
    }
  }

  void merge_difference(const Difference& part) {
    merge(part, result_.scenario_pair, result_.scenario_pair_sector);
    const std::size_t countries = axes_.countries, chosen = part.markets.size();
    for (std::size_t exporter = 0; exporter < countries; ++exporter)
      for (std::size_t m = 0; m < chosen; ++m) {
        const std::size_t to = exporter * countries + part.markets[m], from = exporter * chosen + m;
        result_.at_risk[to] = part.at_risk[from];
        for (std::size_t n = 0; n < result_.instruments.size(); ++n)
          result_.by_instrument[n * countries * countries + to] = part.by_instrument[n * countries * chosen + from];
      }
  }

  /// One part has all products, in their order.
  void take_products() {
    ScenarioResult& told = parts_[0].told;
    result_.baseline_exporter_product = std::move(told.baseline_exporter_product);
    result_.scenario_exporter_product = std::move(told.scenario_exporter_product);
    result_.baseline_market_product = std::move(told.baseline_market_product);
    result_.scenario_market_product = std::move(told.scenario_market_product);
    result_.baseline_factors = std::move(told.baseline_factors);
    result_.scenario_factors = std::move(told.scenario_factors);
    result_.cells = std::move(told.cells);
    result_.products = std::move(told.products);
  }

  void join_products() {
    for (const auto table : {&ScenarioResult::baseline_exporter_product, &ScenarioResult::scenario_exporter_product,
                             &ScenarioResult::baseline_market_product, &ScenarioResult::scenario_market_product})
      for (int c = 0; c < column_count; ++c)
        join_table((result_.*table).columns[c], [&, table, c](const ScenarioResult& told) -> const Buffer<double>& {
          return (told.*table).columns[c];
        });
    for (const auto factors : {&ScenarioResult::baseline_factors, &ScenarioResult::scenario_factors}) {
      for (const auto table :
           {&Factors::supply_now, &Factors::supply, &Factors::demand_now, &Factors::demand, &Factors::typical_distance})
        join_table((result_.*factors).*table, [&, factors, table](const ScenarioResult& told) -> const Buffer<double>& {
          return (told.*factors).*table;
        });
      (result_.*factors).ease = std::move((parts_[0].told.*factors).ease);
    }
    join_sums();
    join_cells();
  }

  template <class Of>
  void join_table(Buffer<double>& whole, const Of& of) const {
    const std::size_t products = axes_.products.size(), rows = axes_.countries;
    if (std::all_of(parts_.begin(), parts_.end(), [&](const ScenarioPart& part) { return of(part.told).empty(); }))
      return;
    whole = Buffer<double>(rows * products);
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const Buffer<double>& part = of(parts_[p].told);
      for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t at = 0; at < columns_[p].size(); ++at)
          whole[row * products + columns_[p][at]] = part[row * columns_[p].size() + at];
    }
  }

  void put(std::size_t p, const std::vector<double>& part, std::vector<double>& whole) const {
    whole.resize(axes_.products.size());
    for (std::size_t at = 0; at < columns_[p].size(); ++at) whole[columns_[p][at]] = part[at];
  }

  void join_sums() {
    ScenarioProducts& sums = result_.products;
    const bool asked = std::any_of(parts_.begin(), parts_.end(),
                                   [](const ScenarioPart& part) { return !part.told.products.at_risk.empty(); });
    if (!asked) return;
    sums.by_instrument.resize(result_.instruments.size());
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const ScenarioProducts& part = parts_[p].told.products;
      for (int c = 0; c < column_count; ++c) {
        put(p, part.baseline[c], sums.baseline[c]);
        put(p, part.scenario[c], sums.scenario[c]);
      }
      put(p, part.at_risk, sums.at_risk);
      for (std::size_t n = 0; n < sums.by_instrument.size(); ++n) put(p, part.by_instrument[n], sums.by_instrument[n]);
    }
  }

  void join_cells() {
    struct Place {
      std::int32_t exporter, market, product;
      std::size_t part, at;
      bool operator<(const Place& other) const {
        return std::tie(exporter, market, product) < std::tie(other.exporter, other.market, other.product);
      }
    };
    std::vector<Place> places;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const ScenarioCells& cells = parts_[p].told.cells;
      for (std::size_t at = 0; at < cells.exporter.size(); ++at)
        places.push_back({cells.exporter[at], cells.market[at], columns_[p][cells.product[at]], p, at});
    }
    std::sort(places.begin(), places.end());
    ScenarioCells& cells = result_.cells;
    cells.by_instrument.resize(parts_[0].told.cells.by_instrument.size());
    for (const Place& place : places) {
      const ScenarioCells& from = parts_[place.part].told.cells;
      cells.exporter.push_back(place.exporter);
      cells.market.push_back(place.market);
      cells.product.push_back(place.product);
      for (int c = 0; c < column_count; ++c) {
        cells.baseline[c].push_back(from.baseline[c][place.at]);
        cells.scenario[c].push_back(from.scenario[c][place.at]);
      }
      cells.at_risk.push_back(from.at_risk[place.at]);
      for (std::size_t n = 0; n < cells.by_instrument.size(); ++n)
        cells.by_instrument[n].push_back(from.by_instrument[n][place.at]);
    }
  }

  TargetPart target(std::size_t n) const {
    TargetPart whole;
    whole.line = parts_[0].targets[n].line;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      put(p, parts_[p].targets[n].unrealized, whole.unrealized);
      put(p, parts_[p].targets[n].static_part, whole.static_part);
    }
    return whole;
  }

  const ScenarioAxes& axes_;
  const std::vector<std::vector<std::int32_t>>& columns_;
  std::vector<ScenarioPart> parts_;
  int threads_;
  ScenarioResult result_;
};

}  // namespace

ScenarioResult join_scenario(const Margins& start, const ScenarioAxes& axes,
                             const std::vector<std::vector<std::int32_t>>& columns, std::vector<ScenarioPart> parts,
                             int threads) {
  return Join(axes, columns, std::move(parts), threads).all(start);
}

}  // namespace potentia
