#include "kernels/tables.hpp"

#include <cmath>

#include "kernels/transpose.hpp"

namespace potentia {

void Tables::bind(const Problem& problem) {
  view.countries = problem.countries;
  view.stride = padded(problem.countries);
  view.products = problem.products;
  view.sectors = problem.sectors;
  view.tariff_rows = problem.tariffs.rows;
  view.income_by_product = !uniform_elasticity(problem);
  const bool tariffs = problem.tariffs.rows > 0;
  view.exports = exports.data();
  view.imports = imports.data();
  view.supply_now = supply_now.data();
  view.supply = supply.data();
  view.demand = demand.data();
  view.pull_now = tariffs ? pull_now.data() : imports.data();
  view.pull = tariffs ? pull.data() : demand.data();
  view.log_pull = tariffs ? log_pull.data() : nullptr;
  view.typical = typical.data();
  view.inverse_typical = inverse_typical.data();
  view.distance = distance.data();
  view.inverse_distance = inverse_distance.data();
  view.ease = ease.data();
  view.log_gdp_growth = log_gdp_growth.data();
  view.log_share_shift = log_share_shift.data();
  view.log_population = log_population.data();
  view.log_income = log_income.data();
  view.access = access.data();
  view.log_cost = log_cost.data();
  view.row_now = tariffs ? problem.tariffs.row_now : nullptr;
  view.row_horizon = tariffs ? problem.tariffs.row_horizon : nullptr;
}

Buffer<std::uint32_t> row_begins(const Problem& problem) {
  const std::size_t countries = problem.countries;
  Buffer<std::uint32_t> begins(problem.products * (countries + 1));
  for (std::size_t product = 0; product < static_cast<std::size_t>(problem.products); ++product) {
    const std::uint64_t begin = problem.flows.product_begin[product], end = problem.flows.product_end[product];
    std::uint64_t at = begin;
    for (std::size_t exporter = 0; exporter <= countries; ++exporter) {
      while (at < end && problem.flows.exporter[at] < exporter) ++at;
      begins[product * (countries + 1) + exporter] = static_cast<std::uint32_t>(at - begin);
    }
  }
  return begins;
}

bool uniform_elasticity(const Problem& problem) {
  if (problem.elasticity_varies_elsewhere) return false;
  const std::size_t size =
      static_cast<std::size_t>(problem.products) * (problem.elasticity_by_market ? problem.countries : 1);
  for (std::size_t at = 1; at < size; ++at)
    if (problem.income_elasticity[at] != problem.income_elasticity[0]) return false;
  return true;
}

void find_tariff_markets(const Problem& problem, Tables& tables) {
  const std::size_t countries = problem.countries;
  tables.tariff_markets.clear();
  if (problem.tariffs.rows == 0) return;
  std::vector<std::uint8_t> applied(countries, 0);
  for (std::size_t at = 0; at < countries * countries; ++at)
    if (problem.tariffs.row_now[at] >= 0 || problem.tariffs.row_horizon[at] >= 0) applied[at % countries] = 1;
  for (std::size_t market = 0; market < countries; ++market)
    if (applied[market]) tables.tariff_markets.push_back(static_cast<std::int32_t>(market));
}

void find_tariff_changes(const Problem& problem, Tables& tables) {
  const std::size_t countries = problem.countries, stride = tables.view.stride, rows = problem.tariffs.rows;
  tables.tariff_change.assign(problem.products, 0);
  if (rows == 0) return;

  // Pairs of rows that some exporter moves between; the last one stands for "no tariff known", at no cost.
  std::vector<std::uint8_t> moves((rows + 1) * (rows + 1), 0);
  std::vector<std::pair<std::size_t, std::size_t>> moved;
  for (std::size_t at = 0; at < countries * countries; ++at) {
    const std::size_t now = problem.tariffs.row_now[at] < 0 ? rows : problem.tariffs.row_now[at];
    const std::size_t horizon = problem.tariffs.row_horizon[at] < 0 ? rows : problem.tariffs.row_horizon[at];
    if (now == horizon || moves[now * (rows + 1) + horizon]) continue;
    moves[now * (rows + 1) + horizon] = 1;
    moved.emplace_back(now, horizon);
  }

  for (std::size_t product = 0; product < static_cast<std::size_t>(problem.products); ++product) {
    bool changes = false;
    for (const std::int32_t market : tables.tariff_markets)
      changes = changes || tables.view.log_pull[product * stride + market] != 0.0;
    const double* log_cost = tables.view.log_cost + product * rows;
    const auto cost = [&](std::size_t row) { return row == rows ? 0.0 : log_cost[row]; };
    for (const auto& [now, horizon] : moved) changes = changes || cost(now) != cost(horizon);
    tables.tariff_change[product] = changes;
  }
}

Factors export_factors(const Problem& problem, const Tables& tables, int threads) {
  const TableView& view = tables.view;
  const std::size_t countries = problem.countries, products = problem.products;
  Factors factors;
  const auto table = [&](const double* source) {
    Buffer<double> out(countries * products);
    transpose_products(source, view.stride, problem.products, problem.countries, problem.product_column, out.data(),
                       threads);
    return out;
  };
  factors.exports = table(view.exports);
  factors.imports = table(view.imports);
  factors.supply_now = table(view.supply_now);
  factors.supply = table(view.supply);
  factors.demand_now = table(view.imports);
  factors.demand = table(view.demand);
  factors.typical_distance = table(view.typical);
  for (double& km : factors.typical_distance)
    if (std::isinf(km)) km = std::nan("");
  factors.ease = Buffer<double>(countries * countries);
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < countries; ++market)
      factors.ease[exporter * countries + market] = view.ease[exporter * view.stride + market];
  return factors;
}

}  // namespace potentia
