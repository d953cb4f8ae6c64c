// See definitions.hpp.
#include "host/model/definitions.hpp"

namespace potentia {

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

std::vector<TermText> outlook_texts() {
  return {
      {"Chance",
       "How likely exports start until the horizon where there are none, or go on where there are: a logit of the "
       "potential and seven facts of trade, fitted to what came true between the windows of a back-test. Missing "
       "where the back-test does not say."},
      {"Expected exports",
       "What the models of the back-test expect at the horizon, USD: of a product not sold yet, its chance times what "
       "flows that start sell on average."},
      {"Low and high", "Nine in ten flows that were as large end up between the two, by the back-test, USD."},
      {"Expected starts", "The sum of the chances over all products not sold yet."},
  };
}

std::vector<TermText> scenario_texts() {
  return {
      {"Scenario",
       "The potential under stated assumptions, against that of the scenario's own baseline. Scenarios do not build on "
       "each other and are not to be added up."},
      {"By instrument",
       "The difference between scenario and baseline, split exactly: factors of the potential by logarithmic means, "
       "instruments on the same factor by Shapley values."},
      {"At risk", "Exports that the baseline's potential carries and the scenario's does not."},
  };
}

}  // namespace potentia
