// See provenance_texts.hpp.
#include "host/drilldown/parts/provenance_texts.hpp"

#include "host/drilldown/facts/flags.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {

std::vector<TermText> threshold_texts() {
  return {
      {"Reporting thresholds", "None: every product with trade or potential is listed and summed."},
      {"Markets shown",
       "The " + std::to_string(shown_markets) + " with most unrealised potential, the others together."},
      {"Main products", "The " + std::to_string(shown_products) + " with most of what the table is about."},
      {"Single supplier",
       "A rival with more than " + in_percent(single_supplier_share, 1.0) + " of the market's imports."},
      {"Tiny market", "Imports of the product below " + in_dollars(tiny_market_imports) + "."},
      {"Small flow", "Exports of the product to the market below " + in_dollars(small_flow_exports) + "."},
      {"Filled growth or distance of a group", "Set where the members concerned hold " +
                                                   in_percent(filled_weight, 1.0) +
                                                   " or more of the group's trade in the product."},
      {"Few years",
       "The exporter sold the product in fewer than half of the base years, or there is a single base year."},
      {"Small trade of the pair", "Exports in scope below " + in_dollars(small_trade_exports) + " or below " +
                                      in_percent(small_trade_share, 1.0) + " of the exporter's."},
      {"Sectors compared by share realised",
       "Those with " + in_percent(main_sector_share, 1.0) + " or more of the pair's potential."},
      {"Exports out of scope worth a sentence",
       in_percent(out_of_scope_share, 1.0) + " or more of exports to the market."},
  };
}

std::vector<TermText> definition_texts() {
  return {
      {"Potential",
       "Supply × demand × market access × distance fit × ease of trade, at the horizon: projected GDP and "
       "population, tariffs of the horizon year; USD of the base period."},
      {"Potential under the conditions of the base period",
       "The same without growth and with the tariffs of the base period."},
      {"Supply",
       "The exporter's share in world exports of the product, projected with GDP, scaled down for net importers, "
       "and freed of the advantage that today's tariffs give."},
      {"Demand",
       "The market's imports of the product, projected with its population and, by the income elasticity, its GDP "
       "per head."},
      {"Market access",
       "The tariff that the exporter faces against the market's trade-weighted mean, to the power of the "
       "elasticity of substitution."},
      {"Distance fit",
       "Ratio of the pair's distance to the distance from which the market usually buys the product, or its "
       "inverse, whichever is smaller."},
      {"Ease of trade",
       "The pair's trade in all products in scope relative to what it would be if both traded with everyone "
       "alike."},
      {"Realised", "The smaller of exports and potential, product by product and pair by pair."},
      {"Unrealised (untapped)",
       "What the potential exceeds exports by, where it does. Products above their potential "
       "never offset others."},
      {"Static",
       "The part of the unrealised that the conditions of the base period would already allow: frictions hold it "
       "back."},
      {"Dynamic", "The rest of the unrealised: it comes from growth and tariff change up to the horizon."},
      {"Overtrade", "What exports exceed the potential by, where they do."},
      {"Why the potential changes",
       "Logarithmic mean Divisia index (LMDI-I) of supply, population, income per head and "
       "tariffs, cell by cell; the four add up to the change."},
      {"Groups",
       "Figures of a group are sums over its members, trade between members included; no member trades with itself."},
  };
}

}  // namespace potentia::drilldown
