#include "kernels/cpu/flow_ground.hpp"

#include <algorithm>
#include <utility>

#include "kernels/cpu/for_row.hpp"
#include "kernels/factors.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

template <class T>
void fit(Buffer<T>& buffer, std::size_t size) {
  if (buffer.size() < size) buffer = Buffer<T>(size);
}

void fit(LogTable& table, std::size_t size) {
  fit(table.high, size);
  fit(table.low, size);
}

/// What of `SupplyTable` no growth and no elasticity touches.
struct SupplyGround {
  const double *exports, *imports, *duty_paid;  ///< [exporter]; duty null without tariffs
  double world_exports, world_duty_paid;
  bool net_importer_correction;
  double *share_now, *correction, *log_high, *log_low;

  PT_HD void operator()(std::int64_t, std::int64_t exporter) const {
    const double x = exports[exporter], m = imports[exporter];
    share_now[exporter] = x > 0.0 ? x / world_exports : 0.0;
    correction[exporter] = net_importer_correction && m > 0.0 && x < m ? x / m : 1.0;
    if (duty_paid == nullptr) return;
    const double over = mean_or_zero(duty_paid[exporter], x), under = mean_or_zero(world_duty_paid, world_exports);
    const DoubleDouble log =
        log_double_double((1.0 + over) / (1.0 + under));  // 0, hence a term of 1, where they are equal
    log_high[exporter] = log.high;
    log_low[exporter] = log.low;
  }
};

/// ln(1 + t) of each row.
struct RateGround {
  const double* rate;
  double *log_high, *log_low;

  PT_HD void operator()(std::int64_t, std::int64_t row) const {
    const DoubleDouble log = log_double_double(1.0 + rate[row]);
    log_high[row] = log.high;
    log_low[row] = log.low;
  }
};

/// ln(1 + t̄_jk) of each market with tariffs.
struct CostGround {
  const std::int32_t* markets;
  const double *imports, *duty_paid;  ///< [market]
  double *log_high, *log_low;

  PT_HD void operator()(std::int64_t, std::int64_t at) const {
    const std::int32_t market = markets[at];
    const DoubleDouble log = log_double_double(1.0 + mean_or_zero(duty_paid[market], imports[market]));
    log_high[at] = log.high;
    log_low[at] = log.low;
  }
};

}  // namespace

void FlowGround::allocate() {
  const std::size_t countries = problem_->countries, products = problem_->products, rows = problem_->tariffs.rows;
  const std::size_t cells = products * static_cast<std::size_t>(stride_), markets = tables_.tariff_markets.size();
  if (tables_.row_begin.size() < products * (countries + 1))
    tables_.row_begin = Buffer<std::uint32_t>(products * (countries + 1));
  for (Buffer<double>* table :
       {&tables_.exports, &tables_.imports, &tables_.typical, &tables_.inverse_typical, &share_now_, &correction_})
    fit(*table, cells);
  fit(traded_, countries * static_cast<std::size_t>(stride_));
  sums_.world_exports.resize(products);
  sums_.projected_exports.resize(products);
  sums_.world_duty_paid.resize(products);
  if (rows == 0) return;
  for (Buffer<double>* table : {&duty_paid_, &duty_paid_now_, &duty_paid_horizon_}) fit(*table, cells);
  sums_.duty_paid = duty_paid_.data();
  sums_.duty_paid_now = duty_paid_now_.data();
  sums_.duty_paid_horizon = duty_paid_horizon_.data();
  fit(sums_.rate, products * rows);
  fit(log_relative_cost_, cells);
  fit(log_cost_now_, products * markets);
  fit(log_cost_horizon_, products * markets);
  fit(log_rate_, products * rows);
}

void FlowGround::take(const Problem& problem, std::shared_ptr<const CountryTables> country, int threads,
                      bool sums_only) {
  problem_ = &problem;
  stride_ = padded(problem.countries);
  const std::size_t square = static_cast<std::size_t>(problem.countries) * stride_;
  if (country_ != country) {  // otherwise the same countries
    country_ = std::move(country);
    find_tariff_markets(problem, tables_);
    rates_segment_ = -1;
    sums_.country.log_distance = Buffer<double>(square);
    sums_.country.known_distance = Buffer<double>(square);
    std::copy_n(country_->log_distance.data(), square, sums_.country.log_distance.data());
    std::copy_n(country_->known_distance.data(), square, sums_.country.known_distance.data());
  }
  allocate();
  const bool same_rates = rates_segment_ == problem.first_segment && rates_products_ == problem.products;
  rates_segment_ = -1;  // until all are there
  take_products(threads, sums_only, same_rates);
  rates_segment_ = problem.first_segment;
  rates_products_ = problem.products;
}

void FlowGround::take_products(int threads, bool sums_only, bool same_rates) {
  const Problem& problem = *problem_;
  const std::size_t square = static_cast<std::size_t>(problem.countries) * stride_;
  if (threads == 1) {
    fit(traded_, square);
    std::fill_n(traded_.data(), square, 0.0);
    for (std::int32_t product = 0; product < problem.products; ++product)
      take_product(product, traded_.data(), sums_only, same_rates);
    return;
  }
#pragma omp parallel num_threads(threads)
  {
    Buffer<double> unused(square);
    std::fill_n(unused.data(), square, 0.0);
#pragma omp for schedule(dynamic, 8)
    for (std::int32_t product = 0; product < problem.products; ++product)
      if (!stop_requested.load(std::memory_order_relaxed)) take_product(product, unused.data(), sums_only, same_rates);
  }
  check_interrupted();
}

void FlowGround::take_product(std::int32_t product, double* traded, bool sums_only, bool same_rates) {
  const Problem& problem = *problem_;
  const std::int64_t countries = problem.countries, rows = problem.tariffs.rows, base = product * stride_;
  for (std::int64_t row = 0; row < rows && !same_rates; ++row)
    sums_.rate[product * rows + row] = problem.tariffs.rate[row * problem.products + product];
  scan_flows(problem, tables_, sums_, product, traded);
  if (sums_only) return;
  for_row(TypicalDistanceTable{tables_.typical.data(), tables_.inverse_typical.data(), stride_}, product, stride_);
  double *log_high = nullptr, *log_low = nullptr;
  if (rows > 0) {
    log_high = log_relative_cost_.high.data() + base;
    log_low = log_relative_cost_.low.data() + base;
  }
  for_row(SupplyGround{tables_.exports.data() + base, tables_.imports.data() + base,
                       rows > 0 ? sums_.duty_paid + base : nullptr, sums_.world_exports[product],
                       sums_.world_duty_paid[product], problem.net_importer_correction, share_now_.data() + base,
                       correction_.data() + base, log_high, log_low},
          0, countries);
  if (rows == 0) return;
  if (!same_rates)
    for_row(RateGround{sums_.rate.data() + product * rows, log_rate_.high.data() + product * rows,
                       log_rate_.low.data() + product * rows},
            0, rows);
  const std::int64_t markets = tariff_markets();
  for_row(CostGround{tables_.tariff_markets.data(), tables_.imports.data() + base, sums_.duty_paid_now + base,
                     log_cost_now_.high.data() + product * markets, log_cost_now_.low.data() + product * markets},
          0, markets);
  for_row(CostGround{tables_.tariff_markets.data(), tables_.imports.data() + base, sums_.duty_paid_horizon + base,
                     log_cost_horizon_.high.data() + product * markets, log_cost_horizon_.low.data() + product * markets},
          0, markets);
}

}  // namespace potentia
