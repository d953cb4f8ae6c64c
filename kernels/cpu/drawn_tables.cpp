#include "kernels/cpu/drawn_tables.hpp"

#include <algorithm>

#include "kernels/cpu/for_row.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

// The functors of factors.hpp for one product, of what a ground has ready.

struct DrawnSupply {
  const double *exports, *share_now, *correction, *log_high, *log_low;  ///< [exporter]; logarithms null without tariffs
  const double* gdp_growth;
  double projected, sigma;
  double *supply_now, *supply;

  PT_HD void operator()(std::int64_t, std::int64_t exporter) const {
    double common = correction[exporter];
    if (log_high != nullptr) common *= power_of_log({log_high[exporter], log_low[exporter]}, sigma);
    const double x = exports[exporter];
    supply_now[exporter] = share_now[exporter] * common;
    supply[exporter] = x > 0.0 ? x * gdp_growth[exporter] / projected * common : 0.0;
  }
};

struct DrawnDemand {
  const double *imports, *population_growth, *income_high, *income_low;  ///< [market]
  const double* elasticity;                                              ///< of market m at m * elasticity_step
  std::int64_t elasticity_step;
  double* demand;

  PT_HD void operator()(std::int64_t, std::int64_t market) const {
    const double power = power_of_log({income_high[market], income_low[market]}, elasticity[market * elasticity_step]);
    demand[market] = imports[market] * (population_growth[market] * power);
  }
};

struct Power {
  const double *high, *low;
  double exponent;
  double* out;

  PT_HD void operator()(std::int64_t, std::int64_t at) const { out[at] = power_of_log({high[at], low[at]}, exponent); }
};

void fit(Buffer<double>& buffer, std::size_t size) {
  if (buffer.size() < size) buffer = Buffer<double>::zeroed(size);  // what pads the rows stays 0
}

}  // namespace

void DrawnTables::start(const FlowGround& ground, const Problem& drawn, const double* ease) {
  ground_ = &ground;
  problem_ = &drawn;
  const std::int64_t countries = drawn.countries, stride = ground.stride();
  fit(income_high_, stride);
  fit(income_low_, stride);
  for (std::int64_t market = 0; market < countries; ++market) {
    const DoubleDouble log = log_double_double(drawn.gdp_growth[market] / drawn.population_growth[market]);
    income_high_[market] = log.high;
    income_low_[market] = log.low;
  }
  view_ = {};
  view_.countries = drawn.countries;
  view_.stride = static_cast<std::int32_t>(stride);
  view_.sectors = drawn.sectors;
  view_.tariff_rows = drawn.tariffs.rows;
  view_.distance = ground.country().distance.data();
  view_.inverse_distance = ground.country().inverse_distance.data();
  view_.ease = ease;
  if (drawn.tariffs.rows > 0) {
    view_.row_now = drawn.tariffs.row_now;
    view_.row_horizon = drawn.tariffs.row_horizon;
  }
}

void DrawnTables::fill(std::int32_t first, std::int32_t last) {
  const std::size_t products = last - first, cells = products * static_cast<std::size_t>(ground_->stride());
  const std::int64_t base = first * ground_->stride();
  const bool tariffs = problem_->tariffs.rows > 0;
  for (Buffer<double>* table : {&supply_now_, &supply_, &demand_}) fit(*table, cells);
  if (tariffs) {
    fit(pull_now_, cells);
    fit(access_, products * static_cast<std::size_t>(problem_->tariffs.rows));
    fit(powers_, 2 * static_cast<std::size_t>(ground_->tariff_markets()));
  }
  for (std::int32_t product = first; product < last; ++product) fill_product(product, product - first);
  view_.products = last - first;
  view_.exports = ground_->tables().exports.data() + base;
  view_.imports = ground_->tables().imports.data() + base;
  view_.typical = ground_->tables().typical.data() + base;
  view_.inverse_typical = ground_->tables().inverse_typical.data() + base;
  view_.supply_now = supply_now_.data();
  view_.supply = supply_.data();
  view_.demand = view_.pull = demand_.data();  // turned into pull where there are tariffs
  view_.pull_now = tariffs ? pull_now_.data() : view_.imports;
  view_.access = access_.data();
}

void DrawnTables::fill_product(std::int32_t product, std::int64_t row) {
  const Problem& problem = *problem_;
  const std::int64_t stride = ground_->stride(), countries = problem.countries, rows = problem.tariffs.rows;
  const std::int64_t from = product * stride, to = row * stride;
  const double *exports = ground_->tables().exports.data() + from, *imports = ground_->tables().imports.data() + from;
  double projected = 0.0;
  for (std::int64_t exporter = 0; exporter < countries; ++exporter)
    projected += exports[exporter] * problem.gdp_growth[exporter];
  const LogTable& cost = ground_->log_relative_cost();
  for_row(
      DrawnSupply{exports, ground_->share_now() + from, ground_->correction() + from,
                  rows > 0 ? cost.high.data() + from : nullptr, rows > 0 ? cost.low.data() + from : nullptr,
                  problem.gdp_growth, projected, problem.sigma[product], supply_now_.data() + to, supply_.data() + to},
      0, countries);
  const bool by_market = problem.elasticity_by_market;
  for_row(DrawnDemand{imports, problem.population_growth, income_high_.data(), income_low_.data(),
                      problem.income_elasticity + product, by_market ? problem.products : 0, demand_.data() + to},
          0, countries);
  if (rows == 0) return;

  for_row(Power{ground_->log_rate().high.data() + product * rows, ground_->log_rate().low.data() + product * rows,
                -problem.sigma[product], access_.data() + row * rows},
          0, rows);
  const std::int64_t markets = ground_->tariff_markets();
  double *power_now = powers_.data(), *power_horizon = power_now + markets;
  const LogTable &now = ground_->log_cost_now(), &horizon = ground_->log_cost_horizon();
  for_row(
      Power{now.high.data() + product * markets, now.low.data() + product * markets, problem.sigma[product], power_now},
      0, markets);
  for_row(Power{horizon.high.data() + product * markets, horizon.low.data() + product * markets, problem.sigma[product],
                power_horizon},
          0, markets);
  // Elsewhere nothing is paid, and a power of 1 changes nothing.
  std::copy_n(imports, stride, pull_now_.data() + to);
  for (std::int64_t m = 0; m < markets; ++m) {
    const std::int64_t at = to + ground_->tables().tariff_markets[m];
    pull_now_[at] *= power_now[m];
    demand_[at] *= power_horizon[m];
  }
}

}  // namespace potentia
