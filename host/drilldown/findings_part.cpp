// Part 7: the findings and the rules behind them.
#include "host/drilldown/findings.hpp"
#include "host/drilldown/parts.hpp"

namespace potentia::drilldown {
namespace {

std::vector<FindingRule> all_rules() {
  std::vector<FindingRule> rules;
  for (auto&& some : {total_rules(), product_rules(), change_rules(), doubt_rules()})
    rules.insert(rules.end(), some.begin(), some.end());
  return rules;
}

}  // namespace

std::vector<Finding> make_findings(const Context& context) {
  Facts facts{context,
              sums_by_market(context),
              {},
              {},
              sums_by_sector(context),
              all_exports(context),
              *context.opportunities,
              context.exporter.name,
              context.market.name,
              std::to_string(context.solution->settings.world.horizon_year)};
  facts.pair = market_sums(context, facts.by_market);
  facts.world = world_sums(facts.by_market);
  std::vector<Finding> findings;
  for (const FindingRule& rule : all_rules()) {
    std::string sentence = rule.say(facts);
    if (!sentence.empty()) findings.push_back({rule.text.name, std::move(sentence)});
  }
  return findings;
}

std::vector<Rule> finding_rules() {
  std::vector<Rule> rules;
  for (const FindingRule& rule : all_rules()) rules.push_back(rule.text);
  return rules;
}

Part findings_part(const Context& context) {
  Figure sentences;
  sentences.id = "findings";
  sentences.title = "Findings";
  sentences.definition =
      "Sentences made by fixed rules from the numbers of this report; the rule's name leads to when it applies and "
      "what "
      "it says. They describe an estimate, not a forecast.";
  sentences.table.columns = {{"finding", "Finding", Kind::text}, {"rule", "Rule", Kind::code}};
  for (const Finding& finding : make_findings(context))
    sentences.table.rows.push_back({finding.sentence, finding.rule});

  Figure rules;
  rules.id = "finding_rules";
  rules.title = "Rules behind the findings";
  rules.definition = "Every rule, whether it applies here or not.";
  rules.table.columns = {
      {"rule", "Rule", Kind::code}, {"when", "Applies when", Kind::text}, {"says", "Says", Kind::text}};
  for (const Rule& rule : finding_rules()) rules.table.rows.push_back({rule.name, rule.when, rule.says});
  return {"findings", "Findings", {std::move(sentences), std::move(rules)}};
}

}  // namespace potentia::drilldown
