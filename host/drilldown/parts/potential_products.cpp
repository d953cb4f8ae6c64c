// Potential between the parties by product: the largest untapped, static and dynamic, why it changes, and overtrade.
#include <algorithm>
#include <cmath>

#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

/// Code, name, sector: what every table of products begins with.
std::vector<TableColumn> product_columns(std::vector<TableColumn> more) {
  std::vector<TableColumn> columns = {{"rank", "Rank", Kind::count},
                                      {"product", "Code", Kind::code},
                                      {"name", "Product", Kind::text},
                                      {"sector", "Sector", Kind::text}};
  columns.insert(columns.end(), more.begin(), more.end());
  return columns;
}

std::vector<Value> product_row(const Context& context, std::int64_t rank, std::int32_t product,
                               std::vector<Value> more) {
  const Product& entry = context.world->products[context.solution->axes.products[product]];
  std::vector<Value> row = {rank, entry.code, entry.name, context.world->sectors[entry.sector]};
  row.insert(row.end(), more.begin(), more.end());
  return row;
}

std::vector<std::int32_t> first_of(std::vector<std::int32_t> order) {
  if (static_cast<std::int64_t>(order.size()) > shown_products) order.resize(shown_products);
  return order;
}

/// The first products of an order that have something in the column.
std::vector<std::int32_t> top_products(const Context& context, Column column) {
  std::vector<std::int32_t> order = ranked_products(context, column);
  const std::vector<double>& values = context.pair.columns[column];
  order.erase(std::find_if(order.begin(), order.end(), [&](std::int32_t product) { return !(values[product] > 0.0); }),
              order.end());
  return first_of(std::move(order));
}

void describe(const Context& context, Figure& figure, const std::vector<std::int32_t>& order, Column column,
              const std::string& what, const std::string& otherwise) {
  if (order.empty()) {
    figure.notice = otherwise;
    figure.charts.clear();
    return;
  }
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t product : order) {
    names.push_back(product_in_words(context, product));
    values.push_back(context.pair.columns[column][product]);
  }
  figure.alternative =
      what + largest_in_words(names, values,
                              column == column_overtrade ? "By overtrade, the" : "By unrealised potential, the");
}

std::string no_untapped(const Context& context) {
  return "No product has unrealised potential from " + pair_in_words(context) + ".";
}

Figure by_product_figure(const Context& context, const std::vector<std::int32_t>& top) {
  Figure figure;
  figure.id = "by_product";
  figure.title = "Untapped export potential from " + pair_in_words(context) + ", main products";
  figure.definition =
      "The twenty products with most unrealised potential, USD, with their shares, also cumulated, in the unrealised "
      "potential of all products. The table of opportunities lists all of them.";
  figure.table.columns = product_columns({{"unrealized", "Unrealised", Kind::usd},
                                          {"share", "Share of all unrealised", Kind::share},
                                          {"cumulated_share", "Cumulated share", Kind::share},
                                          {"realized", "Realised", Kind::usd},
                                          {"potential", "Potential", Kind::usd},
                                          {"actual", "Exports", Kind::usd}});
  const double whole = context.pair.total(column_unrealized);
  double cumulated = 0.0;
  std::int64_t rank = 0;
  for (const std::int32_t product : top) {
    const Sums sums = product_sums(context, product);
    cumulated += sums[column_unrealized];
    figure.table.rows.push_back(
        product_row(context, ++rank, product,
                    {sums[column_unrealized], share_of(sums[column_unrealized], whole), share_of(cumulated, whole),
                     sums[column_realized], sums[column_potential], sums[column_actual]}));
  }
  figure.charts = {
      {Chart::Type::horizontal_stacked, "name", {{"realized", Role::realized}, {"unrealized", Role::unrealized}}, 0}};
  describe(context, figure, top, column_unrealized, "Bars of realised and unrealised potential by product. ",
           no_untapped(context));
  return figure;
}

Figure static_dynamic_figure(const Context& context, const std::vector<std::int32_t>& top) {
  Figure figure;
  figure.id = "static_dynamic_by_product";
  figure.title = "Static and dynamic untapped export potential from " + pair_in_words(context) + ", main products";
  figure.definition =
      "Unrealised potential of the same products, USD: static (held back by frictions of the base period) and dynamic "
      "(from growth and tariff change); the two add up to unrealised.";
  figure.table.columns = product_columns({{"unrealized", "Unrealised", Kind::usd},
                                          {"static", "Static", Kind::usd},
                                          {"dynamic", "Dynamic", Kind::usd},
                                          {"static_share", "Static, share of unrealised", Kind::share},
                                          {"dynamic_share", "Dynamic, share of unrealised", Kind::share}});
  std::int64_t rank = 0;
  for (const std::int32_t product : top) {
    const Sums sums = product_sums(context, product);
    figure.table.rows.push_back(product_row(context, ++rank, product,
                                            {sums[column_unrealized], sums[column_static], sums[column_dynamic],
                                             share_of(sums[column_static], sums[column_unrealized]),
                                             share_of(sums[column_dynamic], sums[column_unrealized])}));
  }
  figure.charts = {
      {Chart::Type::horizontal_stacked, "name", {{"static", Role::static_part}, {"dynamic", Role::dynamic_part}}, 0}};
  describe(context, figure, top, column_unrealized,
           "Stacked bars of static and dynamic unrealised potential by product. ", no_untapped(context));
  return figure;
}

Figure change_figure(const Context& context) {
  Figure figure;
  figure.id = "change_by_product";
  figure.title = "Why the potential from " + pair_in_words(context) + " changes, main products";
  figure.definition =
      "The twenty products whose potential changes most, up or down, from the conditions of the base period to the "
      "horizon, USD, split exactly into the exporter's supply (its growth relative to all suppliers'), population and "
      "income per head of the market, "
      "and tariffs; the four add up to the change.";
  figure.table.columns = product_columns({{"potential_now", "Potential, conditions of the base period", Kind::usd},
                                          {"potential", "Potential", Kind::usd},
                                          {"change", "Change", Kind::usd},
                                          {"change_supply", "Supply", Kind::usd},
                                          {"change_population", "Population", Kind::usd},
                                          {"change_income", "Income per head", Kind::usd},
                                          {"change_tariff", "Tariffs", Kind::usd}});
  const auto change = [&](std::int32_t product) {
    return context.pair.columns[column_potential][product] - context.pair.columns[column_potential_now][product];
  };
  std::vector<std::int32_t> order = ranked_products(context, column_potential);
  order.erase(std::remove_if(order.begin(), order.end(), [&](std::int32_t product) { return change(product) == 0.0; }),
              order.end());
  std::sort(order.begin(), order.end());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int32_t a, std::int32_t b) { return std::fabs(change(a)) > std::fabs(change(b)); });
  order = first_of(std::move(order));
  std::int64_t rank = 0;
  for (const std::int32_t product : order) {
    const Sums sums = product_sums(context, product);
    figure.table.rows.push_back(
        product_row(context, ++rank, product,
                    {sums[column_potential_now], sums[column_potential], change(product), sums[column_change_supply],
                     sums[column_change_population], sums[column_change_income], sums[column_change_tariff]}));
  }
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "name",
                    {{"change_supply", Role::supply},
                     {"change_population", Role::population},
                     {"change_income", Role::income},
                     {"change_tariff", Role::tariff}},
                    0}};
  if (order.empty()) {
    figure.notice = "No product's potential from " + pair_in_words(context) + " changes up to the horizon.";
    figure.charts.clear();
    return figure;
  }
  figure.alternative = "Stacked bars of the four reasons why each product's potential changes. Most of all changes " +
                       shortened(product_in_words(context, order[0]), 60) + ", " +
                       (change(order[0]) > 0.0 ? "up by " : "down by ") + in_dollars(std::fabs(change(order[0]))) + ".";
  return figure;
}

Figure overtrade_figure(const Context& context) {
  Figure figure;
  figure.id = "overtrade";
  figure.title = "Products that " + context.exporter.name + " sells above potential to " + context.market.name;
  figure.definition =
      "Overtrade is what exports of a product exceed its potential by, USD; the share is that of the product's "
      "exports. "
      "Ties closer than the indicator can see (investment, long contracts, transit trade) show up here, and it never "
      "offsets unrealised potential elsewhere. The twenty largest.";
  figure.table.columns = product_columns({{"overtrade", "Overtrade", Kind::usd},
                                          {"overtrade_share", "Share of the product's exports", Kind::share},
                                          {"actual", "Exports", Kind::usd},
                                          {"potential", "Potential", Kind::usd}});
  const std::vector<std::int32_t> top = top_products(context, column_overtrade);
  std::int64_t rank = 0;
  for (const std::int32_t product : top) {
    const Sums sums = product_sums(context, product);
    figure.table.rows.push_back(
        product_row(context, ++rank, product,
                    {sums[column_overtrade], share_of(sums[column_overtrade], sums[column_actual]), sums[column_actual],
                     sums[column_potential]}));
  }
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"actual", Role::actual}, {"potential", Role::plain}}, 0}};
  describe(context, figure, top, column_overtrade, "Bars of exports and potential of products sold above potential. ",
           "No product is sold above potential from " + pair_in_words(context) + ".");
  return figure;
}

}  // namespace

std::vector<Figure> product_figures(const Context& context) {
  const std::vector<std::int32_t> top = top_products(context, column_unrealized);
  return {by_product_figure(context, top), static_dynamic_figure(context, top), change_figure(context),
          overtrade_figure(context)};
}

}  // namespace potentia::drilldown
