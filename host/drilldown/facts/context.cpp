#include "host/drilldown/facts/context.hpp"

#include <utility>

#include "host/model/short_names.hpp"
#include "kernels/buffer.hpp"

namespace potentia::drilldown {

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

  Buffer<double> cells(static_cast<std::size_t>(column_count) * products);
  backend.group_cells(exporter.members, market.members, cells.data());
  for (int c = 0; c < column_count; ++c)
    context.pair.columns[c].assign(cells.data() + c * products, cells.data() + (c + 1) * products);
  context.tariffs =
      faced_tariffs(world, solution.settings, solution.axes.products, exporter, market, *context.base_trade, threads);
  context.short_names = short_names(world);
  context.exporter = std::move(exporter);
  context.market = std::move(market);
  return context;
}

}  // namespace potentia::drilldown
