// Part 2: what trade is made of (figures 4 to 7 of the report).
#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <vector>

#include "host/drilldown/facts/trade_facts.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

using Products = std::vector<PartyTrade>;  // [products of the world]

/// The words in which one direction is told.
struct Words {
  Direction direction;
  const char* suffix;   ///< of figure ids
  const char* subject;  ///< "Exports"
  const char* to;       ///< "to"
};
constexpr Words both_ways[] = {{Direction::exports, "exports", "Exports", "to"},
                               {Direction::imports, "imports", "Imports", "from"}};

std::string base_period(const Context& context) {
  return "average of " + years_in_words(context.solution->settings.world.base_years);
}

std::string subject_of(const Context& context, const Words& words) {
  return std::string(words.subject) + " of " + context.exporter.name + " " + words.to + " " + context.market.name;
}

// By level of processing -------------------------------------------------------------------------------------------

constexpr int levels = 4;  // raw, semi-processed, processed, not classified
using ByLevel = std::array<double, levels>;

std::size_t level_of(const Product& product) {
  return product.processing == Processing::unknown ? levels - 1 : static_cast<std::size_t>(product.processing);
}

Figure processing_figure(const Context& context, const Products& products, const Words& words) {
  Figure figure;
  figure.id = std::string("processing_") + words.suffix;
  figure.title = subject_of(context, words) + ", by level of processing";
  figure.definition = std::string(words.subject) +
                      " of all products by level of processing of the Broad Economic Categories "
                      "(BEC), with the market and with all other countries; " +
                      base_period(context) + ".";
  figure.table.columns = {{"partner", "Partner", Kind::text},
                          {"total", "Total", Kind::usd},
                          {"raw", "Raw", Kind::usd},
                          {"semi_processed", "Semi-processed", Kind::usd},
                          {"processed", "Processed", Kind::usd},
                          {"not_classified", "Not classified", Kind::usd},
                          {"raw_share", "Raw, share", Kind::share},
                          {"semi_processed_share", "Semi-processed, share", Kind::share},
                          {"processed_share", "Processed, share", Kind::share},
                          {"not_classified_share", "Not classified, share", Kind::share}};
  const std::vector<Product>& table = context.world->products;
  if (std::all_of(table.begin(), table.end(),
                  [](const Product& each) { return each.processing == Processing::unknown; })) {
    figure.notice = "This world has no table of levels of processing.";
    return figure;
  }
  ByLevel market{}, rest{};
  for (std::size_t product = 0; product < products.size(); ++product) {
    market[level_of(table[product])] += with_market(products[product], words.direction);
    rest[level_of(table[product])] += with_rest(products[product], words.direction);
  }
  const auto row = [&](const std::string& partner, const ByLevel& values) {
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    std::vector<Value> cells = {partner, total};
    for (const double value : values) cells.emplace_back(value);
    for (const double value : values) cells.push_back(share_of(value, total));
    figure.table.rows.push_back(std::move(cells));
    return total;
  };
  const double total = row(context.market.name, market);
  row("All other countries", rest);
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "partner",
                    {{"raw_share", Role::raw},
                     {"semi_processed_share", Role::semi_processed},
                     {"processed_share", Role::processed},
                     {"not_classified_share", Role::plain}},
                    0}};
  if (total > 0.0)
    figure.alternative = subject_of(context, words) + ": " + in_percent(market[0], total) + " raw, " +
                         in_percent(market[1], total) + " semi-processed, " + in_percent(market[2], total) +
                         " processed.";
  else
    figure.alternative = "There is no trade with the market in this direction.";
  return figure;
}

// By sector --------------------------------------------------------------------------------------------------------

Figure sector_figure(const Context& context, const Products& products, const Words& words) {
  Figure figure;
  figure.id = std::string("sectors_") + words.suffix;
  figure.title = subject_of(context, words) + ", by sector";
  figure.definition = std::string(words.subject) +
                      " of all products by sector, with the market and with all other countries, "
                      "largest with the market first; " +
                      base_period(context) + ".";
  figure.table.columns = {{"sector", "Sector", Kind::text},
                          {"market", context.market.name, Kind::usd},
                          {"market_share", context.market.name + ", share", Kind::share},
                          {"rest", "All other countries", Kind::usd},
                          {"rest_share", "All other countries, share", Kind::share}};
  const std::size_t sectors = context.world->sectors.size();
  std::vector<double> market(sectors, 0.0), rest(sectors, 0.0);
  for (std::size_t product = 0; product < products.size(); ++product) {
    const std::size_t sector = static_cast<std::size_t>(context.world->products[product].sector);
    market[sector] += with_market(products[product], words.direction);
    rest[sector] += with_rest(products[product], words.direction);
  }
  const double all_market = std::accumulate(market.begin(), market.end(), 0.0);
  const double all_rest = std::accumulate(rest.begin(), rest.end(), 0.0);
  std::vector<std::size_t> order(sectors);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return market[a] > market[b]; });
  for (const std::size_t sector : order) {
    if (market[sector] + rest[sector] <= 0.0) continue;
    figure.table.rows.push_back({context.world->sectors[sector], market[sector], share_of(market[sector], all_market),
                                 rest[sector], share_of(rest[sector], all_rest)});
  }
  if (figure.table.rows.empty()) {
    figure.notice = context.exporter.name + " has no trade in this direction in the base period.";
    return figure;
  }
  figure.charts = {
      {Chart::Type::horizontal_bar, "sector", {{"market_share", Role::market}, {"rest_share", Role::rest}}, 0}};
  if (all_market > 0.0)
    figure.alternative = subject_of(context, words) + ": the largest sector is " + context.world->sectors[order[0]] +
                         " with " + in_percent(market[order[0]], all_market) + ".";
  else
    figure.alternative = "There is no trade with the market in this direction.";
  return figure;
}

// By product -------------------------------------------------------------------------------------------------------

Figure top_figure(const Context& context, const Products& products, const Words& words) {
  constexpr std::size_t listed_products = 10;
  Figure figure;
  figure.id = std::string("top_") + words.suffix;
  figure.title = subject_of(context, words) + ", top ten products";
  figure.definition =
      "The ten products with most trade, each one's share in trade with the market, and the share of it and all "
      "above it together; " +
      base_period(context) + ".";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"code", "Product", Kind::code},
                          {"name", "Name", Kind::text},
                          {"value", std::string(words.subject) + " " + words.to + " " + context.market.name, Kind::usd},
                          {"share", "Share", Kind::share},
                          {"cumulated_share", "Cumulated share", Kind::share}};
  const double total = with_market(sum_of(products), words.direction);
  std::vector<std::size_t> order;
  for (std::size_t product = 0; product < products.size(); ++product)
    if (with_market(products[product], words.direction) > 0.0) order.push_back(product);
  if (order.empty()) {
    figure.notice = "There is no trade with " + context.market.name + " in this direction in the base period.";
    return figure;
  }
  const std::size_t shown = std::min(listed_products, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                    [&](std::size_t a, std::size_t b) {
                      const double left = with_market(products[a], words.direction);
                      const double right = with_market(products[b], words.direction);
                      return left > right || (left == right && a < b);
                    });
  double above = 0.0;
  for (std::size_t rank = 0; rank < shown; ++rank) {
    const Product& product = context.world->products[order[rank]];
    const double value = with_market(products[order[rank]], words.direction);
    above += value;
    figure.table.rows.push_back({static_cast<std::int64_t>(rank + 1), product.code, product.name, value,
                                 share_of(value, total), share_of(above, total)});
  }
  figure.charts = {{Chart::Type::horizontal_bar,
                    "name",
                    {{"value", words.direction == Direction::exports ? Role::exports : Role::imports}},
                    0}};
  figure.alternative = "The top " + counted(shown, "product makes", "products make") + " " + in_percent(above, total) +
                       " of the total of " + in_dollars(total) + ".";
  return figure;
}

// How many products ------------------------------------------------------------------------------------------------

/// How many values are above 0, and how many equal ones would be as concentrated: 1 / Σ share².
struct Diversity {
  std::int64_t products = 0;
  double equivalent = 0.0;
};

template <class ValueOf>
Diversity diversity_of(const Products& products, const ValueOf& value_of) {
  Diversity diversity;
  double sum = 0.0;
  for (const PartyTrade& product : products) sum += value_of(product);
  double squares = 0.0;
  for (const PartyTrade& product : products) {
    const double value = value_of(product);
    if (!(value > 0.0)) continue;
    ++diversity.products;
    squares += (value / sum) * (value / sum);
  }
  diversity.equivalent = 1.0 / squares;
  return diversity;
}

Figure diversity_figure(const Context& context, const Products& products) {
  Figure figure;
  figure.id = "diversity";
  figure.title = "Number of products traded";
  figure.definition =
      "Products with any trade, and the equivalent number of products: the reciprocal of the "
      "Herfindahl-Hirschman index, that is, how many products of equal size would be as concentrated; " +
      base_period(context) + ".";
  figure.table.columns = {{"flow", "Flow", Kind::text},
                          {"value", "Value", Kind::usd},
                          {"products", "Products traded", Kind::count},
                          {"equivalent", "Equivalent number of products", Kind::number}};
  const PartyTrade total = sum_of(products);
  for (const Words& words : both_ways) {
    const auto row = [&](const std::string& partner, double (*value_of)(const PartyTrade&, Direction)) {
      const Diversity diversity =
          diversity_of(products, [&](const PartyTrade& product) { return value_of(product, words.direction); });
      figure.table.rows.push_back({std::string(words.subject) + " " + words.to + " " + partner,
                                   value_of(total, words.direction), diversity.products,
                                   diversity.products > 0 ? known(diversity.equivalent) : Value()});
    };
    row(context.market.name, with_market);
    row("all countries", with_world);
  }
  figure.charts = {{Chart::Type::horizontal_bar, "flow", {{"equivalent", Role::plain}}, 0}};
  figure.alternative =
      "Equivalent number of products exported and imported, with " + context.market.name + " and with all countries.";
  return figure;
}

}  // namespace

Part composition_part(const Context& context) {
  const Products products = trade_by_product(context);
  Part part{"composition", "What trade is made of", {}};
  for (const Words& words : both_ways) part.figures.push_back(processing_figure(context, products, words));
  for (const Words& words : both_ways) part.figures.push_back(sector_figure(context, products, words));
  for (const Words& words : both_ways) part.figures.push_back(top_figure(context, products, words));
  part.figures.push_back(diversity_figure(context, products));
  return part;
}

}  // namespace potentia::drilldown
