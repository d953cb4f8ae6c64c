// See pair_sums.hpp.
#include "host/drilldown/facts/pair_sums.hpp"

#include <algorithm>

namespace potentia::drilldown {
namespace {

template <class ValueOf>
void sort_by(std::vector<std::int32_t>& rows, const ValueOf& value_of) {
  std::stable_sort(rows.begin(), rows.end(), [&](std::int32_t a, std::int32_t b) { return value_of(a) > value_of(b); });
}

}  // namespace

std::vector<Sums> sums_by_market(const Context& context) {
  const Margin& pair = context.solution->margins.pair;
  const std::size_t exporters = context.solution->axes.exporters.size();
  const std::size_t markets = context.solution->axes.markets.size();
  std::vector<Sums> by_market(markets, Sums{});
  for (std::size_t i = 0; i < exporters; ++i)
    for (std::size_t j = 0; j < markets; ++j)
      for (int c = 0; c < column_count; ++c) by_market[j][c] += pair.columns[c][i * markets + j];
  return by_market;
}

Sums market_sums(const Context& context, const std::vector<Sums>& by_market) {
  Sums sums{};
  for (const std::int32_t j : context.market.members) add(sums, by_market[j]);
  return sums;
}

Sums world_sums(const std::vector<Sums>& by_market) {
  Sums sums{};
  for (const Sums& market : by_market) add(sums, market);
  return sums;
}

std::vector<Sums> sums_by_sector(const Context& context) {
  const Margin& margin = context.solution->margins.pair_sector;
  const std::size_t exporters = context.solution->axes.exporters.size();
  const std::size_t markets = context.solution->axes.markets.size();
  const std::size_t sectors = context.world->sectors.size();
  std::vector<Sums> by_sector(sectors, Sums{});
  for (const std::int32_t j : context.market.members)
    for (std::size_t i = 0; i < exporters; ++i) {
      const std::size_t first = (i * markets + static_cast<std::size_t>(j)) * sectors;
      for (std::size_t s = 0; s < sectors; ++s)
        for (int c = 0; c < column_count; ++c) by_sector[s][c] += margin.columns[c][first + s];
    }
  return by_sector;
}

Sums product_sums(const Context& context, std::int32_t product) {
  Sums sums;
  for (int c = 0; c < column_count; ++c) sums[c] = context.pair.columns[c][product];
  return sums;
}

std::vector<std::int32_t> ranked(const std::vector<Sums>& rows, Column column) {
  std::vector<std::int32_t> order;
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (has_trade_or_potential(rows[row])) order.push_back(static_cast<std::int32_t>(row));
  sort_by(order, [&](std::int32_t row) { return rows[row][column]; });
  return order;
}

std::vector<std::int32_t> ranked_products(const Context& context, Column column) {
  std::vector<std::int32_t> order;
  const std::int32_t products = static_cast<std::int32_t>(context.solution->axes.products.size());
  for (std::int32_t product = 0; product < products; ++product)
    if (has_trade_or_potential(product_sums(context, product))) order.push_back(product);
  sort_by(order, [&](std::int32_t product) { return context.pair.columns[column][product]; });
  return order;
}

AllExports all_exports(const Context& context) {
  const BaseTrade& trade = *context.base_trade;
  AllExports sums;
  for (std::size_t product = 0; product < context.world->product_count(); ++product) {
    const std::uint16_t* end = trade.exporter + trade.product_end[product];
    for (const std::int32_t i : context.exporter.members) {
      const std::uint16_t* at =
          std::lower_bound(trade.exporter + trade.product_begin[product], end, static_cast<std::uint16_t>(i));
      for (; at != end && *at == i; ++at) {
        const std::size_t flow = static_cast<std::size_t>(at - trade.exporter);
        sums.world += trade.value[flow];
        if (context.is_market[trade.market[flow]]) sums.market += trade.value[flow];
      }
    }
  }
  return sums;
}

}  // namespace potentia::drilldown
