// See reference.hpp. The sections follow METHOD.md: trade, fills, tariffs, factors, cells, sums.
#include "tests/support/reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace potentia::reference {
namespace {

constexpr Real unknown = std::numeric_limits<Real>::quiet_NaN();

Real median(std::vector<Real> known) {
  if (known.empty()) return unknown;
  std::sort(known.begin(), known.end());
  const std::size_t n = known.size();
  return n % 2 == 1 ? known[n / 2] : (known[n / 2 - 1] + known[n / 2]) / 2;
}

std::vector<std::int32_t> years_of(const World& world, const Settings& settings) {
  return settings.world.base_years.empty() ? world.base_years : settings.world.base_years;
}

/// v_ijk over all products of the world: the weighted mean over the base years.
Table<Real> base_trade(const World& world, const Settings& settings) {
  const std::size_t n = world.countries.size(), all = world.products.size();
  Table<Real> sum(n, n, all, 0), weight_with_record(n, n, all, 0);
  Real weight_of_all = 0;
  const auto years = years_of(world, settings);
  for (std::size_t y = 0; y < years.size(); ++y) {
    const Real weight = settings.method.weights.empty() ? Real{1} : Real{settings.method.weights[y]};
    weight_of_all += weight;
    for (const TradeYear& trade : world.trade) {
      if (trade.year != years[y]) continue;
      for (std::size_t k = 0; k < all; ++k) {
        for (std::uint64_t f = trade.product_offset[k]; f < trade.product_offset[k + 1]; ++f) {
          sum(trade.exporter[f], trade.market[f], k) += weight * Real{trade.value[f]};
          weight_with_record(trade.exporter[f], trade.market[f], k) += weight;
        }
      }
    }
  }
  const bool skip = settings.method.missing_years == "skip";
  for (std::size_t cell = 0; cell < sum.values.size(); ++cell) {
    const Real weight = skip ? weight_with_record.values[cell] : weight_of_all;
    sum.values[cell] = weight > 0 ? sum.values[cell] / weight : Real{0};
  }
  return sum;
}

/// Level at the horizon over level at the base, NaN where one of them is missing.
Real ratio(const World& world, const std::vector<double>& levels, std::size_t country, int base, int horizon) {
  const auto& years = world.macro.years;
  const auto first = std::find(years.begin(), years.end(), base);
  const auto last = std::find(years.begin(), years.end(), horizon);
  if (first == years.end() || last == years.end() || levels.empty()) return unknown;
  const Real from = levels[country * years.size() + static_cast<std::size_t>(first - years.begin())];
  const Real to = levels[country * years.size() + static_cast<std::size_t>(last - years.begin())];
  return std::isnan(from) || std::isnan(to) ? unknown : to / from;
}

/// One ratio a country; the missing ones are the median of the known, or 1 where nothing is known.
std::vector<Real> ratios(const World& world, const std::vector<double>& levels, int base, int horizon,
                         std::vector<std::int32_t>& filled) {
  const std::size_t n = world.countries.size();
  std::vector<Real> result(n), known;
  for (std::size_t c = 0; c < n; ++c) {
    result[c] = ratio(world, levels, c, base, horizon);
    if (!std::isnan(result[c])) known.push_back(result[c]);
  }
  for (std::size_t c = 0; c < n; ++c) {
    if (!std::isnan(result[c])) continue;
    result[c] = known.empty() ? Real{1} : median(known);
    filled.push_back(static_cast<std::int32_t>(c));
  }
  return result;
}

/// t_ijk(y): the lowest of MFN and of the regimes that the exporter may use in this year; the highest listed rate where
/// MFN is not; nothing within a customs union, but where a usable regime lists the product.
Table<Real> effective_tariffs(const World& world, const Settings& settings, const std::vector<std::int32_t>& products,
                              int year) {
  const std::size_t n = world.countries.size();
  const Tariffs& tariffs = world.tariffs;
  Table<Real> result(n, n, products.size(), 0);
  if (!settings.method.tariffs || tariffs.schedules.empty()) return result;
  Table<Real> rate(tariffs.schedules.size(), tariffs.regimes.size(), products.size(), unknown);
  for (std::size_t l = 0; l < tariffs.line_rate.size(); ++l) {
    const auto k = std::find(products.begin(), products.end(), tariffs.line_product[l]);
    if (k == products.end()) continue;
    rate(static_cast<std::size_t>(tariffs.line_schedule[l]), static_cast<std::size_t>(tariffs.line_regime[l]),
         static_cast<std::size_t>(k - products.begin())) = tariffs.line_rate[l];
  }
  for (std::size_t j = 0; j < n; ++j) {
    if (tariffs.market_schedule[j] < 0) continue;
    const auto schedule = static_cast<std::size_t>(tariffs.market_schedule[j]);
    const bool is_union = std::find_if(world.countries.begin(), world.countries.end(), [&](const Country& country) {
                            return country.iso3 == tariffs.schedules[schedule];
                          }) == world.countries.end();
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::size_t> usable;
      for (std::size_t m = 0; m < tariffs.member_market.size(); ++m) {
        if (tariffs.member_market[m] == static_cast<int>(j) && tariffs.member_exporter[m] == static_cast<int>(i) &&
            tariffs.member_first_year[m] <= year && year <= tariffs.member_last_year[m]) {
          usable.push_back(static_cast<std::size_t>(tariffs.member_regime[m]));
        }
      }
      for (std::size_t k = 0; k < products.size(); ++k) {
        Real lowest = rate(schedule, 0, k);
        if (std::isnan(lowest)) {
          lowest = 0;
          for (std::size_t regime = 1; regime < tariffs.regimes.size(); ++regime)
            if (rate(schedule, regime, k) > lowest) lowest = rate(schedule, regime, k);
        }
        bool listed = false;
        for (const std::size_t regime : usable) {
          if (std::isnan(rate(schedule, regime, k))) continue;
          listed = true;
          lowest = std::min(lowest, rate(schedule, regime, k));
        }
        const bool within = is_union && tariffs.market_schedule[i] == tariffs.market_schedule[j];
        result(i, j, k) = within && !listed ? Real{0} : lowest;
      }
    }
  }
  return result;
}

/// Everything between the inputs and the cells.
struct Model {
  std::size_t n = 0, products = 0;
  Table<Real> trade;                                // v_ijk, in-scope traded products
  std::vector<Real> gdp, population, sigma;         // G, P, σ
  Table<Real> elasticity;                           // ε_jk
  Table<Real> exporter_now, market_now, market_horizon;  // t̄_ik, t̄_jk
  std::vector<Real> world_now;                      // t̄_k
  Table<Real> access_now, access, fit;              // A⁰, A, F
};

Real share_of(Real part, Real whole) { return whole > 0 ? part / whole : Real{0}; }

/// Trade-weighted mean tariffs of a vintage.
void mean_tariffs(const Model& model, const Table<Real>& tariff, Table<Real>& by_exporter, Table<Real>& by_market,
                  std::vector<Real>& overall) {
  by_exporter = Table<Real>(model.n, model.products);
  by_market = Table<Real>(model.n, model.products);
  overall.assign(model.products, 0);
  for (std::size_t k = 0; k < model.products; ++k) {
    Table<Real> paid_out(model.n, 1), sold(model.n, 1), paid_in(model.n, 1), bought(model.n, 1);
    Real paid_all = 0, all = 0;
    for (std::size_t i = 0; i < model.n; ++i) {
      for (std::size_t j = 0; j < model.n; ++j) {
        const Real v = model.trade(i, j, k), duty = v * tariff(i, j, k);
        paid_out(i, 0) += duty, sold(i, 0) += v;
        paid_in(j, 0) += duty, bought(j, 0) += v;
        paid_all += duty, all += v;
      }
    }
    for (std::size_t c = 0; c < model.n; ++c) {
      by_exporter(c, k) = share_of(paid_out(c, 0), sold(c, 0));
      by_market(c, k) = share_of(paid_in(c, 0), bought(c, 0));
    }
    overall[k] = share_of(paid_all, all);
  }
}

/// A_ijk of one vintage.
Table<Real> market_access(const Model& model, const Table<Real>& tariff, const Table<Real>& by_market) {
  Table<Real> access(model.n, model.n, model.products, 1);
  for (std::size_t i = 0; i < model.n; ++i) {
    for (std::size_t j = 0; j < model.n; ++j) {
      for (std::size_t k = 0; k < model.products; ++k) {
        access(i, j, k) = std::pow((1 + by_market(j, k)) / (1 + tariff(i, j, k)), model.sigma[k]);
      }
    }
  }
  return access;
}

/// g_jk and F_ijk.
void distance_fit(const World& world, const Settings& settings, Model& model, Table<Real>& typical) {
  typical = Table<Real>(model.n, model.products, unknown);
  model.fit = Table<Real>(model.n, model.n, model.products, 1);
  for (std::size_t j = 0; j < model.n; ++j) {
    for (std::size_t k = 0; k < model.products; ++k) {
      Real weighted = 0, weight = 0;
      for (std::size_t i = 0; i < model.n; ++i) {
        const Real d = world.distance[i * model.n + j];
        if (std::isnan(d)) continue;
        weighted += model.trade(i, j, k) * std::log(d);
        weight += model.trade(i, j, k);
      }
      if (!(weight > 0)) continue;
      const Real log_typical = weighted / weight;
      typical(j, k) = std::exp(log_typical);
      for (std::size_t i = 0; i < model.n; ++i) {
        const Real d = world.distance[i * model.n + j];
        if (std::isnan(d) || !settings.method.distance_fit) continue;
        model.fit(i, j, k) = std::exp(-std::fabs(std::log(d) - log_typical));
      }
    }
  }
}

/// S_ik and D_jk, now (grown = false) or at the horizon.
void supply_and_demand(const Settings& settings, const Model& model, const Answer& answer, bool grown,
                       Table<Real>& supply, Table<Real>& demand) {
  supply = Table<Real>(model.n, model.products);
  demand = Table<Real>(model.n, model.products);
  for (std::size_t k = 0; k < model.products; ++k) {
    Real world_supply = 0;
    for (std::size_t i = 0; i < model.n; ++i) world_supply += answer.exports(i, k) * (grown ? model.gdp[i] : Real{1});
    for (std::size_t c = 0; c < model.n; ++c) {
      const Real x = answer.exports(c, k), m = answer.imports(c, k);
      const Real growth = grown ? model.gdp[c] : Real{1}, heads = grown ? model.population[c] : Real{1};
      const Real correction = settings.method.net_importer_correction && m > 0 ? std::min(Real{1}, x / m) : Real{1};
      const Real advantage = std::pow((1 + model.exporter_now(c, k)) / (1 + model.world_now[k]), model.sigma[k]);
      supply(c, k) = x * growth / world_supply * correction * advantage;
      demand(c, k) = m * heads * std::pow(growth / heads, model.elasticity(c, k));
    }
  }
}

/// E_ij.
Table<Real> ease_of_trade(const Settings& settings, const Model& model, const Answer& answer) {
  Table<Real> ease(model.n, model.n);
  std::vector<Real> world_exports(model.products, 0);
  for (std::size_t k = 0; k < model.products; ++k) {
    for (std::size_t c = 0; c < model.n; ++c) world_exports[k] += answer.exports(c, k);
  }
  for (std::size_t i = 0; i < model.n; ++i) {
    for (std::size_t j = 0; j < model.n; ++j) {
      if (i == j) continue;
      Real actual = 0, expected = 0;
      for (std::size_t k = 0; k < model.products; ++k) {
        actual += model.trade(i, j, k);
        expected += settings.method.ease == "calibrated"
                        ? answer.supply_now(i, k) * answer.demand_now(j, k) * model.access_now(i, j, k) *
                              model.fit(i, j, k)
                        : answer.exports(i, k) / world_exports[k] * answer.imports(j, k);
      }
      ease(i, j) = expected > 0 ? actual / expected : Real{0};
    }
  }
  return ease;
}

/// The twelve values of one cell.
Columns cell_of(const Model& model, const Answer& answer, std::size_t i, std::size_t j, std::size_t k) {
  const Real v = model.trade(i, j, k), fit = model.fit(i, j, k), ease = answer.ease(i, j);
  const Real now = answer.supply_now(i, k) * answer.demand_now(j, k) * model.access_now(i, j, k) * fit * ease;
  const Real then = answer.supply(i, k) * answer.demand(j, k) * model.access(i, j, k) * fit * ease;
  Columns cell{};
  cell[column_actual] = v;
  cell[column_potential_now] = now;
  cell[column_potential] = then;
  cell[column_realized] = std::min(v, then);
  cell[column_unrealized] = std::max(Real{0}, then - v);
  cell[column_static] = std::min(cell[column_unrealized], std::max(Real{0}, now - v));
  cell[column_dynamic] = cell[column_unrealized] - cell[column_static];
  cell[column_overtrade] = std::max(Real{0}, v - then);
  if (now == 0) return cell;
  const Real by_supply = std::log(answer.supply(i, k) / answer.supply_now(i, k));
  const Real by_population = std::log(model.population[j]);
  const Real by_income = model.elasticity(j, k) * std::log(model.gdp[j] / model.population[j]);
  const Real by_tariff = std::log(model.access(i, j, k) / model.access_now(i, j, k));
  const Real r = by_supply + by_population + by_income + by_tariff;
  const Real mean = std::fabs(r) >= std::ldexp(Real{1}, -10) ? (then - now) / r
                                                            : now * (1 + r / 2 + r * r / 6 + r * r * r / 24);
  cell[column_change_supply] = mean * by_supply;
  cell[column_change_population] = mean * by_population;
  cell[column_change_income] = mean * by_income;
  cell[column_change_tariff] = mean * by_tariff;
  return cell;
}

void add(Columns& sum, const Columns& cell) {
  for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += cell[c];
}

void fill_elasticities(const World& world, const Answer& answer, Model& model, Fills& fills) {
  std::vector<Real> known;
  for (const std::int32_t k : answer.products) {
    if (!std::isnan(world.sigma[static_cast<std::size_t>(k)])) known.push_back(world.sigma[static_cast<std::size_t>(k)]);
  }
  model.elasticity = Table<Real>(model.n, model.products, 1);
  const std::size_t all = world.products.size();
  const bool by_market = world.income_elasticity.size() == model.n * all && model.n != 1;
  for (std::size_t k = 0; k < model.products; ++k) {
    const auto product = static_cast<std::size_t>(answer.products[k]);
    model.sigma.push_back(world.sigma[product]);
    if (std::isnan(world.sigma[product])) {
      model.sigma.back() = known.empty() ? Real{1} : median(known);  // nothing known: sound without tariffs only
      fills.sigma.push_back(answer.products[k]);
    }
    if (world.income_elasticity.empty()) continue;
    for (std::size_t j = 0; j < model.n; ++j) {
      const Real value = world.income_elasticity[by_market ? j * all + product : product];
      if (!std::isnan(value)) model.elasticity(j, k) = value;
    }
  }
}

}  // namespace

Answer solve(const World& world, const Settings& settings) {
  Answer answer;
  Model model;
  const std::size_t n = answer.countries = model.n = world.countries.size();
  answer.sectors = world.sectors.size();

  const Table<Real> all_trade = base_trade(world, settings);
  for (std::size_t k = 0; k < world.products.size(); ++k) {
    Real total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) total += all_trade(i, j, k);
    }
    if (world.products[k].in_scope && total > 0) answer.products.push_back(static_cast<std::int32_t>(k));
  }
  model.products = answer.products.size();
  model.trade = Table<Real>(n, n, model.products, 0);
  answer.exports = answer.imports = Table<Real>(n, model.products);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < model.products; ++k) {
        const Real v = all_trade(i, j, static_cast<std::size_t>(answer.products[k]));
        model.trade(i, j, k) = v;
        answer.exports(i, k) += v;
        answer.imports(j, k) += v;
      }
    }
  }

  const auto years = years_of(world, settings);
  const int base = *std::max_element(years.begin(), years.end());
  const int horizon = settings.world.horizon_year == 0 ? world.horizon_year : settings.world.horizon_year;
  model.gdp = ratios(world, world.macro.gdp, base, horizon, answer.fills.gdp);
  model.population = ratios(world, world.macro.population, base, horizon, answer.fills.population);
  fill_elasticities(world, answer, model, answer.fills);

  answer.tariff_now = effective_tariffs(world, settings, answer.products, base);
  answer.tariff_horizon = effective_tariffs(world, settings, answer.products, horizon);
  Table<Real> exporter_horizon;
  std::vector<Real> world_horizon;
  mean_tariffs(model, answer.tariff_now, model.exporter_now, model.market_now, model.world_now);
  mean_tariffs(model, answer.tariff_horizon, exporter_horizon, model.market_horizon, world_horizon);
  model.access_now = market_access(model, answer.tariff_now, model.market_now);
  model.access = market_access(model, answer.tariff_horizon, model.market_horizon);
  distance_fit(world, settings, model, answer.typical_distance);
  supply_and_demand(settings, model, answer, false, answer.supply_now, answer.demand_now);
  supply_and_demand(settings, model, answer, true, answer.supply, answer.demand);
  answer.ease = ease_of_trade(settings, model, answer);
  answer.trade = model.trade;
  answer.gdp = model.gdp;
  answer.population = model.population;
  answer.sigma = model.sigma;
  answer.elasticity = model.elasticity;

  answer.cells = Table<Columns>(n, n, model.products, Columns{});
  answer.pair = Table<Columns>(n, n);
  answer.pair_sector = Table<Columns>(n, n, answer.sectors, Columns{});
  answer.exporter_product = answer.market_product = Table<Columns>(n, model.products);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < model.products; ++k) {
        const Columns cell = cell_of(model, answer, i, j, k);
        const auto product = static_cast<std::size_t>(answer.products[k]);
        answer.cells(i, j, k) = cell;
        add(answer.pair(i, j), cell);
        add(answer.pair_sector(i, j, static_cast<std::size_t>(world.products[product].sector)), cell);
        add(answer.exporter_product(i, k), cell);
        add(answer.market_product(j, k), cell);
      }
    }
  }
  return answer;
}

}  // namespace potentia::reference
