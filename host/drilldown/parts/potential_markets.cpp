// Untapped potential of the exporter by market and region of the world: where this market stands among all.
#include <algorithm>
#include <map>

#include "host/drilldown/parts/potential_figures.hpp"
#include "host/model/regions.hpp"

namespace potentia::drilldown {
namespace {

/// The exporter's potentials in every country.
struct Markets {
  const std::vector<Sums>& sums;
  std::vector<std::int32_t> order;  ///< most unrealised first
  double unrealized;                ///< in all of them
};

const Country& country(const Context& context, std::int32_t index) { return context.world->countries[index]; }

/// What every table of markets begins and ends with.
std::vector<TableColumn> market_columns(const Measures& measures) {
  return columns_of({{"rank", "Rank", Kind::count},
                     {"market", "Code", Kind::code},
                     {"name", "Market", Kind::text},
                     {"region", "Region", Kind::text}},
                    measures, {{"chosen", "Market of this report", Kind::flag}});
}

std::vector<Value> market_row(const Context& context, std::int64_t rank, std::int32_t market, const Measures& measures,
                              const Sums& sums) {
  const Country& it = country(context, market);
  return row_of({rank, it.iso3, it.name, std::string(region_of(it.iso3))}, measures, sums,
                {context.is_market[market] != 0});
}

void describe_markets(const Context& context, Figure& figure, const std::string& what, const std::string& largest) {
  describe(figure, what + largest,
           context.exporter.name + " has neither exports nor potential in the products in scope.");
}

std::string largest(const Context& context, const Markets& markets) {
  return largest_of(
      markets.order, [&](std::int32_t j) { return country(context, j).name; },
      [&](std::int32_t j) { return markets.sums[j][column_unrealized]; });
}

Figure by_market_figure(const Context& context, const Markets& markets) {
  Figure figure;
  figure.id = "by_market";
  figure.title = "Untapped export potential of " + context.exporter.name + ", by market";
  figure.definition =
      "Unrealised potential of the exporter in each country, summed over products, USD: static is what the conditions of "
      "the base period would already allow and frictions hold back, dynamic what growth and tariff change are expected "
      "to add; the two add up to unrealised. All markets with trade or potential; the chart shows the fifteen largest.";
  const Measures measures = {usd(column_unrealized),
                             share_of_all_unrealized(markets.unrealized),
                             usd(column_static),
                             usd(column_dynamic),
                             usd(column_potential),
                             usd(column_actual),
                             usd(column_potential_now),
                             usd(column_realized),
                             share_of_unrealized(column_static),
                             share_of_unrealized(column_dynamic),
                             usd(column_overtrade)};
  figure.table.columns = market_columns(measures);
  std::int64_t rank = 0;
  for (const std::int32_t j : markets.order)
    figure.table.rows.push_back(market_row(context, ++rank, j, measures, markets.sums[j]));
  figure.charts = {stacked("name", static_and_dynamic(), shown_markets)};
  describe_markets(context, figure, "Stacked bars of static and dynamic unrealised potential by market. ",
                   largest(context, markets));
  return figure;
}

Figure by_region_figure(const Context& context, const Markets& markets) {
  Figure figure;
  figure.id = "by_region";
  figure.title = "Untapped export potential of " + context.exporter.name + ", by region";
  figure.definition =
      "The same, summed over the countries of each sub-region of the United Nations' M49 standard, USD, with its "
      "static "
      "part (frictions) and its dynamic part (growth and tariff change).";
  const Measures measures = {usd(column_unrealized), share_of_all_unrealized(markets.unrealized),
                             usd(column_static),     usd(column_dynamic),
                             usd(column_potential),  usd(column_actual)};
  figure.table.columns = columns_of({{"region", "Region", Kind::text}, {"markets", "Markets", Kind::count}}, measures);
  const std::vector<std::string>& regions = region_names();
  std::map<std::string, std::size_t> position;
  for (std::size_t r = 0; r < regions.size(); ++r) position[regions[r]] = r;
  std::vector<Sums> by_region(regions.size(), Sums{});
  std::vector<std::int64_t> markets_in(regions.size(), 0);
  std::vector<std::int32_t> ascending = markets.order;  // a fixed order of sums, whatever the ranks
  std::sort(ascending.begin(), ascending.end());
  for (const std::int32_t j : ascending) {
    const std::size_t region = position.at(region_of(country(context, j).iso3));
    add(by_region[region], markets.sums[j]);
    ++markets_in[region];
  }
  const std::vector<std::int32_t> order = ranked(by_region, column_unrealized);
  for (const std::int32_t r : order)
    figure.table.rows.push_back(row_of({regions[r], markets_in[r]}, measures, by_region[r]));
  figure.charts = {stacked("region", static_and_dynamic())};
  describe_markets(context, figure, "Stacked bars of static and dynamic unrealised potential by region. ",
                   largest_of(
                       order, [&](std::int32_t r) { return regions[r]; },
                       [&](std::int32_t r) { return by_region[r][column_unrealized]; }));
  return figure;
}

}  // namespace

std::vector<Figure> market_figures(const Context& context, const std::vector<Sums>& by_market) {
  const Markets markets{by_market, ranked(by_market, column_unrealized), world_sums(by_market)[column_unrealized]};
  return {by_market_figure(context, markets), by_region_figure(context, markets)};
}

}  // namespace potentia::drilldown
