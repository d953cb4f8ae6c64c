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

}  // namespace potentia::drilldown
