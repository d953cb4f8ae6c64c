// Potential between the parties by product: the largest untapped, static and dynamic, why it changes, and overtrade.
#include <algorithm>
#include <cmath>

#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr const char* exports_label = "Exports";  // a product's are all in scope

/// Rank, code, name, sector, and what is measured.
void add_rows(const Context& context, Figure& figure, const Measures& measures,
              const std::vector<std::int32_t>& order) {
  figure.table.columns = columns_of({{"rank", "Rank", Kind::count},
                                     {"product", "Code", Kind::code},
                                     {"name", "Product", Kind::text},
                                     {"sector", "Sector", Kind::text}},
                                    measures);
  std::int64_t rank = 0;
  for (const std::int32_t product : order) {
    const Product& entry = context.world->products[context.solution->axes.products[product]];
    figure.table.rows.push_back(row_of({++rank, entry.code, entry.name, context.world->sectors[entry.sector]}, measures,
                                       product_sums(context, product)));
  }
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

std::string largest(const Context& context, const std::vector<std::int32_t>& order, Column column) {
  return largest_of(
      order, [&](std::int32_t product) { return product_in_words(context, product); },
      [&](std::int32_t product) { return context.pair.columns[column][product]; },
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
      "The twenty products with most unrealised potential, USD: what is realised of their potential, what frictions of the "
      "base period hold back (static), and what growth and tariff change are expected to add (dynamic). With their "
      "shares, also cumulated, in the unrealised potential of all products. The table of opportunities lists all of them.";
  const double whole = context.pair.total(column_unrealized);
  double above = 0.0;  // of this row and those above it: rows are asked for in order
  const Measure cumulated{{"cumulated_share", "Cumulated share", Kind::share}, [&above, whole](const Sums& sums) {
                            above += sums[column_unrealized];
                            return share_of(above, whole);
                          }};
  add_rows(context, figure,
           {usd(column_unrealized), share_of_all_unrealized(whole), cumulated, usd(column_static), usd(column_dynamic),
            usd(column_realized), usd(column_potential), usd(column_actual, exports_label),
            share_of_unrealized(column_static), share_of_unrealized(column_dynamic)},
           top);
  figure.charts = {stacked("name", parts_of_potential())};
  describe(figure, "Stacked bars of realised, static and dynamic potential by product. " + largest(context, top, column_unrealized),
           no_untapped(context));
  return figure;
}

Figure change_figure(const Context& context) {
  Figure figure;
  figure.id = "change_by_product";
  figure.title = "Why the potential from " + pair_in_words(context) + " changes, main products";
  figure.definition =
      "The twenty products whose potential changes most, up or down, from the conditions of the base period to the "
      "horizon, USD, split exactly into the exporter's supply (its growth relative to all suppliers'), population and "
      "income per head of the market, and tariffs; the four add up to the change.";
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
  add_rows(context, figure, change_measures(), order);
  figure.charts = {stacked("name", reasons_of_change())};
  std::string words = "Stacked bars of the four reasons why each product's potential changes.";
  if (!order.empty())
    words += " Most of all changes " + shortened(product_in_words(context, order[0]), 60) + ", " +
             (change(order[0]) > 0.0 ? "up by " : "down by ") + in_dollars(std::fabs(change(order[0]))) + ".";
  describe(figure, words, "No product's potential from " + pair_in_words(context) + " changes up to the horizon.");
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
  const std::vector<std::int32_t> top = top_products(context, column_overtrade);
  add_rows(context, figure,
           {usd(column_overtrade),
            ratio("overtrade_share", "Share of the product's exports", column_overtrade, column_actual),
            usd(column_actual, exports_label), usd(column_potential)},
           top);
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"actual", Role::actual}, {"potential", Role::plain}}, 0}};
  describe(figure,
           "Bars of exports and potential of products sold above potential. " + largest(context, top, column_overtrade),
           "No product is sold above potential from " + pair_in_words(context) + ".");
  return figure;
}

}  // namespace

std::vector<Figure> product_figures(const Context& context) {
  const std::vector<std::int32_t> top = top_products(context, column_unrealized);
  return {by_product_figure(context, top), change_figure(context), overtrade_figure(context)};
}

}  // namespace potentia::drilldown
