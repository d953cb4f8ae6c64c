// All rules, applied to the facts of one report.
#include "host/drilldown/findings/findings.hpp"

namespace potentia::drilldown {
namespace {

std::vector<FindingRule> all_rules(bool with_prospects) {
  std::vector<FindingRule> rules;
  for (auto&& some : {total_rules(), with_prospects ? prospect_rules() : std::vector<FindingRule>(), product_rules(),
                      change_rules(), doubt_rules()})
    rules.insert(rules.end(), some.begin(), some.end());
  return rules;
}

std::vector<ScenarioRule> all_scenario_rules() {
  std::vector<ScenarioRule> rules = scenario_change_rules();
  for (ScenarioRule& rule : target_rules()) rules.push_back(std::move(rule));
  return rules;
}

}  // namespace

std::vector<Finding> make_findings(const Context& context, const Opportunities& opportunities, const Prospects& prospects) {
  Facts facts{context,
              sums_by_market(context),
              {},
              {},
              sums_by_sector(context),
              all_exports(context),
              opportunities,
              prospects,
              context.exporter.name,
              context.market.name,
              std::to_string(context.solution->settings.world.horizon_year)};
  facts.pair = market_sums(context, facts.by_market);
  facts.world = world_sums(facts.by_market);
  std::vector<Finding> findings;
  for (const FindingRule& rule : all_rules(prospects.any())) {
    std::string sentence = rule.say(facts);
    if (!sentence.empty()) findings.push_back({rule.text.name, std::move(sentence)});
  }
  return findings;
}

std::vector<Rule> finding_rules(bool with_prospects) {
  std::vector<Rule> rules;
  for (const FindingRule& rule : all_rules(with_prospects)) rules.push_back(rule.text);
  return rules;
}

std::vector<Finding> scenario_findings(const ScenarioFacts& facts) {
  std::vector<Finding> findings;
  for (const ScenarioRule& rule : all_scenario_rules()) {
    std::string sentence = rule.say(facts);
    if (!sentence.empty()) findings.push_back({rule.text.name, std::move(sentence)});
  }
  return findings;
}

std::vector<Rule> scenario_finding_rules() {
  std::vector<Rule> rules;
  for (const ScenarioRule& rule : all_scenario_rules()) rules.push_back(rule.text);
  return rules;
}

}  // namespace potentia::drilldown
