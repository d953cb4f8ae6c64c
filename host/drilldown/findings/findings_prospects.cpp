// Findings on how likely opportunities are and how sure their potentials.
#include <algorithm>
#include <cmath>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t name_bytes = 90;
constexpr std::size_t leading = 10;
constexpr double unlikely = 0.1;
constexpr double firm = 0.9;

double potential(const Facts& facts, std::int32_t product) { return facts.context.pair.columns[column_potential][product]; }

std::string name(const Facts& facts, std::int32_t product) {
  return shortened(product_in_words(facts.context, product), name_bytes);
}

std::string expected_exports(const Facts& facts) {
  if (!facts.prospects.has_outlook) return "";
  return "By what became of such flows before, exports of " + in_dollars(facts.prospects.expected_of_pair) +
         " are expected by " + facts.horizon + ", where they are " + in_dollars(facts.pair[column_actual]) +
         " now and could be " + in_dollars(facts.pair[column_potential]) +
         "; a mean of many futures, of which single products lie far to either side.";
}

std::string expected_starts(const Facts& facts) {
  const Prospects& prospects = facts.prospects;
  if (!prospects.by_product() || prospects.without_trade.empty()) return "";
  const std::size_t count = prospects.without_trade.size();
  const auto starts = static_cast<std::uint64_t>(std::llround(prospects.starts_of_pair));
  return "Of " + counted(count, "product", "products") + " with potential that " + facts.exporter + " does not sell to " +
         facts.market + " yet, " + counted(starts, "is", "are") + " expected to start by " + facts.horizon + " (" +
         in_percent(prospects.starts_of_pair, static_cast<double>(count)) + ").";
}

/// Among the products that the chart of chances shows.
std::string most_promising(const Facts& facts) {
  const Prospects& prospects = facts.prospects;
  if (!prospects.by_product() || prospects.without_trade.empty()) return "";
  const std::size_t shown = std::min(quadrant_products, prospects.without_trade.size());
  std::size_t best = 0;
  const auto promise = [&](std::size_t n) {
    return potential(facts, prospects.without_trade[n]) * prospects.chance[prospects.without_trade[n]];
  };
  for (std::size_t n = 1; n < shown; ++n)
    if (promise(n) > promise(best)) best = n;
  const std::int32_t product = prospects.without_trade[best];
  return "Among products not sold yet, potential times chance is largest for " + name(facts, product) + ": " +
         in_dollars(potential(facts, product)) + " of potential, which " +
         (best == 0 ? "is the largest" : "is only the " + ordinal(best + 1) + " largest") + ", with a chance of " +
         in_percent(prospects.chance[product], 1.0) + " to start by " + facts.horizon + ".";
}

std::string large_but_unlikely(const Facts& facts) {
  const Prospects& prospects = facts.prospects;
  if (!prospects.by_product() || prospects.without_trade.size() < 2) return "";
  const std::size_t count = std::min(leading, prospects.without_trade.size());
  std::size_t few = 0;
  std::int32_t first = -1;
  for (std::size_t n = 0; n < count; ++n) {
    const std::int32_t product = prospects.without_trade[n];
    if (!(prospects.chance[product] < unlikely)) continue;
    if (few++ == 0) first = product;
  }
  if (few == 0)
    return "None of the " + std::to_string(count) + " largest potentials without trade has a chance below 10 %.";
  return "Of the " + std::to_string(count) + " largest potentials without trade, " + std::to_string(few) +
         (few == 1 ? " has" : " have") + " a chance below 10 % to start by " + facts.horizon +
         (few == 1 ? ": " : "; the largest is ") + name(facts, first) + " (" + in_percent(prospects.chance[first], 1.0) +
         "). They are large on paper: ask what has kept them away before anything is spent on them.";
}

std::string drawn_range(const Facts& facts) {
  if (!facts.prospects.draws) return "";
  const PairDraws& draws = *facts.prospects.draws;
  return "In nine of ten of " + counted(static_cast<std::uint64_t>(draws.draws), "draw", "draws") +
         " of the uncertain inputs, unrealised potential lies between " + in_dollars(draws.unrealized[0]) + " and " +
         in_dollars(draws.unrealized[4]) + " (median " + in_dollars(draws.unrealized[2]) + "; without draws " +
         in_dollars(facts.pair[column_unrealized]) + ").";
}

std::string firm_products(const Facts& facts) {
  const Prospects& prospects = facts.prospects;
  if (!prospects.draws) return "";
  std::size_t listed_ones = 0, in_top = 0;
  std::vector<std::string> names;
  for (const std::int32_t product : facts.opportunities.order) {
    if (listed_ones == leading) break;
    const PairDraws::Cell* cell = prospects.drawn_cell(product);
    ++listed_ones;
    if (cell == nullptr || !(cell->in_top50 >= firm)) continue;
    ++in_top;
    if (names.size() < 3) names.push_back(shortened(product_in_words(facts.context, product), 60));
  }
  if (listed_ones == 0) return "";
  const std::string whose = "Of the " + counted(listed_ones, "largest opportunity", "largest opportunities") + ", ";
  if (in_top == 0)
    return whose + "none is among the 50 largest of " + facts.exporter + " in all markets in nine of ten draws: their order hangs on the inputs.";
  return whose + std::to_string(in_top) + (in_top == 1 ? " is" : " are") + " among the 50 largest of " + facts.exporter +
         " in all markets in at least nine of ten draws, whichever inputs are wrong" +
         (in_top <= names.size() ? ": " : "; first ") + listed(names) + ".";
}

std::string main_assumption(const Facts& facts) {
  if (!facts.prospects.draws) return "";
  const std::vector<PairDraws::Group>& groups = facts.prospects.draws->groups;
  const PairDraws::Group* most = nullptr;
  for (const PairDraws::Group& group : groups)
    if (std::isfinite(group.total) && (most == nullptr || group.total > most->total)) most = &group;
  if (most == nullptr) return "";
  return "What matters most to the unrealised potential is " + group_in_words(most->name) + ": " +
         in_percent(std::min(1.0, std::max(0.0, most->total)), 1.0) +
         " of its variance over draws would stay if all else were known, give or take " +
         in_percent(std::min(1.0, 2.0 * most->total_error), 1.0) + ".";
}

}  // namespace

std::vector<FindingRule> prospect_rules() {
  return {
      {{"expected_exports", "There is an outlook.",
        "Expected exports at the horizon over all products, beside those of now and the potential."},
       expected_exports},
      {{"expected_starts", "There is an outlook, of one exporter and one market, and products are not sold yet.",
        "How many of those with potential are expected to start by the horizon: the sum of their chances."},
       expected_starts},
      {{"most_promising", "There is an outlook, of one exporter and one market, and products are not sold yet.",
        "Which of the 100 with the largest potential has the largest product of potential and chance, and its place by potential alone."},
       most_promising},
      {{"large_but_unlikely", "There is an outlook, of one exporter and one market, and two products or more are not sold yet.",
        "How many of the ten largest potentials without trade have a chance below 10 %."},
       large_but_unlikely},
      {{"drawn_range", "There are draws.", "Between which values unrealised potential lies in nine of ten draws, and its median."},
       drawn_range},
      {{"firm_products", "There are draws.",
        "How many of the ten largest opportunities are among the exporter's 50 largest, of all markets, in at least nine of ten draws."},
       firm_products},
      {{"main_assumption", "There are draws, made with --sensitivity.",
        "The group of inputs with the largest total index, and the index with twice its standard error."},
       main_assumption},
  };
}

}  // namespace potentia::drilldown
