// What a scenario changes for a report's parties: sums of the result of `potentia scenario`, none of them computed
// anew.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/pair_sums.hpp"
#include "io/result/scenario_result.hpp"

namespace potentia::drilldown {

/// The chapter on scenarios: what `potentia scenario` makes of them for the report's parties.
struct Scenarios {
  std::vector<ScenarioResult> results;  ///< by name; with sums by product of the exporter's and market's members
  std::vector<SourceFile> files;        ///< what they were read from
};

/// An exporter's sales to the market, or a market's purchases from the exporter, before and after. USD
struct CountryChange {
  std::int32_t country = -1;
  double actual = 0.0, before = 0.0, after = 0.0;  ///< exports, potential of baseline and scenario
  double at_risk = 0.0;
  bool is_party = false;  ///< a member of the report's exporter
  double change() const { return after - before; }
};

struct ScenarioFacts {
  const Context* context = nullptr;
  const ScenarioResult* result = nullptr;
  Sums before{}, after{};                ///< of the pair; pairs in ascending order of exporter and market
  double at_risk = 0.0;                  ///< USD
  std::vector<double> by_instrument;     ///< USD of the pair's difference
  std::vector<CountryChange> exporters;  ///< whose potential in the market changes, largest change first
  std::vector<CountryChange> markets;    ///< members of a group of markets for which the exporter's potential changes
  std::vector<std::int32_t> changed;     ///< products whose potential changes, largest change first
  std::vector<std::int32_t> risky;       ///< products with exports at risk, most first
  std::vector<std::size_t> place_before, place_after;  ///< [products] by unrealised potential, from 1

  double change() const { return after[column_potential] - before[column_potential]; }
  double product_change(std::int32_t product) const {
    return result->products.scenario[column_potential][product] - result->products.baseline[column_potential][product];
  }
  /// Whether it leaves every product of the pair as it is.
  bool leaves_pair() const { return changed.empty(); }
  /// Whether the list of opportunities has an order on both sides.
  bool ranks_compare() const { return !std::isnan(result->opportunities.correlation); }
};

/// @pre the results have the sums by product of the context's parties
std::vector<ScenarioFacts> scenario_facts(const Context& context, const Scenarios& scenarios);

/// "from Cambodia to China", "between Cambodia and Laos, both ways"
std::string target_parties(const World& world, const TargetLine& target);

}  // namespace potentia::drilldown
