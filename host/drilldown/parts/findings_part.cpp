// Part 7: the findings and the rules behind them.
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"

namespace potentia::drilldown {

Part findings_part(const std::vector<Finding>& findings, const std::vector<Rule>& rules) {
  Figure sentences;
  sentences.id = "findings";
  sentences.title = "Findings";
  sentences.definition =
      "Sentences made by fixed rules from the numbers of this report; the rule's name leads to when it applies and "
      "what "
      "it says. They describe an estimate, not a forecast.";
  sentences.table.columns = {{"finding", "Finding", Kind::text}, {"rule", "Rule", Kind::code}};
  for (const Finding& finding : findings)
    sentences.table.rows.push_back({finding.sentence, finding.rule});

  Figure listed;
  listed.id = "finding_rules";
  listed.title = "Rules behind the findings";
  listed.definition = "Every rule, whether it applies here or not.";
  listed.table.columns = {
      {"rule", "Rule", Kind::code}, {"when", "Applies when", Kind::text}, {"says", "Says", Kind::text}};
  for (const Rule& rule : rules) listed.table.rows.push_back({rule.name, rule.when, rule.says});
  return {"findings", "Findings", {std::move(sentences), std::move(listed)}};
}

}  // namespace potentia::drilldown
