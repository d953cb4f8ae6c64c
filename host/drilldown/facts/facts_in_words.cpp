// See facts_in_words.hpp.
#include "host/drilldown/facts/facts_in_words.hpp"

#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {

std::string pair_in_words(const Context& context) { return context.exporter.name + " to " + context.market.name; }

std::string base_in_words(const Context& context) {
  const std::vector<std::int32_t>& years = context.solution->settings.world.base_years;
  return "(" + years_in_words(years) + (years.size() > 1 ? ", yearly mean)" : ")");
}

std::string nothing_in_words(const Context& context) {
  return "The base period shows neither trade nor potential from " + pair_in_words(context) +
         " in the products in scope.";
}

std::string largest_in_words(const std::vector<std::string>& names, const std::vector<double>& values,
                             const std::string& by) {
  std::vector<std::string> items;
  for (std::size_t at = 0; at < names.size() && items.size() < 3; ++at)
    if (values[at] > 0.0) items.push_back(shortened(names[at], 60) + " (" + in_dollars(values[at]) + ")");
  if (items.empty()) return "";
  return by + (items.size() == 1 ? " largest is " : " largest are ") + listed(items) + ".";
}

std::string product_in_words(const Context& context, std::int32_t product) {
  const std::int32_t entry = context.solution->axes.products[product];
  return context.world->products[entry].code + " " + context.short_names[entry];
}

std::string group_in_words(const std::string& group) {
  if (group == "sigma") return "elasticities of substitution";
  if (group == "income_elasticity") return "income elasticities";
  if (group == "gdp") return "growth of GDP";
  if (group == "population") return "growth of population";
  if (group == "trade") return "which years of trade count";
  if (group == "ease") return "ease of trade";
  return group;
}

}  // namespace potentia::drilldown
