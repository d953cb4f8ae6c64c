// Potential between the parties by sector: realised and not, static and dynamic, and why it changes.
#include "host/drilldown/parts/potential_figures.hpp"

namespace potentia::drilldown {
namespace {

struct Sectors {
  std::vector<Sums> sums;
  std::vector<std::int32_t> order;  ///< most unrealised first
};

const TableColumn sector_column{"sector", "Sector", Kind::text};

void add_rows(const Context& context, Figure& figure, const Measures& measures, const Sectors& sectors,
              const std::vector<std::int32_t>& order) {
  figure.table.columns = columns_of({sector_column}, measures);
  for (const std::int32_t s : order)
    figure.table.rows.push_back(row_of({context.world->sectors[s]}, measures, sectors.sums[s]));
}

std::string largest(const Context& context, const Sectors& sectors, const std::vector<std::int32_t>& order,
                    Column column) {
  return largest_of(
      order, [&](std::int32_t s) { return context.world->sectors[s]; },
      [&](std::int32_t s) { return sectors.sums[s][column]; },
      column == column_potential ? "By potential, the" : "By unrealised potential, the");
}

Figure by_sector_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "by_sector";
  figure.title = "Export potential from " + pair_in_words(context) + ", by sector";
  figure.definition =
      "Potential of each sector, USD: realised (the smaller of exports and potential, product by product) and "
      "unrealised; the latter static (frictions) or dynamic (growth and tariff change). The share realised is realised "
      "/ "
      "potential.";
  double whole = 0.0;
  for (const Sums& sums : sectors.sums) whole += sums[column_unrealized];
  const Measures measures = {usd(column_actual),
                             usd(column_potential_now),
                             usd(column_potential),
                             usd(column_realized),
                             usd(column_unrealized),
                             share_of_all_unrealized(whole),
                             usd(column_static),
                             usd(column_dynamic),
                             share_of_unrealized(column_static),
                             ratio("realized_share", "Share realised", column_realized, column_potential),
                             usd(column_overtrade)};
  add_rows(context, figure, measures, sectors, sectors.order);
  figure.charts = {stacked("sector", parts_of_potential())};
  describe(figure,
           "Stacked bars of realised, static and dynamic potential by sector. " +
               largest(context, sectors, sectors.order, column_unrealized),
           nothing_in_words(context));
  return figure;
}

Figure shares_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "realized_by_sector";
  figure.title = "Share of the potential from " + pair_in_words(context) + " that is unrealised, by sector";
  figure.definition =
      "Unrealised and realised as shares of the sector's potential; sectors with the largest potential first.";
  std::vector<std::int32_t> order;
  for (const std::int32_t s : ranked(sectors.sums, column_potential))
    if (sectors.sums[s][column_potential] > 0.0) order.push_back(s);
  add_rows(context, figure,
           {ratio("unrealized_share", "Unrealised", column_unrealized, column_potential),
            ratio("realized_share", "Realised", column_realized, column_potential), usd(column_potential)},
           sectors, order);
  figure.charts = {stacked("sector", {{"realized_share", Role::realized}, {"unrealized_share", Role::unrealized}})};
  describe(figure,
           "Bars that divide each sector's potential into realised and unrealised. " +
               largest(context, sectors, order, column_potential),
           nothing_in_words(context));
  return figure;
}

Figure change_figure(const Context& context, const Sectors& sectors) {
  Figure figure;
  figure.id = "change_by_sector";
  figure.title = "Why the potential from " + pair_in_words(context) + " changes, by sector";
  figure.definition =
      "Potential at the horizon less potential under the conditions of the base period, USD, split exactly into what "
      "the exporter's supply (its growth relative to all suppliers'), the market's population, its income per head and "
      "tariff changes contribute (logarithmic mean Divisia index, cell by cell); the four add up to the change.";
  const std::vector<std::int32_t> order = ranked(sectors.sums, column_potential);
  add_rows(context, figure, change_measures(), sectors, order);
  figure.charts = {stacked("sector", reasons_of_change())};
  describe(figure,
           "Stacked bars of the four reasons why each sector's potential changes. " +
               largest(context, sectors, order, column_potential),
           nothing_in_words(context));
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
