// Part 1: how trade has moved (figures 1 to 3 of the report).
#include <string>
#include <utility>
#include <vector>

#include "host/drilldown/facts/trade_facts.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"
#include "kernels/real_math.hpp"

namespace potentia::drilldown {
namespace {

Value year_value(std::int32_t year) { return static_cast<std::int64_t>(year); }

/// Lines over the years, one chart for each set of series. One year is read as numbers: nothing to draw then.
std::vector<Chart> over_years(const std::vector<YearTrade>& years, const std::vector<std::vector<Series>>& sets) {
  std::vector<Chart> charts;
  if (years.size() > 1)
    for (const std::vector<Series>& series : sets) charts.push_back({Chart::Type::line, "year", series, 0});
  return charts;
}

std::vector<Chart> trade_chart(const std::vector<YearTrade>& years) {
  return over_years(years,
                    {{{"exports", Role::exports}, {"imports", Role::imports}, {"balance", Role::balance}}});
}

std::string group_note(const Context& context) {
  return context.exporter.members.size() > 1
             ? " The group is the sum of its members; what they sell each other is in both its exports and its imports."
             : "";
}

Figure total_trade(const Context& context, const std::vector<YearTrade>& years) {
  Figure figure;
  figure.id = "world";
  figure.title = "Total trade of " + context.exporter.name;
  figure.definition =
      "Exports to and imports from all countries in all products, and exports minus imports, year by year." +
      group_note(context);
  const bool group = context.exporter.members.size() > 1;
  figure.table.columns = {{"year", "Year", Kind::year},
                          {"exports", "Exports", Kind::usd},
                          {"imports", "Imports", Kind::usd},
                          {"balance", "Trade balance", Kind::usd}};
  if (group) figure.table.columns.push_back({"within", "Trade among the group's members", Kind::usd});
  for (const YearTrade& each : years) {
    const PartyTrade& trade = each.trade;
    figure.table.rows.push_back({year_value(each.year), trade.exports, trade.imports, trade.exports - trade.imports});
    if (group) figure.table.rows.back().emplace_back(trade.within);
  }
  figure.charts = trade_chart(years);
  const PartyTrade& last = years.back().trade;
  figure.alternative = "In " + std::to_string(years.back().year) + " " + context.exporter.name + " exported " +
                       in_dollars(last.exports) + " and imported " + in_dollars(last.imports) + ".";
  return figure;
}

Figure market_share(const Context& context, const std::vector<YearTrade>& years) {
  Figure figure;
  figure.id = "share";
  figure.title = "Share of " + context.market.name + " in trade of " + context.exporter.name;
  figure.definition =
      "Exports to the market divided by exports to all countries, and imports from it divided by imports from all "
      "countries, all products.";
  figure.table.columns = {{"year", "Year", Kind::year},
                          {"export_share", "Share in exports", Kind::share},
                          {"import_share", "Share in imports", Kind::share}};
  for (const YearTrade& each : years)
    figure.table.rows.push_back({year_value(each.year), share_of(each.trade.market_exports, each.trade.exports),
                                 share_of(each.trade.market_imports, each.trade.imports)});
  figure.charts = over_years(years, {{{"export_share", Role::exports}}, {{"import_share", Role::imports}}});
  const PartyTrade& last = years.back().trade;
  const auto percent = [](double part, double whole) { return whole > 0.0 ? in_percent(part, whole) : "no"; };
  figure.alternative = "In " + std::to_string(years.back().year) + " " + context.market.name + " took " +
                       percent(last.market_exports, last.exports) + " of exports and supplied " +
                       percent(last.market_imports, last.imports) + " of imports.";
  return figure;
}

Figure bilateral_trade(const Context& context, const std::vector<YearTrade>& years) {
  Figure figure;
  figure.id = "market";
  figure.title = "Trade of " + context.exporter.name + " with " + context.market.name;
  figure.definition =
      "Exports to and imports from the market in all products, and exports minus imports, year by year.";
  figure.table.columns = {{"year", "Year", Kind::year},
                          {"exports", "Exports to " + context.market.name, Kind::usd},
                          {"imports", "Imports from " + context.market.name, Kind::usd},
                          {"balance", "Trade balance", Kind::usd}};
  for (const YearTrade& each : years) {
    const PartyTrade& trade = each.trade;
    figure.table.rows.push_back({year_value(each.year), trade.market_exports, trade.market_imports,
                                 trade.market_exports - trade.market_imports});
  }
  figure.charts = trade_chart(years);
  const PartyTrade& last = years.back().trade;
  figure.alternative = "In " + std::to_string(years.back().year) + " " + context.exporter.name + " exported " +
                       in_dollars(last.market_exports) + " to " + context.market.name + " and imported " +
                       in_dollars(last.market_imports) + " from it.";
  return figure;
}

/// (last / first)^(1 / years) − 1; nothing from or to nothing.
Value annual_growth(double first, double last, std::int32_t years) {
  if (!(first > 0.0) || !(last > 0.0)) return {};
  return known(potentia::pow(last / first, 1.0 / years) - 1.0);
}

Figure growth(const Context& context, const std::vector<YearTrade>& years) {
  Figure figure;
  figure.id = "growth";
  figure.title = "Growth of trade a year";
  figure.definition =
      "Compound annual growth from the first to the last year: (last / first) to the power of 1 / years, minus 1. "
      "Values in current US dollars.";
  figure.table.columns = {{"flow", "Flow", Kind::text},
                          {"first_year", "First year", Kind::year},
                          {"last_year", "Last year", Kind::year},
                          {"first", "Value in the first year", Kind::usd},
                          {"last", "Value in the last year", Kind::usd},
                          {"growth", "Growth a year", Kind::share}};
  if (years.size() < 2) {
    figure.notice =
        "Growth needs more than one year of trade; this world has " + std::to_string(years[0].year) + " alone.";
    return figure;
  }
  const YearTrade &first = years.front(), &last = years.back();
  const auto row = [&](const std::string& flow, double PartyTrade::*value) {
    figure.table.rows.push_back({flow, year_value(first.year), year_value(last.year), first.trade.*value,
                                 last.trade.*value,
                                 annual_growth(first.trade.*value, last.trade.*value, last.year - first.year)});
  };
  row("Exports to all countries", &PartyTrade::exports);
  row("Imports from all countries", &PartyTrade::imports);
  row("Exports to " + context.market.name, &PartyTrade::market_exports);
  row("Imports from " + context.market.name, &PartyTrade::market_imports);
  figure.charts = {{Chart::Type::horizontal_bar, "flow", {{"growth", Role::plain}}, 0}};
  figure.alternative = "Growth a year of exports and imports, with all countries and with " + context.market.name +
                       ", from " + std::to_string(first.year) + " to " + std::to_string(last.year) + ".";
  return figure;
}

}  // namespace

Part trade_part(const Context& context) {
  const std::vector<YearTrade> years = trade_by_year(context);
  return {"trade",
          "Trade over the years",
          {total_trade(context, years), market_share(context, years), bilateral_trade(context, years),
           growth(context, years)}};
}

}  // namespace potentia::drilldown
