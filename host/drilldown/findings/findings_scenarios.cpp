// Findings on what a scenario changes for the pair, for whom, and why.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t name_bytes = 60;
constexpr std::size_t named_items = 3;
constexpr double least_part = 1e3;  // USD of an instrument's part that is named

std::string scenario_of(const ScenarioFacts& facts) { return "Scenario " + in_quotes(facts.result->name); }

std::string horizon_of(const ScenarioFacts& facts) {
  return std::to_string(facts.context->solution->settings.world.horizon_year);
}

std::string product_of(const ScenarioFacts& facts, std::int32_t product) {
  return shortened(product_in_words(*facts.context, product), name_bytes);
}

/// "USD 95 million, or 3 % of the baseline's" where there is something to compare with.
std::string amount_and_share(double part, double whole, const std::string& of) {
  return in_dollars(part) + (whole > 0.0 ? ", or " + in_percent(part, whole) + " of " + of : "");
}

/// Names of the instruments that say so of themselves, once each, in quotes.
template <class Says>
std::vector<std::string> instruments_that(const ScenarioFacts& facts, const Says& says) {
  std::vector<std::string> names;
  for (const AssumptionLine& line : facts.result->assumptions) {
    if (!says(line)) continue;
    const std::string name = in_quotes(line.instrument);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string difference(const ScenarioFacts& facts) {
  if (facts.leaves_pair()) return "";
  const double change = facts.change(), before = facts.before[column_potential];
  return scenario_of(facts) +
         (change > 0.0   ? " raises"
          : change < 0.0 ? " lowers"
                         : " leaves") +
         " the potential of exports from " + pair_in_words(*facts.context) + " in " + horizon_of(facts) +
         (change == 0.0 ? " as it is in sum, but shifts it among products."
                        : " by " + amount_and_share(std::fabs(change), before, "the baseline's") + ", from " +
                              in_dollars(before) + " to " + in_dollars(facts.after[column_potential]) + ".");
}

std::string nothing(const ScenarioFacts& facts) {
  if (!facts.leaves_pair()) return "";
  const ScenarioResult& result = *facts.result;
  const auto is_target = [](const AssumptionLine& line) { return line.kind == "target"; };
  const bool targets_alone =
      !result.assumptions.empty() && std::all_of(result.assumptions.begin(), result.assumptions.end(), is_target);
  std::string why;
  if (targets_alone)
    why = "it sets a target, and a target changes nothing by itself";
  else if (result.changes_nothing)
    why = "baseline and scenario are the same in every market";
  else if (facts.exporters.empty())
    why = "what it changes lies elsewhere";
  else
    why = "what it changes there concerns other exporters";
  return scenario_of(facts) + " changes nothing for exports from " + pair_in_words(*facts.context) + ": " + why + ".";
}

std::string basis(const ScenarioFacts& facts) {
  const std::vector<AssumptionLine>& lines = facts.result->assumptions;
  if (lines.empty()) return "";
  const std::size_t assumed =
      std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.assumption; });
  const std::string all = "It rests on " + counted(lines.size(), "statement", "statements");
  if (assumed == 0)
    return all + (lines.size() == 1 ? ", and a source is given for it." : ", and a source is given for each.");
  if (assumed == lines.size())
    return all + (lines.size() == 1 ? ", and it is an assumption." : ", and all of them are assumptions.");
  return all + "; " + counted(assumed, "is an assumption", "are assumptions") + ", the others have a source.";
}

std::string in_base(const ScenarioFacts& facts) {
  const std::vector<std::string> names =
      instruments_that(facts, [](const AssumptionLine& line) { return line.already_in_base && line.acts; });
  if (names.empty()) return "";
  return "The trade of the base period already has " + listed(names) + " in it. The scenario takes " +
         (names.size() == 1 ? "it" : "them") +
         " out, so that the contribution is the difference with its sign turned round.";
}

std::string own_baseline(const ScenarioFacts& facts) {
  const std::vector<std::string> names =
      instruments_that(facts, [](const AssumptionLine& line) { return line.side == "baseline" && line.acts; });
  const std::vector<std::string> both =
      instruments_that(facts, [](const AssumptionLine& line) { return line.side == "both" && line.acts; });
  if (names.empty() && both.empty()) return "";
  std::string text;
  if (!names.empty())
    text = "What it is compared with is a baseline of its own, under which " + listed(names) +
           (names.size() == 1 ? " is" : " are") + " laid";
  if (!both.empty())
    text += (text.empty() ? "" : "; ") + listed(both) + (both.size() == 1 ? " holds" : " hold") + " on both sides";
  const double potential = facts.context->pair.total(column_potential);
  // The report's own sum by product and the engine's by pair differ in the last digits.
  if (std::fabs(facts.before[column_potential] - potential) <= 1e-9 * potential)
    return text + ". For this pair it is the potential of the rest of the report.";
  return text + ". The baseline's potential is " + in_dollars(facts.before[column_potential]) +
         ", where the rest of the report has " + in_dollars(potential) + ".";
}

std::string inactive(const ScenarioFacts& facts) {
  const std::vector<std::string> names = instruments_that(facts, [](const AssumptionLine& line) { return !line.acts; });
  if (names.empty()) return "";
  return listed(names) + (names.size() == 1 ? " does" : " do") + " not act in " + horizon_of(facts) +
         ", the horizon, and changes nothing.";
}

std::string parts(const ScenarioFacts& facts) {
  const std::vector<std::string>& names = facts.result->instruments;
  const double change = facts.change();
  if (facts.leaves_pair() || names.empty() || change == 0.0) return "";
  if (names.size() == 1) return "All of the difference comes from " + in_quotes(names[0]) + ".";
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < names.size(); ++n)
    if (std::fabs(facts.by_instrument[n]) >= least_part) order.push_back(n);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::fabs(facts.by_instrument[a]) > std::fabs(facts.by_instrument[b]);
  });
  if (order.empty()) return "";
  std::vector<std::string> items;
  for (const std::size_t n : order)
    items.push_back(in_quotes(names[n]) + " (" + in_dollars(facts.by_instrument[n]) + ")");
  const std::size_t others = names.size() - order.size();
  return "Of the difference of " + in_dollars(change) + ", " + listed(items) +
         (items.size() == 1 ? " explains all" : " explain the whole") +
         (others == 0 ? "."
                      : "; " + counted(others, "other instrument has", "other instruments have") +
                            " no part in it that reaches USD 1,000.");
}

/// Product lines "A (minus USD 3 million)", up to three of those that rise or fall.
std::vector<std::string> movers(const ScenarioFacts& facts, double sign) {
  std::vector<std::string> items;
  for (const std::int32_t product : facts.changed) {
    const double change = facts.product_change(product);
    if (change * sign > 0.0 && items.size() < named_items)
      items.push_back(product_of(facts, product) + " (" + in_dollars(change) + ")");
  }
  return items;
}

std::string products(const ScenarioFacts& facts) {
  if (facts.leaves_pair()) return "";
  std::size_t up = 0;
  for (const std::int32_t product : facts.changed) up += facts.product_change(product) > 0.0;
  const std::size_t down = facts.changed.size() - up;
  const auto sentence = [&](std::size_t count, const char* verb, const char* verbs, double sign) {
    if (count == 0) return std::string();
    return counted(count, std::string("product ") + verb, std::string("products ") + verbs) +
           " potential, most of all " + listed(movers(facts, sign));
  };
  const std::string losers = sentence(down, "loses", "lose", -1.0), winners = sentence(up, "gains", "gain", 1.0);
  return winners + (winners.empty() || losers.empty() ? "" : "; ") + losers + ".";
}

std::string risk(const ScenarioFacts& facts) {
  if (!(facts.at_risk > 0.0)) return "";
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t product : facts.risky) {
    names.push_back(product_in_words(*facts.context, product));
    values.push_back(facts.result->products.at_risk[product]);
  }
  return "Exports of " + amount_and_share(facts.at_risk, facts.before[column_actual], "those in scope") +
         ", are at risk: the baseline's potential carries them and the scenario's does not. " +
         largest_in_words(names, values);
}

std::string rivals(const ScenarioFacts& facts) {
  std::vector<std::string> gain, lose;
  double all = 0.0;
  for (const CountryChange& one : facts.exporters) {
    if (one.is_party || one.change() == 0.0) continue;
    all += one.change();
    std::vector<std::string>& items = one.change() > 0.0 ? gain : lose;
    if (items.size() < named_items)
      items.push_back(facts.context->world->countries[one.country].name + " (" + in_dollars(one.change()) + ")");
  }
  if (gain.empty() && lose.empty()) return "";
  std::string text = "Among rivals in " + facts.context->market.name;
  if (!gain.empty()) text += ", " + listed(gain) + (gain.size() == 1 ? " gains" : " gain") + " most";
  if (!lose.empty())
    text +=
        std::string(gain.empty() ? "," : ";") + " " + listed(lose) + (lose.size() == 1 ? " loses" : " lose") + " most";
  return text + "; the potential of all rivals together changes by " + in_dollars(all) + ".";
}

std::string ranks(const ScenarioFacts& facts) {
  if (facts.leaves_pair() || !facts.ranks_compare()) return "";
  const OpportunityRanks& ranks = facts.result->opportunities;
  const std::string text = fmt::format(
      "By unrealised potential, products keep their order with a rank correlation of {:.4f}", ranks.correlation);
  if (ranks.changes.empty()) return text + "; none of the first hundred changes its place.";
  const RankChange& first = ranks.changes[0];
  return text + "; of the first hundred, " + product_of(facts, first.product) + " moves farthest, from place " +
         std::to_string(first.place_baseline) + " to " + std::to_string(first.place_scenario) + ".";
}

}  // namespace

std::vector<ScenarioRule> scenario_change_rules() {
  return {
      {{"scenario_difference", "A scenario changes the potential of some product of the pair.",
        "Potential at the horizon in the scenario's baseline and in the scenario, and the difference."},
       difference},
      {{"scenario_nothing", "A scenario leaves every product of the pair as it is.", "That, and why."}, nothing},
      {{"scenario_basis", "A scenario makes statements.",
        "How many numbers and other statements it makes, and how many of them are assumptions without a source."},
       basis},
      {{"scenario_in_base", "An instrument is marked as already in the trade of the base period.",
        "That the scenario takes it out, and how the difference is to be read."},
       in_base},
      {{"scenario_baseline", "An instrument is laid under the baseline, or under both sides.",
        "Which, and the baseline's potential beside that of the rest of the report."},
       own_baseline},
      {{"scenario_inactive", "An instrument does not act at the horizon.", "Which."}, inactive},
      {{"scenario_parts", "The pair's potential changes.",
        "What each instrument explains of the difference, split exactly by logarithmic means and Shapley values; parts "
        "below "
        "USD 1,000 are counted."},
       parts},
      {{"scenario_products", "A scenario changes the potential of some product of the pair.",
        "How many products gain and lose potential, and the three of each with the largest change."},
       products},
      {{"scenario_risk", "Some product of the pair has exports at risk.",
        "Exports that the baseline's potential carries and the scenario's does not, and where most of them lie."},
       risk},
      {{"scenario_rivals", "The potential of another exporter in the market changes.",
        "The three rivals that gain and lose most there, and what changes for all of them together."},
       rivals},
      {{"scenario_ranks", "A scenario changes the potential of some product of the pair.",
        "Spearman's rank correlation of unrealised potential by product, and the farthest move among those of the "
        "first "
        "hundred places."},
       ranks},
  };
}

}  // namespace potentia::drilldown
