// The figures of the part on scenarios, by what they are about. Those of one scenario are numbered: `products_2` is of
// the second, by name. What has nothing to show of a scenario is left out; the sentences say that nothing changes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/drilldown/facts/scenarios.hpp"
#include "host/drilldown/report.hpp"

namespace potentia::drilldown {

/// One scenario of the part and its number, from 1.
struct NumberedScenario {
  const ScenarioFacts& facts;
  std::size_t number;

  std::string id(const char* name) const { return name + ("_" + std::to_string(number)); }
  const std::string& name() const { return facts.result->name; }
};

Figure assumptions_figure(const std::vector<ScenarioFacts>& scenarios);
Figure comparison_figure(const std::vector<ScenarioFacts>& scenarios);  ///< of several scenarios
Figure scenario_files_figure(const Scenarios& scenarios);

Figure scenario_findings_figure(const NumberedScenario& scenario);
Figure before_after_figure(const NumberedScenario& scenario);
Figure instruments_figure(const NumberedScenario& scenario);  ///< the waterfall

/// Products that gain and lose, products at risk, and the places in the list of opportunities.
std::vector<Figure> scenario_product_figures(const NumberedScenario& scenario);
/// Exporters that gain and lose in the market, and the members of a group of markets.
std::vector<Figure> scenario_country_figures(const NumberedScenario& scenario);
/// Targets, and the products that would cover them.
std::vector<Figure> target_figures(const NumberedScenario& scenario);

}  // namespace potentia::drilldown
