// Findings on products and on those who sell them too.
#include <algorithm>
#include <map>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t name_bytes = 90;

double value(const Facts& facts, Column column, std::int32_t product) {
  return facts.context.pair.columns[column][product];
}

std::string name(const Facts& facts, std::int32_t product) {
  return shortened(product_in_words(facts.context, product), name_bytes);
}

/// Products with unrealised potential, largest first.
std::vector<std::int32_t> untapped(const Facts& facts) {
  std::vector<std::int32_t> products = facts.opportunities.order;
  products.erase(std::find_if(products.begin(), products.end(),
                              [&](std::int32_t product) { return !(value(facts, column_unrealized, product) > 0.0); }),
                 products.end());
  return products;
}

std::vector<std::int32_t> leading(const Facts& facts) {
  std::vector<std::int32_t> products = untapped(facts);
  if (products.size() > leading_products) products.resize(leading_products);
  return products;
}

/// "Of the 20 products with most untapped potential, "
std::string of_the_leading(std::size_t products) {
  return "Of the " + counted(products, "product", "products") + " with most untapped potential, ";
}

/// " (read with care: single supplier)"; a base period of one year is not the product's own and has its own rule.
std::string caution(const Facts& facts, std::int32_t product) {
  FlagSet flags = facts.opportunities.flags[product];
  if (facts.context.solution->settings.world.base_years.size() == 1) flags.clear(flag_few_years);
  return flags.any() ? " (read with care: " + flags.names() + ")" : "";
}

std::string largest_product(const Facts& facts) {
  const std::vector<std::int32_t> products = untapped(facts);
  if (products.empty()) return "";
  const std::int32_t first = products[0];
  const double gap = value(facts, column_unrealized, first);
  return "The largest untapped product is " + name(facts, first) + ": " + in_dollars(gap) + ", " +
         in_percent(gap, facts.context.pair.total(column_unrealized)) + " of all; frictions explain " +
         in_percent(value(facts, column_static, first), gap) + " of it" + caution(facts, first) + ".";
}

std::string dynamic_products(const Facts& facts) {
  const std::vector<std::int32_t> products = leading(facts);
  std::size_t dynamic = 0;
  std::int32_t first = -1;
  for (const std::int32_t product : products) {
    if (!(value(facts, column_dynamic, product) > 0.5 * value(facts, column_unrealized, product))) continue;
    if (dynamic++ == 0) first = product;
  }
  if (products.size() < 2) return "";
  if (dynamic == 0)
    return of_the_leading(products.size()) + "none owes more than half of it to growth and tariff change.";
  return of_the_leading(products.size()) + std::to_string(dynamic) + (dynamic == 1 ? " owes" : " owe") +
         " more than half of it to growth and tariff change" + (dynamic == 1 ? ": " : "; the largest is ") +
         name(facts, first) + " (" +
         in_percent(value(facts, column_dynamic, first), value(facts, column_unrealized, first)) + " dynamic).";
}

std::string concentration(const Facts& facts) {
  const std::vector<std::int32_t> products = untapped(facts);
  if (products.size() < 2) return "";
  const double whole = facts.context.pair.total(column_unrealized);
  double cumulated = 0.0;
  std::size_t half = 0;
  while (half < products.size() && cumulated < 0.5 * whole)
    cumulated += value(facts, column_unrealized, products[half++]);
  return (half == 1 ? "One product holds" : counted(half, "product", "products") + " hold") +
         " half or more of all untapped potential (" + in_percent(cumulated, whole) + "), out of " +
         counted(products.size(), "product", "products") + " with any.";
}

std::string new_products(const Facts& facts) {
  std::size_t count = 0;
  double sum = 0.0;
  for (const std::int32_t product : untapped(facts)) {
    if (value(facts, column_actual, product) > 0.0) continue;
    ++count;
    sum += value(facts, column_unrealized, product);
  }
  if (count == 0) return "";
  return counted(count, "product", "products") + " that " + facts.exporter + " did not sell to " + facts.market +
         " in the base period " + (count == 1 ? "stands" : "stand") + " for " +
         in_percent(sum, facts.context.pair.total(column_unrealized)) + " of untapped potential (" + in_dollars(sum) +
         ").";
}

std::string overtrade(const Facts& facts) {
  const double all = facts.pair[column_overtrade];
  if (!(all > 0.0)) return "";
  const std::vector<std::int32_t> order = ranked_products(facts.context, column_overtrade);
  const auto count = static_cast<std::size_t>(std::count_if(
      order.begin(), order.end(), [&](std::int32_t product) { return value(facts, column_overtrade, product) > 0.0; }));
  return counted(count, "product sells", "products sell") + " above potential, by " + in_dollars(all) +
         (count == 1 ? "" : " in all") + " (" + in_percent(all, facts.pair[column_actual]) + " of exports in scope)" +
         (count == 1 ? ": " : "; the largest excess is that of ") + name(facts, order[0]) +
         (count == 1 ? "" : " (" + in_dollars(value(facts, column_overtrade, order[0])) + ")") + ".";
}

std::string main_rival(const Facts& facts) {
  const std::vector<std::int32_t> products = leading(facts);
  std::map<std::int32_t, std::size_t> firsts;
  for (const std::int32_t product : products) {
    const Rival& rival = facts.opportunities.demand.rivals[product][0];
    if (rival.country >= 0) ++firsts[rival.country];
  }
  if (products.size() < 2 || firsts.empty()) return "";
  std::pair<std::int32_t, std::size_t> most{-1, 0};
  bool tied = false;
  for (const auto& entry : firsts) {
    tied = entry.second == most.second || (tied && entry.second < most.second);
    if (entry.second > most.second) most = entry;
  }
  if (tied || most.second < 2) return "";
  return of_the_leading(products.size()) + facts.context.world->countries[most.first].name +
         " is the largest rival in " + std::to_string(most.second) + ".";
}

}  // namespace

std::vector<FindingRule> product_rules() {
  return {
      {{"largest_product", "The pair has unrealised potential.",
        "The product with most of it, its share in that of all products, its static share, and its confidence flags."},
       largest_product},
      {{"dynamic_products", "At least two products have unrealised potential.",
        "How many of the twenty largest owe more than half of it to growth and tariff change, and the largest of "
        "these."},
       dynamic_products},
      {{"concentration", "At least two products have unrealised potential.",
        "The smallest number of products that together hold at least half of it, out of all that have any."},
       concentration},
      {{"new_products", "Products with unrealised potential were not sold to the market in the base period.",
        "How many they are, and their share in all unrealised potential."},
       new_products},
      {{"overtrade", "A product is sold above its potential.",
        "How many are, by how much in all, relative to exports in scope, and the largest."},
       overtrade},
      {{"main_rival",
        "One country is the market's largest other supplier of more of the twenty largest untapped products than any "
        "other country, and of at least two.",
        "Which country, and of how many products."},
       main_rival},
  };
}

}  // namespace potentia::drilldown
