// See trade_facts.hpp.
#include "host/drilldown/facts/trade_facts.hpp"

namespace potentia::drilldown {
namespace {

/// Flows of product k are [begin[k], end[k]).
struct Flows {
  const std::uint64_t* begin;
  const std::uint64_t* end;
  const std::uint16_t* exporter;
  const std::uint16_t* market;
  const double* value;
};

/// Each product's flows are added up in their order, which threads cannot change.
std::vector<PartyTrade> sum_products(const Context& context, const Flows& flows) {
  const std::int64_t products = static_cast<std::int64_t>(context.world->product_count());
  std::vector<PartyTrade> sums(context.world->product_count());
  PartyTrade* out = sums.data();
  const char* is_exporter = context.is_exporter.data();
  const char* is_market = context.is_market.data();
  const int threads = context.backend->threads() > 0 ? context.backend->threads() : 1;
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product) {
    PartyTrade sum;
    for (std::uint64_t at = flows.begin[product]; at < flows.end[product]; ++at) {
      const std::uint16_t from = flows.exporter[at], to = flows.market[at];
      const bool sold = is_exporter[from] != 0, bought = is_exporter[to] != 0;
      if (!sold && !bought) continue;
      const double value = flows.value[at];
      if (sold) {
        sum.exports += value;
        (is_market[to] ? sum.market_exports : sum.rest_exports) += value;
      }
      if (bought) {
        sum.imports += value;
        (is_market[from] ? sum.market_imports : sum.rest_imports) += value;
      }
      if (sold && bought) sum.within += value;
    }
    out[product] = sum;
  }
  return sums;
}

}  // namespace

std::vector<YearTrade> trade_by_year(const Context& context) {
  std::vector<YearTrade> years;
  for (const TradeYear& year : context.world->trade) {
    const std::uint64_t* offset = year.product_offset.data();
    const Flows flows{offset, offset + 1, year.exporter.data(), year.market.data(), year.value.data()};
    years.push_back({year.year, sum_of(sum_products(context, flows))});
  }
  return years;
}

std::vector<PartyTrade> trade_by_product(const Context& context) {
  const BaseTrade& base = *context.base_trade;
  return sum_products(context,
                      {base.product_begin.data(), base.product_end.data(), base.exporter, base.market, base.value});
}

PartyTrade sum_of(const std::vector<PartyTrade>& parts) {
  PartyTrade sum;
  for (const PartyTrade& part : parts) {
    sum.exports += part.exports;
    sum.imports += part.imports;
    sum.market_exports += part.market_exports;
    sum.market_imports += part.market_imports;
    sum.rest_exports += part.rest_exports;
    sum.rest_imports += part.rest_imports;
    sum.within += part.within;
  }
  return sum;
}

}  // namespace potentia::drilldown
