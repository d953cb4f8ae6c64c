// See cell_facts.hpp.
#include "host/atlas/cell_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "host/model/base_trade.hpp"
#include "host/model/tariff_rows.hpp"

namespace potentia::atlas {
namespace {

/// The two largest suppliers of a product in a market, ties by code.
struct Suppliers {
  std::array<std::int32_t, 2> country{-1, -1};
  std::array<double, 2> value{0.0, 0.0};

  void insert(std::int32_t exporter, double sales) {
    if (sales > value[0]) {
      country[1] = country[0];
      value[1] = value[0];
      country[0] = exporter;
      value[0] = sales;
    } else if (sales > value[1]) {
      country[1] = exporter;
      value[1] = sales;
    }
  }
};

/// [products of the result, markets]
std::vector<Suppliers> largest_suppliers(const World& world, const Solution& solution, int threads) {
  const BaseTrade trade = make_base_trade(world, solution.settings, solution.settings.world.base_years, threads);
  const std::size_t markets = world.country_count();
  std::vector<Suppliers> suppliers(solution.axes.products.size() * markets);
  Suppliers* all = suppliers.data();
  const std::int64_t products = static_cast<std::int64_t>(solution.axes.products.size());
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t k = 0; k < products; ++k) {
    const std::int32_t product = solution.axes.products[k];
    for (std::uint64_t flow = trade.product_begin[product]; flow < trade.product_end[product]; ++flow)
      all[k * markets + trade.market[flow]].insert(trade.exporter[flow], trade.value[flow]);
  }
  return suppliers;
}

/// In how many of the base years an exporter sold a product abroad. [products of the result, exporters]
std::vector<std::uint8_t> years_sold(const World& world, const Solution& solution) {
  const std::vector<std::int32_t>& base_years = solution.settings.world.base_years;
  const std::size_t exporters = world.country_count();
  std::vector<std::uint8_t> years(solution.axes.products.size() * exporters, 0);
  for (const TradeYear& trade : world.trade) {
    if (!std::binary_search(base_years.begin(), base_years.end(), trade.year)) continue;
    for (std::size_t k = 0; k < solution.axes.products.size(); ++k) {
      const std::int32_t product = solution.axes.products[k];
      std::int32_t counted = -1;  // flows are sorted by exporter
      for (std::uint64_t flow = trade.product_offset[product]; flow < trade.product_offset[product + 1]; ++flow)
        if (trade.value[flow] > 0.0 && trade.exporter[flow] != counted) {
          counted = trade.exporter[flow];
          ++years[k * exporters + static_cast<std::size_t>(counted)];
        }
    }
  }
  return years;
}

/// Tables that flags of cells are looked up in.
class Flagger {
public:
  Flagger(const World& world, const Solution& solution)
      : world_(world),
        solution_(solution),
        gdp_(filled_countries(world, solution.notices, "growth.gdp")),
        either_(filled_countries(world, solution.notices, "growth.population")) {
    for (std::size_t country = 0; country < either_.size(); ++country) either_[country] |= gdp_[country];
    if (solution.settings.world.base_years.size() > 1) years_ = years_sold(world, solution);
  }

  FlagSet flags(std::size_t exporter, std::size_t market, std::size_t k) const {
    const Factors& factors = solution_.factors;
    const std::size_t products = solution_.axes.products.size(), countries = world_.country_count();
    const double exports = factors.exports[exporter * products + k], imports = factors.imports[market * products + k];
    FlagSet set;
    if (few_years(exporter, k)) set.set(flag_few_years);
    if (factors.imports[exporter * products + k] > exports) set.set(flag_net_importer);
    if (world_.sigma.empty() || std::isnan(world_.sigma[solution_.axes.products[k]])) set.set(flag_filled_sigma);
    if (solution_.settings.method.distance_fit && std::isnan(world_.distance[exporter * countries + market]) &&
        exports * imports > 0.0)
      set.set(flag_filled_distance);
    if ((gdp_[exporter] && exports > 0.0) || (either_[market] && imports > 0.0)) set.set(flag_filled_growth);
    if (imports < tiny_market_imports) set.set(flag_tiny_market);
    return set;
  }

private:
  bool few_years(std::size_t exporter, std::size_t k) const {
    return years_.empty() ||
           2u * years_[k * world_.country_count() + exporter] < solution_.settings.world.base_years.size();
  }

  const World& world_;
  const Solution& solution_;
  std::vector<char> gdp_, either_;  // [countries] filled growth of GDP; of GDP or population
  std::vector<std::uint8_t> years_;
};

}  // namespace

CellFacts make_cell_facts(const World& world, const Solution& solution, int threads) {
  const CellList& cells = solution.cells;
  const std::size_t count = cells.market.size(), products = solution.axes.products.size(),
                    countries = world.country_count();
  const Flagger flagger(world, solution);
  const std::vector<Suppliers> suppliers = largest_suppliers(world, solution, threads);
  std::vector<Notice> told_by_solve;
  TariffDetail detail;
  TariffRows tariffs;
  if (!world.tariffs.empty())
    tariffs = make_tariff_rows(world, solution.axes.products, solution.settings.world.base_years.back(),
                               solution.settings.world.horizon_year, told_by_solve, &detail);
  const auto rate = [&](const std::vector<std::int32_t>& rows, std::size_t pair, std::size_t k) {
    if (rows.empty() || rows[pair] < 0) return missing_value;
    return tariffs.rate[rows[pair] * products + k];
  };

  CellFacts facts;
  for (std::vector<double>* column :
       {&facts.tariff_now, &facts.tariff, &facts.growth, &facts.imports, &facts.supplier_share})
    column->resize(count);
  facts.flags.resize(count);
  facts.supplier.resize(count);
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t at = cells.offsets[exporter]; at < cells.offsets[exporter + 1]; ++at) {
      const std::size_t market = cells.market[at], k = cells.product[at], pair = exporter * countries + market;
      const double imports = solution.factors.imports[market * products + k];
      const double demand_now = solution.factors.demand_now[market * products + k];
      const Suppliers& rivals = suppliers[k * countries + market];
      const std::size_t other = rivals.country[0] == static_cast<std::int32_t>(exporter) ? 1 : 0;
      facts.tariff_now[at] = rate(tariffs.now, pair, k);
      facts.tariff[at] = rate(tariffs.horizon, pair, k);
      facts.growth[at] =
          demand_now > 0.0 ? solution.factors.demand[market * products + k] / demand_now - 1.0 : missing_value;
      facts.imports[at] = imports;
      facts.supplier[at] = rivals.country[other];
      facts.supplier_share[at] = imports > 0.0 ? rivals.value[other] / imports : missing_value;
      FlagSet set = flagger.flags(exporter, market, k);
      if (rivals.value[other] > single_supplier_share * imports) set.set(flag_single_supplier);
      const std::int32_t schedule = world.tariffs.empty() ? -1 : world.tariffs.market_schedule[market];
      if (schedule >= 0 && detail.mfn_missing[schedule][k]) set.set(flag_unmatched_tariff);
      if (cells.columns[column_actual][at] < small_flow_exports) set.set(flag_small_flow);
      facts.flags[at] = set;
    }
  return facts;
}

std::vector<std::vector<Rival>> find_rivals(const Solution& solution, std::size_t at_most) {
  const CellList& cells = solution.cells;
  const std::size_t exporters = solution.axes.exporters.size(), products = solution.axes.products.size();
  std::vector<std::int32_t> exporter_of(cells.market.size());
  for (std::size_t e = 0; e < exporters; ++e)
    std::fill(exporter_of.begin() + cells.offsets[e], exporter_of.begin() + cells.offsets[e + 1],
              static_cast<std::int32_t>(e));
  const auto place = [&](std::size_t at) { return cells.market[at] * products + cells.product[at]; };
  std::vector<std::size_t> order(cells.market.size());  // by market and product, exporters ascending
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });

  std::vector<Rival> met(exporters * exporters);
  const std::vector<double>& size = cells.columns[column_unrealized];
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && place(order[last]) == place(order[first])) ++last;
    for (std::size_t a = first; a < last; ++a)
      for (std::size_t b = first; b < last; ++b) {
        if (a == b) continue;
        Rival& rival = met[exporter_of[order[a]] * exporters + exporter_of[order[b]]];
        rival.country = exporter_of[order[b]];
        ++rival.cells;
        rival.size += std::min(size[order[a]], size[order[b]]);
      }
    first = last;
  }

  std::vector<std::vector<Rival>> rivals(exporters);
  for (std::size_t e = 0; e < exporters; ++e) {
    for (std::size_t other = 0; other < exporters; ++other)
      if (met[e * exporters + other].cells > 0) rivals[e].push_back(met[e * exporters + other]);
    std::stable_sort(rivals[e].begin(), rivals[e].end(),
                     [](const Rival& a, const Rival& b) { return a.size > b.size; });
    if (rivals[e].size() > at_most) rivals[e].resize(at_most);
  }
  return rivals;
}

}  // namespace potentia::atlas
