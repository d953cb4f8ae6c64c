#include "host/drilldown/facts/context.hpp"

#include <utility>

#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::drilldown {
namespace {

ProductColumns nothing(std::size_t products) {
  ProductColumns columns;
  for (std::vector<double>& column : columns.columns) column.assign(products, 0.0);
  return columns;
}

void add(ProductColumns& to, const double* cells, std::size_t products) {
  for (int c = 0; c < column_count; ++c)
    for (std::size_t product = 0; product < products; ++product) to.columns[c][product] += cells[c * products + product];
}

}  // namespace

double ProductColumns::total(Column column) const {
  double sum = 0.0;
  for (const double value : columns[column]) sum += value;
  return sum;
}

Context make_context(const World& world, const Solution& solution, const Backend& backend, Party exporter, Party market) {
  Context context;
  context.world = &world;
  context.solution = &solution;
  context.backend = &backend;
  const int threads = backend.threads() > 0 ? backend.threads() : 1;
  context.base_trade = std::make_shared<const BaseTrade>(
      make_base_trade(world, solution.settings, solution.settings.world.base_years, threads));
  context.is_exporter = member_marks(exporter, world.country_count());
  context.is_market = member_marks(market, world.country_count());
  const std::size_t products = solution.axes.products.size();

  // Cells of every pair first, in threads; then sums in the order of the pairs, which threads cannot change.
  std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
  for (const std::int32_t j : market.members)
    for (const std::int32_t i : exporter.members) pairs.emplace_back(i, j);
  const std::int64_t pair_count = static_cast<std::int64_t>(pairs.size());
  context.pair = nothing(products);
  context.by_market_member.assign(market.members.size(), nothing(products));
  constexpr std::int64_t batch = 64;  // bounds the memory of large groups
  Buffer<double> cells(static_cast<std::size_t>(batch) * column_count * products);
  double* values = cells.data();
  for (std::int64_t first = 0; first < pair_count; first += batch) {
    check_interrupted();
    const std::int64_t last = first + batch < pair_count ? first + batch : pair_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (std::int64_t at = first; at < last; ++at)
      backend.pair_cells(pairs[at].first, pairs[at].second, values + (at - first) * column_count * products);
    for (std::int64_t at = first; at < last; ++at) {
      const double* pair = values + (at - first) * column_count * products;
      add(context.by_market_member[at / exporter.members.size()], pair, products);
    }
  }
  for (const ProductColumns& member : context.by_market_member)
    for (int c = 0; c < column_count; ++c)
      for (std::size_t product = 0; product < products; ++product)
        context.pair.columns[c][product] += member.columns[c][product];
  context.tariffs =
      faced_tariffs(world, solution.settings, solution.axes.products, exporter, market, *context.base_trade, threads);
  context.exporter = std::move(exporter);
  context.market = std::move(market);
  return context;
}

}  // namespace potentia::drilldown
