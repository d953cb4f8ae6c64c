// See flags.hpp.
#include "host/drilldown/facts/flags.hpp"

#include <algorithm>
#include <cmath>

namespace potentia::drilldown {

namespace {

/// Whether one of the members sold the product to anyone that year.
bool sold(const TradeYear& trade, std::int32_t product, const std::vector<std::int32_t>& members) {
  const std::uint16_t* begin = trade.exporter.data() + trade.product_offset[product];
  const std::uint16_t* end = trade.exporter.data() + trade.product_offset[product + 1];
  for (const std::int32_t i : members)
    for (const std::uint16_t* at = std::lower_bound(begin, end, static_cast<std::uint16_t>(i)); at != end && *at == i;
         ++at)
      if (trade.value[static_cast<std::size_t>(at - trade.exporter.data())] > 0.0) return true;
  return false;
}

void flag_years(const Context& context, std::vector<FlagSet>& flags) {
  const std::vector<std::int32_t>& years = context.solution->settings.world.base_years;
  const std::vector<std::int32_t>& products = context.solution->axes.products;
  for (std::size_t product = 0; product < products.size(); ++product) {
    std::size_t seen = 0;
    if (years.size() > 1)
      for (const TradeYear& trade : context.world->trade)
        if (std::binary_search(years.begin(), years.end(), trade.year))
          seen += sold(trade, products[product], context.exporter.members);
    if (years.size() == 1 || 2 * seen < years.size()) flags[product].set(flag_few_years);
  }
}

/// Exports and imports of all members of the exporter.
void flag_net_importers(const Context& context, std::vector<FlagSet>& flags) {
  const Factors& factors = context.solution->factors;
  for (std::size_t product = 0; product < flags.size(); ++product) {
    double exports = 0.0, imports = 0.0;
    for (const std::int32_t i : context.exporter.members) {
      exports += factors.exports[static_cast<std::size_t>(i) * flags.size() + product];
      imports += factors.imports[static_cast<std::size_t>(i) * flags.size() + product];
    }
    if (imports > exports) flags[product].set(flag_net_importer);
  }
}

/// What the members trade of a product, and how much of it those do whom a fill concerns.
struct MemberTrade {
  std::vector<double> all, filled;  ///< [products]
};

MemberTrade member_trade(const Buffer<double>& trade, const Party& party, const std::vector<char>& filled,
                         std::size_t products) {
  MemberTrade sums{std::vector<double>(products, 0.0), std::vector<double>(products, 0.0)};
  for (const std::int32_t member : party.members) {
    const double* row = trade.data() + static_cast<std::size_t>(member) * products;
    for (std::size_t product = 0; product < products; ++product) {
      sums.all[product] += row[product];
      if (filled[member]) sums.filled[product] += row[product];
    }
  }
  return sums;
}

/// Whether a part is large enough for a product's flag: always where it is a single country's whole.
bool weighs(double part, double whole) { return part > 0.0 && part >= filled_weight * whole; }

void flag_growth(const Context& context, std::vector<FlagSet>& flags) {
  const Factors& factors = context.solution->factors;
  const std::vector<char> gdp = filled_countries(*context.world, context.solution->notices, "growth.gdp");
  std::vector<char> either = filled_countries(*context.world, context.solution->notices, "growth.population");
  for (std::size_t country = 0; country < either.size(); ++country) either[country] |= gdp[country];
  const MemberTrade exports = member_trade(factors.exports, context.exporter, gdp, flags.size());
  const MemberTrade imports = member_trade(factors.imports, context.market, either, flags.size());
  for (std::size_t product = 0; product < flags.size(); ++product)
    if (weighs(exports.filled[product], exports.all[product]) || weighs(imports.filled[product], imports.all[product]))
      flags[product].set(flag_filled_growth);
}

/// A pair of members weighs as much as the one exports times what the other imports.
void flag_distances(const Context& context, std::vector<FlagSet>& flags) {
  if (!context.solution->settings.method.distance_fit) return;
  const Factors& factors = context.solution->factors;
  const std::size_t countries = context.world->country_count(), products = flags.size();
  const std::vector<char> none(countries, 0);
  std::vector<double> unknown(products, 0.0);
  for (const std::int32_t i : context.exporter.members)
    for (const std::int32_t j : context.market.members) {
      if (i == j || !std::isnan(context.world->distance[static_cast<std::size_t>(i) * countries + j])) continue;
      const double* exports = factors.exports.data() + static_cast<std::size_t>(i) * products;
      const double* imports = factors.imports.data() + static_cast<std::size_t>(j) * products;
      for (std::size_t product = 0; product < products; ++product)
        unknown[product] += exports[product] * imports[product];
    }
  const MemberTrade exports = member_trade(factors.exports, context.exporter, none, products);
  const MemberTrade imports = member_trade(factors.imports, context.market, none, products);
  for (std::size_t product = 0; product < products; ++product)
    if (weighs(unknown[product], exports.all[product] * imports.all[product])) flags[product].set(flag_filled_distance);
}

}  // namespace

std::vector<FlagSet> product_flags(const Context& context, const MarketDemand& demand) {
  const std::vector<std::int32_t>& products = context.solution->axes.products;
  const std::vector<double>& sigma = context.world->sigma;
  std::vector<FlagSet> flags(products.size());
  for (std::size_t product = 0; product < products.size(); ++product) {
    FlagSet& set = flags[product];
    if (demand.rivals[product][0].value > single_supplier_share * demand.imports[product])
      set.set(flag_single_supplier);
    if (sigma.empty() || std::isnan(sigma[products[product]])) set.set(flag_filled_sigma);
    if (context.tariffs.known && context.tariffs.line_missing[product]) set.set(flag_unmatched_tariff);
    if (demand.imports[product] < tiny_market_imports) set.set(flag_tiny_market);
    if (context.pair.columns[column_actual][product] < small_flow_exports) set.set(flag_small_flow);
  }
  flag_years(context, flags);
  flag_net_importers(context, flags);
  flag_growth(context, flags);
  flag_distances(context, flags);
  return flags;
}

}  // namespace potentia::drilldown
