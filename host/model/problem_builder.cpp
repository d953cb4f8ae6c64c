#include "host/model/problem_builder.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "host/model/base_trade.hpp"
#include "host/model/growth.hpp"
#include "host/model/median.hpp"
#include "host/model/tariff_rows.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// The problem together with the memory it points to.
struct OwningProblem {
  Problem problem;
  BaseTrade trade;
  Growth growth;
  TariffRows tariffs;
  std::vector<std::uint64_t> product_begin, product_end;
  std::vector<std::int32_t> sector_begin, product_column;
  std::vector<double> sigma, income_elasticity;
};

std::int32_t resolve_horizon(const World& world, const Settings& settings, std::int32_t base_year) {
  const std::int32_t horizon = settings.world.horizon_year != 0 ? settings.world.horizon_year : world.horizon_year;
  if (horizon < base_year)
    throw input_error("horizon year " + std::to_string(horizon) + " lies before base year " + std::to_string(base_year),
                      "world.horizon_year", "choose a horizon of " + std::to_string(base_year) + " or later");
  return horizon;
}

/// Words that a settings file cannot hold but a caller can.
void check_words(const Settings& settings) {
  const MethodSettings& method = settings.method;
  if (method.ease != "trade_share" && method.ease != "calibrated")
    throw input_error("unknown ease \"" + method.ease + "\"", "method.ease", "use trade_share or calibrated");
  if (method.missing_years != "zero" && method.missing_years != "skip")
    throw input_error("unknown missing_years \"" + method.missing_years + "\"", "method.missing_years", "use zero or skip");
  if (settings.cells.top < 0) throw input_error("cells.top is below 0", "cells.top", "use 0 for all that qualify");
}

/// In-scope products with trade in the base years, ascending.
std::vector<std::int32_t> traded_products(const World& world, const BaseTrade& trade, const JoinFlags& join) {
  std::vector<std::uint8_t> traded(world.product_count(), 0);
  for (std::size_t product = 0; product < world.product_count(); ++product) {
    if (!world.products[product].in_scope) continue;
    const double* begin = trade.value + trade.product_begin[product];
    const double* end = trade.value + trade.product_end[product];
    traded[product] = std::any_of(begin, end, [](double value) { return value > 0.0; });
  }
  if (join) join(traded);
  std::vector<std::int32_t> products;
  for (std::size_t product = 0; product < traded.size(); ++product)
    if (traded[product] != 0) products.push_back(static_cast<std::int32_t>(product));
  return products;
}

std::vector<double> make_sigma(const World& world, const std::vector<std::int32_t>& products, bool tariffs_matter,
                               std::vector<Notice>& notices) {
  std::vector<double> sigma;
  sigma.reserve(products.size());
  for (const std::int32_t product : products) sigma.push_back(world.sigma.empty() ? missing_value : world.sigma[product]);
  const double median = median_of_known(sigma);
  if (std::isnan(median) && tariffs_matter && !products.empty())
    throw input_error("no product in scope has an elasticity of substitution, and tariffs need one", "/elasticity/sigma",
                      "give elasticities, or set method.tariffs = false");
  const double filling = std::isnan(median) ? 1.0 : median;
  Notice notice{"fill", "elasticity.sigma", 0, "", {}};
  for (std::size_t at = 0; at < sigma.size(); ++at)
    if (std::isnan(sigma[at])) {
      sigma[at] = filling;
      notice.whose.push_back(world.products[products[at]].code);
    }
  std::sort(notice.whose.begin(), notice.whose.end());  // products come by sector
  notice.count = notice.whose.size();
  if (notice.count > 0) {
    notice.detail = std::isnan(median) ? "no elasticity of substitution is known; without tariffs it has no effect"
                                       : "elasticity of substitution unknown: the median of the known ones, " +
                                             std::to_string(filling) + ", is used";
    notices.push_back(std::move(notice));
  }
  return sigma;
}

/// @return [products] or [market, product] in the backend's order
std::vector<double> make_income_elasticity(const World& world, const std::vector<std::int32_t>& products, bool by_market,
                                           std::vector<Notice>& notices) {
  std::vector<double> elasticity;
  Notice notice{"fill", "elasticity.income", 0, "income elasticity of imports unknown: 1 is used", {}};
  const std::size_t rows = by_market ? world.country_count() : 1;
  std::vector<std::uint8_t> filled(products.size(), 0);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t at = 0; at < products.size(); ++at) {
      double value = world.income_elasticity.empty() ? missing_value
                                                     : world.income_elasticity[row * world.product_count() + products[at]];
      if (std::isnan(value)) {
        value = 1.0;
        filled[at] = 1;
        ++notice.count;
      }
      elasticity.push_back(value);
    }
  for (std::size_t at = 0; at < products.size(); ++at)
    if (filled[at]) notice.whose.push_back(world.products[products[at]].code);
  std::sort(notice.whose.begin(), notice.whose.end());
  if (notice.count > 0) notices.push_back(std::move(notice));
  return elasticity;
}

/// Unknown distances of pairs of two countries: whose they are, by country where a country has none at all.
void report_distances(const World& world, std::vector<Notice>& notices) {
  const std::size_t countries = world.country_count();
  const auto unknown = [&](std::size_t i, std::size_t j) { return std::isnan(world.distance[i * countries + j]); };
  std::vector<std::uint8_t> absent(countries, 1);
  Notice notice{"fill", "distance.unknown", 0, "distance of a pair unknown: its distance fit is 1", {}};
  for (std::size_t i = 0; i < countries; ++i)
    for (std::size_t j = 0; j < countries; ++j) {
      if (i == j) continue;
      if (unknown(i, j))
        ++notice.count;
      else
        absent[i] = absent[j] = 0;
    }
  if (notice.count == 0) return;
  for (std::size_t i = 0; i < countries; ++i)
    if (absent[i]) notice.whose.push_back(world.countries[i].iso3);
  for (std::size_t i = 0; i < countries; ++i)
    for (std::size_t j = 0; j < countries; ++j)
      if (i != j && unknown(i, j) && !absent[i] && !absent[j])
        notice.whose.push_back(world.countries[i].iso3 + ">" + world.countries[j].iso3);
  notices.push_back(std::move(notice));
}

}  // namespace

BuiltProblem build_problem(const World& world, const Settings& settings, int threads, const JoinFlags& join) {
  check_words(settings);
  auto own = std::make_shared<OwningProblem>();
  BuiltProblem built;
  built.settings = settings;
  built.settings.world.base_years = resolve_base_years(world, settings);
  const std::int32_t base_year = built.settings.world.base_years.back();
  const std::int32_t horizon_year = resolve_horizon(world, settings, base_year);
  built.settings.world.horizon_year = horizon_year;

  own->trade = make_base_trade(world, settings, built.settings.world.base_years, threads);
  built.products = traded_products(world, own->trade, join);
  own->growth = make_growth(world, base_year, horizon_year, built.notices);

  // The backend's order: by sector, then by code.
  std::vector<std::int32_t> columns(built.products.size());
  std::iota(columns.begin(), columns.end(), 0);
  std::stable_sort(columns.begin(), columns.end(), [&](std::int32_t a, std::int32_t b) {
    return world.products[built.products[a]].sector < world.products[built.products[b]].sector;
  });
  std::vector<std::int32_t> products;
  own->sector_begin.assign(world.sectors.size() + 1, 0);
  for (const std::int32_t column : columns) {
    const std::int32_t product = built.products[column];
    products.push_back(product);
    own->product_begin.push_back(own->trade.product_begin[product]);
    own->product_end.push_back(own->trade.product_end[product]);
    ++own->sector_begin[world.products[product].sector + 1];
  }
  std::partial_sum(own->sector_begin.begin(), own->sector_begin.end(), own->sector_begin.begin());
  own->product_column = std::move(columns);

  const bool tariffs = settings.method.tariffs && !world.tariffs.empty();
  own->sigma = make_sigma(world, products, tariffs, built.notices);
  const bool by_market = world.income_elasticity.size() > world.product_count();
  own->income_elasticity = make_income_elasticity(world, products, by_market, built.notices);
  report_distances(world, built.notices);
  if (tariffs)
    own->tariffs = make_tariff_rows(world, products, base_year, horizon_year, built.notices);
  else if (settings.method.tariffs)
    built.notices.push_back({"fill", "tariff.none", world.country_count(), "the world has no tariffs: every tariff term is 1", {}});

  Problem& problem = own->problem;
  problem.countries = static_cast<std::int32_t>(world.country_count());
  problem.products = static_cast<std::int32_t>(products.size());
  problem.sectors = static_cast<std::int32_t>(world.sectors.size());
  problem.sector_begin = own->sector_begin.data();
  problem.product_column = own->product_column.data();
  problem.flows = {own->product_begin.data(), own->product_end.data(), own->trade.exporter,
                   own->trade.market,         own->trade.value,        own->trade.extent};
  problem.distance = world.distance.data();
  problem.gdp_growth = own->growth.gdp.data();
  problem.population_growth = own->growth.population.data();
  problem.sigma = own->sigma.data();
  problem.income_elasticity = own->income_elasticity.data();
  problem.elasticity_by_market = by_market;
  problem.tariffs = {own->tariffs.rows, own->tariffs.rate.data(), own->tariffs.now.data(), own->tariffs.horizon.data()};
  problem.ease = settings.method.ease == "calibrated" ? Ease::calibrated : Ease::trade_share;
  problem.distance_fit = settings.method.distance_fit;
  problem.net_importer_correction = settings.method.net_importer_correction;
  built.problem = std::shared_ptr<const Problem>(own, &own->problem);
  return built;
}

}  // namespace potentia
