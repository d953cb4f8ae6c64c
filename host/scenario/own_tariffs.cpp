#include "host/scenario/own_tariffs.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "kernels/error.hpp"

namespace potentia {
namespace {

void refuse_known_markets(const World& world, const Tariffs& own, const std::string& where) {
  std::string both;
  for (std::size_t country = 0; country < world.country_count(); ++country) {
    const bool known = !world.tariffs.empty() && world.tariffs.market_schedule[country] >= 0;
    if (known && own.market_schedule[country] >= 0) both += (both.empty() ? "" : ", ") + world.countries[country].iso3;
  }
  if (!both.empty())
    throw input_error("the world has tariffs of its own for " + both, where,
                      "leave them out of the scenario's tables, and change the world's by [[tariff]]");
}

/// Where each regime of the scenario's stands among those of the world.
std::vector<std::int32_t> add_regimes(const Tariffs& own, Tariffs& joined) {
  std::vector<std::int32_t> place;
  for (const std::string& regime : own.regimes) {
    const auto found = std::find(joined.regimes.begin(), joined.regimes.end(), regime);
    place.push_back(static_cast<std::int32_t>(found - joined.regimes.begin()));
    if (found == joined.regimes.end()) joined.regimes.push_back(regime);
  }
  return place;
}

}  // namespace

Tariffs joined_tariffs(const World& world, const Tariffs& own, const std::string& where) {
  refuse_known_markets(world, own, where);
  Tariffs joined = world.tariffs;
  if (joined.empty()) {
    joined.regimes = {"MFN"};
    joined.market_schedule.assign(world.country_count(), -1);
  }
  const auto first = static_cast<std::int32_t>(joined.schedules.size());
  joined.schedules.insert(joined.schedules.end(), own.schedules.begin(), own.schedules.end());
  for (std::size_t country = 0; country < world.country_count(); ++country)
    if (own.market_schedule[country] >= 0) joined.market_schedule[country] = first + own.market_schedule[country];
  const std::vector<std::int32_t> regime = add_regimes(own, joined);

  // Lines stay in order: those of new schedules come last, by their regimes' new places.
  std::vector<std::size_t> order(own.line_rate.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::make_tuple(own.line_schedule[a], regime[own.line_regime[a]], own.line_product[a]) <
           std::make_tuple(own.line_schedule[b], regime[own.line_regime[b]], own.line_product[b]);
  });
  for (const std::size_t line : order) {
    joined.line_schedule.push_back(first + own.line_schedule[line]);
    joined.line_regime.push_back(regime[own.line_regime[line]]);
    joined.line_product.push_back(own.line_product[line]);
    joined.line_rate.push_back(own.line_rate[line]);
  }
  for (std::size_t member = 0; member < own.member_market.size(); ++member) {
    joined.member_market.push_back(own.member_market[member]);
    joined.member_regime.push_back(regime[own.member_regime[member]]);
    joined.member_exporter.push_back(own.member_exporter[member]);
    joined.member_first_year.push_back(own.member_first_year[member]);
    joined.member_last_year.push_back(own.member_last_year[member]);
  }
  return joined;
}

}  // namespace potentia
