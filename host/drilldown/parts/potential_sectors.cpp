// Potential between the parties by sector: realised and not, static and dynamic, and why it changes.
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

struct Sectors {
  std::vector<Sums> sums;
  std::vector<std::int32_t> order;
};

/// What the chart shows, or the notice where it shows nothing.
void describe(const Context& context, Figure& figure, const Sectors& sectors, const std::vector<std::int32_t>& order,
              Column column, const std::string& what) {
  if (figure.table.rows.empty()) {
    figure.notice = nothing_in_words(context);
    figure.charts.clear();
    return;
  }
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t s : order) {
    names.push_back(context.world->sectors[s]);
    values.push_back(sectors.sums[s][column]);
  }
  figure.alternative =
      what + largest_in_words(names, values,
                              column == column_potential ? "By potential, the" : "By unrealised potential, the");
}

Figure by_sector_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "by_sector";
  figure.title = "Export potential from " + pair_in_words(context) + ", by sector";
  figure.definition =
      "Potential of each sector, USD: realised (the smaller of exports and potential, product by product) and "
      "unrealised; "
      "the latter static (frictions) or dynamic (growth and tariff change). The share realised is realised / "
      "potential.";
  figure.table.columns = {{"sector", "Sector", Kind::text},
                          {"actual", "Exports in scope", Kind::usd},
                          {"potential_now", "Potential, conditions of the base period", Kind::usd},
                          {"potential", "Potential", Kind::usd},
                          {"realized", "Realised", Kind::usd},
                          {"unrealized", "Unrealised", Kind::usd},
                          {"share", "Share of all unrealised", Kind::share},
                          {"static", "Static", Kind::usd},
                          {"dynamic", "Dynamic", Kind::usd},
                          {"static_share", "Static, share of unrealised", Kind::share},
                          {"realized_share", "Share realised", Kind::share},
                          {"overtrade", "Overtrade", Kind::usd}};
  double whole = 0.0;
  for (const Sums& sums : sectors.sums) whole += sums[column_unrealized];
  for (const std::int32_t s : sectors.order) {
    const Sums& sums = sectors.sums[s];
    figure.table.rows.push_back({context.world->sectors[s], sums[column_actual], sums[column_potential_now],
                                 sums[column_potential], sums[column_realized], sums[column_unrealized],
                                 share_of(sums[column_unrealized], whole), sums[column_static], sums[column_dynamic],
                                 share_of(sums[column_static], sums[column_unrealized]),
                                 share_of(sums[column_realized], sums[column_potential]), sums[column_overtrade]});
  }
  figure.charts = {
      {Chart::Type::horizontal_stacked, "sector", {{"realized", Role::realized}, {"unrealized", Role::unrealized}}, 0},
      {Chart::Type::horizontal_stacked, "sector", {{"static", Role::static_part}, {"dynamic", Role::dynamic_part}}, 0}};
  describe(context, figure, sectors, sectors.order, column_unrealized,
           "Stacked bars by sector, realised and unrealised on one side, static and dynamic on the other. ");
  return figure;
}

Figure shares_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "realized_by_sector";
  figure.title = "Share of the potential from " + pair_in_words(context) + " that is unrealised, by sector";
  figure.definition =
      "Unrealised and realised as shares of the sector's potential; sectors with the largest potential first.";
  figure.table.columns = {{"sector", "Sector", Kind::text},
                          {"unrealized_share", "Unrealised", Kind::share},
                          {"realized_share", "Realised", Kind::share},
                          {"potential", "Potential", Kind::usd}};
  const std::vector<std::int32_t> order = ranked(sectors.sums, column_potential);
  for (const std::int32_t s : order) {
    const Sums& sums = sectors.sums[s];
    if (!(sums[column_potential] > 0.0)) continue;
    figure.table.rows.push_back({context.world->sectors[s], share_of(sums[column_unrealized], sums[column_potential]),
                                 share_of(sums[column_realized], sums[column_potential]), sums[column_potential]});
  }
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "sector",
                    {{"realized_share", Role::realized}, {"unrealized_share", Role::unrealized}},
                    0}};
  describe(context, figure, sectors, order, column_potential,
           "Bars that divide each sector's potential into realised and unrealised. ");
  return figure;
}

Figure change_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "change_by_sector";
  figure.title = "Why the potential from " + pair_in_words(context) + " changes, by sector";
  figure.definition =
      "Potential at the horizon less potential under the conditions of the base period, USD, split exactly into what "
      "the "
      "exporter's supply (its growth relative to all suppliers'), the market's population, its income per head and "
      "tariff changes contribute "
      "(logarithmic mean Divisia index, cell by cell); the four add up to the change.";
  figure.table.columns = {{"sector", "Sector", Kind::text},
                          {"potential_now", "Potential, conditions of the base period", Kind::usd},
                          {"potential", "Potential", Kind::usd},
                          {"change", "Change", Kind::usd},
                          {"change_supply", "Supply", Kind::usd},
                          {"change_population", "Population", Kind::usd},
                          {"change_income", "Income per head", Kind::usd},
                          {"change_tariff", "Tariffs", Kind::usd}};
  const std::vector<std::int32_t> order = ranked(sectors.sums, column_potential);
  for (const std::int32_t s : order) {
    const Sums& sums = sectors.sums[s];
    figure.table.rows.push_back({context.world->sectors[s], sums[column_potential_now], sums[column_potential],
                                 sums[column_potential] - sums[column_potential_now], sums[column_change_supply],
                                 sums[column_change_population], sums[column_change_income],
                                 sums[column_change_tariff]});
  }
  figure.charts = {{Chart::Type::horizontal_stacked,
                    "sector",
                    {{"change_supply", Role::supply},
                     {"change_population", Role::population},
                     {"change_income", Role::income},
                     {"change_tariff", Role::tariff}},
                    0}};
  describe(context, figure, sectors, order, column_potential,
           "Stacked bars of the four reasons why each sector's potential changes. ");
  return figure;
}

}  // namespace

std::vector<Figure> sector_figures(const Context& context) {
  Sectors sectors;
  sectors.sums = sums_by_sector(context);
  sectors.order = ranked(sectors.sums, column_unrealized);
  return {by_sector_figure(context, sectors), shares_figure(context, sectors), change_figure(context, sectors)};
}

}  // namespace potentia::drilldown
