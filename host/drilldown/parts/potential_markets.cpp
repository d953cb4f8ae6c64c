// Untapped potential of the exporter by market and region of the world: where this market stands among all.
#include <algorithm>
#include <map>

#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/model/regions.hpp"

namespace potentia::drilldown {
namespace {

const Country& country(const Context& context, std::int32_t index) { return context.world->countries[index]; }

std::string nowhere(const Context& context) {
  return context.exporter.name + " has neither exports nor potential in the products in scope.";
}

void describe(const Context& context, Figure& figure, const std::vector<Sums>& by_market,
              const std::vector<std::int32_t>& order) {
  if (order.empty()) {
    figure.notice = nowhere(context);
    figure.charts.clear();
    return;
  }
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t j : order) {
    names.push_back(country(context, j).name);
    values.push_back(by_market[j][column_unrealized]);
  }
  figure.alternative += largest_in_words(names, values);
}

Figure by_market_figure(const Context& context, const std::vector<Sums>& by_market,
                        const std::vector<std::int32_t>& order) {
  Figure figure;
  figure.id = "by_market";
  figure.title = "Untapped export potential of " + context.exporter.name + ", by market";
  figure.definition =
      "Unrealised potential of the exporter in each country, summed over products, USD, and its share in the "
      "unrealised "
      "potential in all countries: the fifteen largest, the report's own market below them where it is smaller, and "
      "all "
      "others together.";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"market", "Code", Kind::code},
                          {"name", "Market", Kind::text},
                          {"region", "Region", Kind::text},
                          {"unrealized", "Unrealised", Kind::usd},
                          {"share", "Share of all unrealised", Kind::share},
                          {"potential", "Potential", Kind::usd},
                          {"actual", "Exports in scope", Kind::usd},
                          {"chosen", "Market of this report", Kind::flag}};
  const double whole = world_sums(by_market)[column_unrealized];
  const bool few_members = static_cast<std::int64_t>(context.market.members.size()) <= shown_markets;
  Sums others{};
  std::int64_t rank = 0, other_markets = 0;
  for (const std::int32_t j : order) {
    const Sums& sums = by_market[j];
    const bool chosen = context.is_market[j] != 0;
    if (++rank > shown_markets && !(chosen && few_members)) {
      add(others, sums);
      ++other_markets;
      continue;
    }
    figure.table.rows.push_back({rank, country(context, j).iso3, country(context, j).name,
                                 std::string(region_of(country(context, j).iso3)), sums[column_unrealized],
                                 share_of(sums[column_unrealized], whole), sums[column_potential], sums[column_actual],
                                 chosen});
  }
  if (other_markets > 0)
    figure.table.rows.push_back({Value(), Value(), "Other markets (" + std::to_string(other_markets) + ")", Value(),
                                 others[column_unrealized], share_of(others[column_unrealized], whole),
                                 others[column_potential], others[column_actual], false});
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"unrealized", Role::unrealized}}, 0}};
  figure.alternative = "Bars of unrealised potential by market. ";
  describe(context, figure, by_market, order);
  return figure;
}

Figure by_region_figure(const Context& context, const std::vector<Sums>& by_market,
                        const std::vector<std::int32_t>& order) {
  Figure figure;
  figure.id = "by_region";
  figure.title = "Untapped export potential of " + context.exporter.name + ", by region";
  figure.definition =
      "The same, summed over the countries of each sub-region of the United Nations' M49 standard, USD, with its "
      "static "
      "part (frictions) and its dynamic part (growth and tariff change).";
  figure.table.columns = {{"region", "Region", Kind::text},        {"markets", "Markets", Kind::count},
                          {"unrealized", "Unrealised", Kind::usd}, {"share", "Share of all unrealised", Kind::share},
                          {"static", "Static", Kind::usd},         {"dynamic", "Dynamic", Kind::usd},
                          {"potential", "Potential", Kind::usd},   {"actual", "Exports in scope", Kind::usd}};
  const double whole = world_sums(by_market)[column_unrealized];
  const std::vector<std::string>& regions = region_names();
  std::map<std::string, std::size_t> position;
  for (std::size_t r = 0; r < regions.size(); ++r) position[regions[r]] = r;
  std::vector<Sums> by_region(regions.size(), Sums{});
  std::vector<std::int64_t> markets(regions.size(), 0);
  std::vector<std::int32_t> ascending = order;  // a fixed order of sums, whatever the ranks
  std::sort(ascending.begin(), ascending.end());
  for (const std::int32_t j : ascending) {
    const std::size_t region = position.at(region_of(country(context, j).iso3));
    add(by_region[region], by_market[j]);
    ++markets[region];
  }
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t r : ranked(by_region, column_unrealized)) {
    const Sums& sums = by_region[r];
    names.push_back(regions[r]);
    values.push_back(sums[column_unrealized]);
    figure.table.rows.push_back({regions[r], markets[r], sums[column_unrealized],
                                 share_of(sums[column_unrealized], whole), sums[column_static], sums[column_dynamic],
                                 sums[column_potential], sums[column_actual]});
  }
  if (names.empty()) {
    figure.notice = nowhere(context);
    return figure;
  }
  figure.charts = {
      {Chart::Type::horizontal_stacked, "region", {{"static", Role::static_part}, {"dynamic", Role::dynamic_part}}, 0}};
  figure.alternative =
      "Stacked bars of static and dynamic unrealised potential by region. " + largest_in_words(names, values);
  return figure;
}

Figure static_dynamic_figure(const Context& context, const std::vector<Sums>& by_market,
                             const std::vector<std::int32_t>& order) {
  Figure figure;
  figure.id = "static_dynamic_by_market";
  figure.title = "Static and dynamic untapped export potential of " + context.exporter.name + ", by market";
  figure.definition =
      "Unrealised potential in each country, USD: static is what the conditions of the base period would already allow "
      "and frictions hold back, dynamic what growth and tariff change are expected to add; the two add up to "
      "unrealised. All markets with trade or potential; the chart shows the fifteen largest.";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"market", "Code", Kind::code},
                          {"name", "Market", Kind::text},
                          {"region", "Region", Kind::text},
                          {"actual", "Exports in scope", Kind::usd},
                          {"potential_now", "Potential, conditions of the base period", Kind::usd},
                          {"potential", "Potential", Kind::usd},
                          {"realized", "Realised", Kind::usd},
                          {"unrealized", "Unrealised", Kind::usd},
                          {"static", "Static", Kind::usd},
                          {"dynamic", "Dynamic", Kind::usd},
                          {"static_share", "Static, share of unrealised", Kind::share},
                          {"dynamic_share", "Dynamic, share of unrealised", Kind::share},
                          {"overtrade", "Overtrade", Kind::usd},
                          {"chosen", "Market of this report", Kind::flag}};
  std::int64_t rank = 0;
  for (const std::int32_t j : order) {
    const Sums& sums = by_market[j];
    figure.table.rows.push_back(
        {++rank, country(context, j).iso3, country(context, j).name, std::string(region_of(country(context, j).iso3)),
         sums[column_actual], sums[column_potential_now], sums[column_potential], sums[column_realized],
         sums[column_unrealized], sums[column_static], sums[column_dynamic],
         share_of(sums[column_static], sums[column_unrealized]),
         share_of(sums[column_dynamic], sums[column_unrealized]), sums[column_overtrade], context.is_market[j] != 0});
  }
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "name",
                    {{"static", Role::static_part}, {"dynamic", Role::dynamic_part}},
                    shown_markets}};
  figure.alternative = "Stacked bars of static and dynamic unrealised potential by market. ";
  describe(context, figure, by_market, order);
  return figure;
}

}  // namespace

std::vector<Figure> market_figures(const Context& context, const std::vector<Sums>& by_market) {
  const std::vector<std::int32_t> order = ranked(by_market, column_unrealized);
  return {by_market_figure(context, by_market, order), by_region_figure(context, by_market, order),
          static_dynamic_figure(context, by_market, order)};
}

}  // namespace potentia::drilldown
