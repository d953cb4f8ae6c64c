// Sentences that the numbers carry: each is made by a rule that the page lists with it.
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/opportunities.hpp"
#include "host/drilldown/facts/pair_sums.hpp"
#include "host/drilldown/facts/prospects.hpp"
#include "host/drilldown/facts/scenarios.hpp"

namespace potentia::drilldown {

/// What the rules look at.
struct Facts {
  const Context& context;
  std::vector<Sums> by_market;  ///< [countries] of the exporter's members
  Sums pair, world;             ///< to the market, to all countries
  std::vector<Sums> by_sector;  ///< of the pair
  AllExports all_exports;
  const Opportunities& opportunities;
  const Prospects& prospects;
  std::string exporter, market;  ///< names
  std::string horizon;           ///< year
};

/// `say` gives the sentence, or nothing where the rule does not apply.
struct FindingRule {
  Rule text;
  std::string (*say)(const Facts& facts);
};

/// Thresholds of the rules; their texts name them in words.
inline constexpr std::size_t leading_products = 20;
inline constexpr double main_sector_share = 0.05;   ///< of the pair's potential
inline constexpr double small_trade_exports = 1e7;  ///< USD, exports in scope to the market
inline constexpr double small_trade_share = 0.01;   ///< of the exporter's exports in scope
inline constexpr double out_of_scope_share = 0.1;   ///< of the exports to the market

/// The sentences of a report, in the order of the rules.
std::vector<Finding> make_findings(const Context& context, const Opportunities& opportunities, const Prospects& prospects);

/// Every rule, whether it applies or not; those on prospects only where there are any.
std::vector<Rule> finding_rules(bool with_prospects);

/// A rule on one scenario.
struct ScenarioRule {
  Rule text;
  std::string (*say)(const ScenarioFacts& facts);
};

/// The sentences on one scenario, in the order of the rules.
std::vector<Finding> scenario_findings(const ScenarioFacts& facts);
std::vector<Rule> scenario_finding_rules();
std::vector<ScenarioRule> scenario_change_rules();  ///< what changes, for whom, and why
std::vector<ScenarioRule> target_rules();           ///< whether targets are within reach

std::vector<FindingRule> total_rules();    ///< the pair, its market, its sectors
std::vector<FindingRule> change_rules();   ///< why the potential changes
std::vector<FindingRule> product_rules();  ///< products and rivals
std::vector<FindingRule> prospect_rules(); ///< how likely opportunities are, how sure their potentials
std::vector<FindingRule> doubt_rules();    ///< what makes the figures uncertain

}  // namespace potentia::drilldown
