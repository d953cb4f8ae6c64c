// See rivals.hpp.
#include "host/drilldown/facts/rivals.hpp"

#include <limits>

#include "kernels/interrupt.hpp"

namespace potentia::drilldown {
namespace {

/// Puts a supplier into its place among the largest three. Suppliers come in ascending order: ties keep the first.
void insert(std::array<Rival, 3>& rivals, Rival rival) {
  for (Rival& place : rivals)
    if (rival.value > place.value) std::swap(place, rival);
}

/// Adds up the flows of a product supplier by supplier, as they are sorted.
std::array<Rival, 3> largest_rivals(const Context& context, std::int32_t product) {
  const BaseTrade& trade = *context.base_trade;
  const std::uint64_t end = trade.product_end[product];
  const char* is_market = context.is_market.data();
  std::array<Rival, 3> rivals;
  for (std::uint64_t flow = trade.product_begin[product]; flow < end;) {
    Rival rival{trade.exporter[flow], 0.0};
    for (; flow < end && trade.exporter[flow] == rival.country; ++flow)
      if (is_market[trade.market[flow]]) rival.value += trade.value[flow];
    if (rival.value > 0.0 && !context.is_exporter[rival.country]) insert(rivals, rival);
  }
  return rivals;
}

}  // namespace

MarketDemand market_demand(const Context& context) {
  const Factors& factors = context.solution->factors;
  const std::vector<std::int32_t>& products = context.solution->axes.products;
  MarketDemand demand;
  demand.imports.assign(products.size(), 0.0);
  std::vector<double> now(products.size(), 0.0), horizon(products.size(), 0.0);
  for (const std::int32_t j : context.market.members) {
    const std::size_t row = static_cast<std::size_t>(j) * products.size();
    for (std::size_t product = 0; product < products.size(); ++product) {
      demand.imports[product] += factors.imports[row + product];
      now[product] += factors.demand_now[row + product];
      horizon[product] += factors.demand[row + product];
    }
  }
  demand.growth.resize(products.size());
  for (std::size_t product = 0; product < products.size(); ++product)
    demand.growth[product] =
        now[product] > 0.0 ? horizon[product] / now[product] - 1.0 : std::numeric_limits<double>::quiet_NaN();

  demand.rivals.resize(products.size());
  std::array<Rival, 3>* rivals = demand.rivals.data();
  const int threads = context.backend->threads() > 0 ? context.backend->threads() : 1;
  const std::int64_t count = static_cast<std::int64_t>(products.size());
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t product = 0; product < count; ++product)
    rivals[product] = largest_rivals(context, products[product]);
  check_interrupted();
  return demand;
}

}  // namespace potentia::drilldown
