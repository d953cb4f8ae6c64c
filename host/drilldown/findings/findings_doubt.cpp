// Findings on what makes the figures uncertain.
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

std::string small_trade(const Facts& facts) {
  const double exports = facts.pair[column_actual], all = facts.world[column_actual];
  if (!(exports > 0.0) || (exports >= small_trade_exports && exports >= small_trade_share * all)) return "";
  return facts.exporter + " sold " + in_dollars(exports) + " of products in scope to " + facts.market +
         " in the base period, " + in_percent(exports, all) +
         " of its exports in scope: the ease of trade between the " +
         "two, and every share in this report, rests on small flows and is uncertain.";
}

std::string out_of_scope(const Facts& facts) {
  const double all = facts.all_exports.market, outside = all - facts.pair[column_actual];
  if (!(all > 0.0) || !(outside >= out_of_scope_share * all)) return "";
  return "Products out of scope make up " + in_percent(outside, all) + " of the exports from " + facts.exporter +
         " to " + facts.market + " and take no part in these estimates.";
}

std::string filled_inputs(const Facts& facts) {
  const double whole = facts.context.pair.total(column_unrealized);
  if (!(whole > 0.0)) return "";
  double sum = 0.0;
  for (const std::int32_t product : facts.opportunities.order)
    if (facts.opportunities.flags[product].has_fill()) sum += facts.context.pair.columns[column_unrealized][product];
  if (!(sum > 0.0)) return "No untapped potential rests on an input of the pair that was missing and filled by rule.";
  return "Products for which an input was missing and filled by rule (elasticity, distance, growth or tariff line) "
         "stand "
         "for " +
         in_percent(sum, whole) + " of untapped potential.";
}

std::string one_supplier(const Facts& facts) {
  const double whole = facts.context.pair.total(column_unrealized);
  double sum = 0.0;
  std::size_t count = 0;
  for (const std::int32_t product : facts.opportunities.order) {
    const double untapped = facts.context.pair.columns[column_unrealized][product];
    if (!facts.opportunities.flags[product].has(flag_single_supplier) || !(untapped > 0.0)) continue;
    sum += untapped;
    ++count;
  }
  if (count == 0) return "";
  return "In " + counted(count, "product", "products") +
         " with untapped potential a single rival supplies more than 80 % " + "of the market; " +
         (count == 1 ? "it stands" : "they stand") + " for " + in_percent(sum, whole) + " of the untapped.";
}

std::string net_importer(const Facts& facts) {
  const double whole = facts.context.pair.total(column_unrealized);
  double sum = 0.0;
  for (const std::int32_t product : facts.opportunities.order)
    if (facts.opportunities.flags[product].has(flag_net_importer))
      sum += facts.context.pair.columns[column_unrealized][product];
  if (!(sum > 0.0)) return "";
  return "Products of which " + facts.exporter + " imports more than it exports stand for " + in_percent(sum, whole) +
         " of untapped potential: what it sells of them may be re-exports.";
}

std::string one_year(const Facts& facts) {
  const std::vector<std::int32_t>& years = facts.context.solution->settings.world.base_years;
  if (years.size() != 1) return "";
  return "All figures rest on the trade of a single year, " + std::to_string(years[0]) +
         ": it cannot be told from a good or a bad year.";
}

}  // namespace

std::vector<FindingRule> doubt_rules() {
  return {
      {{"small_trade",
        "Exports in scope to the market are below USD 10 million or below 1 % of the exporter's, and not nothing.",
        "That the figures rest on small flows and are uncertain."},
       small_trade},
      {{"out_of_scope", "Products out of scope make up a tenth or more of the exports to the market.",
        "Their share in the exports of all products."},
       out_of_scope},
      {{"one_supplier", "Products with untapped potential have a single supplier.",
        "How many have a rival with more than 80 % of the market's imports, and their share in all untapped "
        "potential."},
       one_supplier},
      {{"net_importer", "Products of which the exporter imports more than it exports have unrealised potential.",
        "Their share in all unrealised potential."},
       net_importer},
      {{"filled_inputs", "The pair has unrealised potential.",
        "The share of it in products flagged for a filled elasticity, distance or growth, or an unmatched tariff "
        "line."},
       filled_inputs},
      {{"one_year", "The base period is a single year.", "That all figures rest on it."}, one_year},
  };
}

}  // namespace potentia::drilldown
