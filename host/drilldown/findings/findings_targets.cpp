// Findings on targets: the growth they need, and whether the potential reaches them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

/// Every target's sentence, one after the other.
template <class Sentence>
std::string each(const ScenarioFacts& facts, const Sentence& sentence) {
  std::string text;
  for (const TargetLine& target : facts.result->targets) text += (text.empty() ? "" : " ") + sentence(target);
  return text;
}

std::string past_in_words(const TargetLine& target) {
  if (std::isnan(target.past_growth)) return "the past cannot be compared, as the world has trade of one year alone";
  const std::string years = fmt::format("from {} to {} it ", target.past_first, target.past_last);
  if (std::isinf(target.past_growth)) return years + "began";
  return years + (target.past_growth < 0.0 ? "fell by " : "grew by ") + growth_in_words(std::fabs(target.past_growth));
}

std::string growth(const ScenarioFacts& facts) {
  return each(facts, [&](const TargetLine& target) {
    const std::string what = "The target " + in_quotes(target.instrument) + ", " + in_dollars(target.value) + " " +
                             target_parties(*facts.context->world, target) + " in " + std::to_string(target.year) + ",";
    if (target.actual >= target.value)
      return what + " is less than the " + in_dollars(target.actual) + " of the base period; " + past_in_words(target) +
             ".";
    return what + " needs trade to " +
           (std::isinf(target.required_growth) ? "begin at all"
                                               : "grow by " + growth_in_words(target.required_growth) + " from the " +
                                                     in_dollars(target.actual) + " of the base period") +
           "; " + past_in_words(target) + ".";
  });
}

std::string reach(const ScenarioFacts& facts) {
  return each(facts, [&](const TargetLine& target) {
    std::string text = "The potential in " + std::to_string(target.compared_year) + ", " +
                       in_dollars(target.potential) + (target.reached ? ", reaches " : ", does not reach ") +
                       in_quotes(target.instrument);
    if (target.year > target.compared_year) text += " (the target's year lies after the horizon)";
    return text + ".";
  });
}

std::string cover(const ScenarioFacts& facts) {
  return each(facts, [&](const TargetLine& target) {
    const double gap = target.value - target.actual;
    if (!(gap > 0.0)) return "Nothing is missing to " + in_quotes(target.instrument) + ".";
    const std::string unrealized = in_dollars(target.static_part + target.dynamic) + " of unrealised potential (" +
                                   in_dollars(target.static_part) + " static, " + in_dollars(target.dynamic) +
                                   " dynamic)";
    if (!target.covered)
      return "All of " + unrealized + " would not cover the " + in_dollars(gap) + " that " +
             in_quotes(target.instrument) + " lacks.";
    return "Of " + unrealized + ", the " +
           (target.product.size() == 1 ? "largest product"
                                       : "largest " + counted(target.product.size(), "product", "products")) +
           " would cover the " + in_dollars(gap) + " that " + in_quotes(target.instrument) + " lacks.";
  });
}

}  // namespace

std::vector<ScenarioRule> target_rules() {
  return {
      {{"target_growth", "A scenario has a target.",
        "The growth a year that leads from the base period's trade to the target, and that of the years of trade that "
        "the world has."},
       growth},
      {{"target_reach", "A scenario has a target.",
        "Whether the scenario's potential at the horizon is the target or more."},
       reach},
      {{"target_cover", "A scenario has a target.",
        "Whether unrealised potential covers what is missing, and how many products of the largest do."},
       cover},
  };
}

}  // namespace potentia::drilldown
