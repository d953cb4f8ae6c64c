// See small_world.hpp.
#include "tests/support/small_world.hpp"

#include <algorithm>
#include <tuple>

namespace potentia::testing {

TradeYear trade_year(std::int32_t year, std::size_t products, std::vector<Flow> flows) {
  std::sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
    return std::tie(a.product, a.exporter, a.market) < std::tie(b.product, b.exporter, b.market);
  });
  TradeYear trade;
  trade.year = year;
  trade.product_offset.assign(products + 1, 0);
  trade.exporter = Buffer<std::uint16_t>(flows.size());
  trade.market = Buffer<std::uint16_t>(flows.size());
  trade.value = Buffer<double>(flows.size());
  for (std::size_t f = 0; f < flows.size(); ++f) {
    ++trade.product_offset[static_cast<std::size_t>(flows[f].product) + 1];
    trade.exporter[f] = static_cast<std::uint16_t>(flows[f].exporter);
    trade.market[f] = static_cast<std::uint16_t>(flows[f].market);
    trade.value[f] = flows[f].value;
  }
  for (std::size_t k = 0; k < products; ++k) trade.product_offset[k + 1] += trade.product_offset[k];
  return trade;
}

World small_world() {
  World world;
  world.hs_revision = "HS17";
  world.base_years = {2023};
  world.horizon_year = 2028;
  world.countries = {{"CHN", "CN", "China"}, {"LAO", "LA", "Laos"}, {"THA", "TH", "Thailand"}};
  world.sectors = {"Agriculture", "Rubber"};
  world.products.resize(2);
  world.products[0].code = "071410", world.products[0].name = "Cassava", world.products[0].sector = 0;
  world.products[1].code = "400121", world.products[1].name = "Natural rubber", world.products[1].sector = 1;

  constexpr double million = 1e6;
  const std::int32_t c = small_chn, l = small_lao, t = small_tha;
  world.trade.push_back(trade_year(2023, 2, {{0, l, c, 30 * million}, {1, l, c, 120 * million},
                                             {0, l, t, 50 * million}, {1, c, l, 2 * million},
                                             {0, c, t, 1 * million}, {1, c, t, 40 * million},
                                             {0, t, l, 4 * million}, {0, t, c, 600 * million},
                                             {1, t, c, 900 * million}}));
  const double x = missing_value;
  world.distance = {x, 2000, 2500,   // from CHN to CHN, LAO, THA
                    2000, x, 500,    // from LAO
                    2500, 500, x};   // from THA
  world.macro.years = {2023, 2028};
  world.macro.gdp = {100, 124, 100, 122, 100, 115};
  world.macro.population = {100, 99, 100, 107, 100, 100};
  world.sigma = {4, 6};
  world.income_elasticity = {0.8, 1.2};

  Tariffs& tariffs = world.tariffs;
  tariffs.schedules = {"CHN", "LAO", "THA"};
  tariffs.regimes = {"MFN", "FTA", "LDC"};
  tariffs.market_schedule = {0, 1, 2};
  const auto line = [&](std::int32_t schedule, std::int32_t regime, std::int32_t product, double rate) {
    tariffs.line_schedule.push_back(schedule);
    tariffs.line_regime.push_back(regime);
    tariffs.line_product.push_back(product);
    tariffs.line_rate.push_back(rate);
  };
  line(0, 0, 0, 0.08), line(0, 0, 1, 0.20);
  line(0, 1, 0, 0.0), line(0, 1, 1, 0.10);
  line(0, 2, 0, 0.0), line(0, 2, 1, 0.0);
  line(1, 0, 0, 0.10), line(1, 0, 1, 0.05);
  line(2, 0, 0, 0.05), line(2, 0, 1, 0.0);
  const auto member = [&](std::int32_t regime, std::int32_t exporter, std::int32_t last) {
    tariffs.member_market.push_back(c);
    tariffs.member_regime.push_back(regime);
    tariffs.member_exporter.push_back(exporter);
    tariffs.member_first_year.push_back(Tariffs::first_open);
    tariffs.member_last_year.push_back(last);
  };
  member(1, l, Tariffs::last_open), member(1, t, Tariffs::last_open), member(2, l, 2025);
  return world;
}

}  // namespace potentia::testing
