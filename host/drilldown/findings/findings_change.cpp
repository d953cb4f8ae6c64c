// Findings on why the potential changes up to the horizon.
#include <cmath>

#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

bool tariffs_count(const Facts& facts) {
  return facts.context.solution->settings.method.tariffs && facts.context.tariffs.known;
}

std::string drivers(const Facts& facts) {
  const double now = facts.pair[column_potential_now];
  const double change = facts.pair[column_potential] - now;
  if (!(now > 0.0) || change == 0.0) return "";
  std::vector<std::string> items;
  const auto driver = [&](Column column, const std::string& name) {
    const double value = facts.pair[column];
    if (value != 0.0) items.push_back(name + (value > 0.0 ? " +" : " −") + in_dollars(std::fabs(value)));
  };
  driver(column_change_income, "income per head in " + facts.market);
  driver(column_change_population, "population there");
  driver(column_change_supply, "supply from " + facts.exporter + " as it grows relative to that of others");
  driver(column_change_tariff, "tariffs");
  return "Up to " + facts.horizon + " the potential " + (change > 0.0 ? "rises by " : "falls by ") +
         in_dollars(std::fabs(change)) + " (" + in_percent(std::fabs(change), now) +
         " of what the conditions of the base period allow), by " + listed(items) + ".";
}

std::string tariff_change(const Facts& facts) {
  if (!tariffs_count(facts) || !(facts.pair[column_potential_now] > 0.0)) return "";
  const FacedTariffs& tariffs = facts.context.tariffs;
  std::size_t up = 0, down = 0;
  for (const std::int32_t product : facts.opportunities.order) {
    up += tariffs.horizon[product] > tariffs.now[product];  // NaN compares as neither
    down += tariffs.horizon[product] < tariffs.now[product];
  }
  const double effect = facts.pair[column_change_tariff];
  if (up + down == 0 && effect == 0.0)
    return "No tariff that " + facts.exporter + " faces in " + facts.market + " changes up to " + facts.horizon +
           ", as far as the schedules given tell.";
  const auto products = [](std::size_t count) {
    return count == 0 ? "no product" : counted(count, "product", "products");
  };
  std::string text = "The tariff that " + facts.exporter + " faces in " + facts.market + " rises on " + products(up) +
                     " up to " + facts.horizon + " and falls on " + products(down);
  if (effect == 0.0) return text + ", which does not change the potential.";
  return text + "; together with what rivals come to face, tariffs " + (effect > 0.0 ? "raise" : "lower") +
         " the potential by " + in_dollars(std::fabs(effect)) + " (" +
         in_percent(std::fabs(effect), facts.pair[column_potential_now]) +
         " of what the conditions of the base period allow).";
}

std::string no_tariffs(const Facts& facts) {
  if (tariffs_count(facts)) return "";
  return facts.context.solution->settings.method.tariffs
             ? "No tariffs of " + facts.market +
                   " are known to this world: they count as 0, and no preference gained or "
                   "lost shows in the figures."
             : "Tariffs are switched off: they count as 0, and no preference gained or lost shows in the figures.";
}

}  // namespace

std::vector<FindingRule> change_rules() {
  return {
      {{"drivers", "The pair has potential under the conditions of the base period, and it changes.",
        "The change up to the horizon and what supply, income per head, population and tariffs contribute to it."},
       drivers},
      {{"tariff_change", "A tariff schedule of the market is known and tariffs are switched on.",
        "On how many products with trade or potential the tariff faced rises or falls, and what tariffs change in the "
        "potential, those of rivals included."},
       tariff_change},
      {{"no_tariffs", "No member of the market has a tariff schedule, or tariffs are switched off.",
        "That tariffs count as 0."},
       no_tariffs},
  };
}

}  // namespace potentia::drilldown
