// Differences of one market, eight exporters at a time: of few markets a block of eight has none but them.
#include <algorithm>
#include <limits>

#include "kernels/cpu/difference_pass.hpp"

namespace potentia {
namespace {

constexpr int lanes = 8;

vec8 all(double value) { return vec8{} + value; }

/// What one column of cells reads and adds to. Arrays are [padded exporters].
struct Column {
  const TableView* base;
  const TableView* view;
  std::int64_t product, market;
  const double *distance, *inverse_distance, *base_ease, *ease, *log_gdp;
  const double *actual, *base_access, *access_now, *access, *access_growth;
  const double* shares;  ///< [instrument][exporter] φ of this column; not read with one instrument at most
  std::int32_t instruments;
  double* potential;  ///< out: EP of the scenario
  double* sums;       ///< [slot][padded exporter]: pair_slots, at risk, instruments
};

PT_CLONES void column_of_differences(const Column column) {
  const TableView &base = *column.base, &view = *column.view;
  const std::int64_t stride = view.stride, row = column.product * stride, entry = row + column.market;
  const vec8 typical = all(view.typical[entry]), inverse_typical = all(view.inverse_typical[entry]);
  const vec8 base_pull = all(base.pull[entry]), pull_now = all(view.pull_now[entry]), pull = all(view.pull[entry]);
  const vec8 log_population = all(view.log_population[column.market]),
             log_income = all(view.log_income[view.income_by_product ? entry : column.market]);
  const vec8 nothing{};
  double* PT_RESTRICT risk = column.sums + pair_slots * stride;
  double* PT_RESTRICT part = risk + stride;
  for (std::int64_t at = 0; at < stride; at += lanes) {
    const vec8 exports = load(base.exports + row + at);
    double any = 0.0;
    for (int lane = 0; lane < lanes; ++lane) any += exports[lane];
    if (!(any > 0.0)) continue;
    // Whoever exports nothing has no cell, whatever stands in the tables.
    const auto add = [&](double* to, const vec8& value) __attribute__((always_inline)) {
      add_to(to, exports > 0.0 ? value : nothing);
    };
    const vec8 fit =
        distance_fit<vec8>(load(column.distance + at), load(column.inverse_distance + at), typical, inverse_typical);
    const vec8 actual = load(column.actual + at);
    const vec8 before = potential_of<vec8, vec8>(load(base.supply + row + at), base_pull,
                                                 fit * load(column.base_ease + at), load(column.base_access + at));
    const SupplyPoints<vec8> supply{load(view.supply_now + row + at), load(view.supply + row + at),
                                    load(column.log_gdp + at) + view.log_share_shift[column.product]};
    const vec8 access_growth = load(column.access_growth + at);
    ExplainedCell<vec8> cell;
    cell.actual = actual;
    cell.log_population = log_population;
    cell.log_income = log_income;
    cell.log_access = access_growth;
    cell.cell = evaluate_cell<vec8, vec8>(
        supply, pull_now, pull, fit * load(column.ease + at), load(column.access_now + at), load(column.access + at),
        growth_of<vec8, vec8>(supply, log_population, log_income) + access_growth, actual);
    const vec8 after = cell.cell.potential;
    store(column.potential + at, after);
    add_to_pair<CellTerms::drivers, true, true>(
        cell, supply, [&](int slot, const vec8& value) __attribute__((always_inline)) {
          add(column.sums + slot * stride + at, value);
        });
    add(risk + at, at_risk_of<vec8>(actual, before, after));
    if (column.instruments == 1) add(part + at, after - before);
    if (column.instruments < 2) continue;
    vec8 growth{};
    for (std::int32_t n = 0; n < column.instruments; ++n) growth += load(column.shares + n * stride + at);
    const vec8 weight = logarithmic_mean(before, after, growth);
    for (std::int32_t n = 0; n < column.instruments; ++n)
      add(part + n * stride + at, weight * load(column.shares + n * stride + at));
  }
}

/// What is [exporter][market] in the tables, of one market.
void take_column(const double* table, std::int64_t stride, std::int64_t countries, std::int64_t market, double gap,
                 Buffer<double>& to) {
  std::fill(to.begin(), to.end(), gap);
  for (std::int64_t exporter = 0; exporter < countries; ++exporter) to[exporter] = table[exporter * stride + market];
}

bool has(const std::vector<std::int32_t>& list, std::int64_t market) {
  return std::binary_search(list.begin(), list.end(), static_cast<std::int32_t>(market));
}

}  // namespace

DifferenceColumns::DifferenceColumns(const DifferencePass& pass) : pass_(pass) {
  const std::size_t stride = pass.tables.view.stride;
  for (Buffer<double>* buffer : {&distance_, &inverse_distance_, &base_ease_, &ease_, &log_gdp_, &actual_, &potential_,
                                 &base_access_, &access_now_, &access_, &access_growth_})
    *buffer = Buffer<double>::zeroed(stride);
  shares_ = Buffer<double>::zeroed(pass.shares.instruments * stride);
  std::copy_n(pass.tables.view.log_gdp_growth, pass.problem.countries, log_gdp_.begin());
}

void DifferenceColumns::choose(std::int64_t m) {
  const TableView &base = pass_.base.view, &view = pass_.tables.view;
  const std::int64_t countries = pass_.problem.countries;
  m_ = m;
  market_ = pass_.layout.markets[m];
  flows_ = &pass_.flows.of(static_cast<std::int32_t>(market_));
  constexpr double infinite = std::numeric_limits<double>::infinity();
  take_column(view.distance, view.stride, countries, market_, infinite, distance_);
  take_column(view.inverse_distance, view.stride, countries, market_, infinite, inverse_distance_);
  take_column(base.ease, view.stride, countries, market_, 0.0, base_ease_);
  take_column(view.ease, view.stride, countries, market_, 0.0, ease_);
  base_tariffs_ = base.tariff_rows > 0 && has(pass_.base.tariff_markets, market_);
  tariffs_ = view.tariff_rows > 0 && has(pass_.tables.tariff_markets, market_);
  for (Buffer<double>* ones : {&base_access_, &access_now_, &access_}) std::fill(ones->begin(), ones->end(), 1.0);
  std::fill(access_growth_.begin(), access_growth_.end(), 0.0);
  const auto rows = [&](bool any, const std::int32_t* table, std::vector<std::int32_t>& to) {
    to.assign(countries, -1);
    for (std::int64_t exporter = 0; any && exporter < countries; ++exporter)
      to[exporter] = table[exporter * countries + market_];
  };
  rows(base_tariffs_, base.row_horizon, base_row_);
  rows(tariffs_, view.row_now, row_now_);
  rows(tariffs_, view.row_horizon, row_);
}

void DifferenceColumns::fill_access(std::int64_t product) {
  const TableView &base = pass_.base.view, &view = pass_.tables.view;
  const std::int64_t countries = pass_.problem.countries;
  if (base_tariffs_) {
    const double* access = base.access + product * base.tariff_rows;
    for (std::int64_t exporter = 0; exporter < countries; ++exporter)
      base_access_[exporter] = base_row_[exporter] < 0 ? 1.0 : access[base_row_[exporter]];
  }
  if (!tariffs_) return;
  const double* access = view.access + product * view.tariff_rows;
  const double* log_cost = view.log_cost + product * view.tariff_rows;
  const double log_pull = view.log_pull[product * view.stride + market_];
  for (std::int64_t exporter = 0; exporter < countries; ++exporter) {
    const std::int32_t from = row_now_[exporter], to = row_[exporter];
    access_now_[exporter] = from < 0 ? 1.0 : access[from];
    access_[exporter] = to < 0 ? 1.0 : access[to];
    access_growth_[exporter] = log_pull - ((to < 0 ? 0.0 : log_cost[to]) - (from < 0 ? 0.0 : log_cost[from]));
  }
}

void DifferenceColumns::add(std::int32_t product, double* sums) {
  const TableView& view = pass_.tables.view;
  const std::int64_t countries = pass_.problem.countries, stride = view.stride;
  const std::uint32_t from = flows_->begin[product], to = flows_->begin[product + 1];
  for (std::uint32_t flow = from; flow < to; ++flow) actual_[flows_->exporter[flow]] = flows_->value[flow];
  fill_access(product);
  if (pass_.shares.instruments > 1)
    for (std::int32_t n = 0; n < pass_.shares.instruments; ++n)
      for (std::int64_t exporter = 0; exporter < countries; ++exporter)
        shares_[n * stride + exporter] =
            pass_.shares.of(n, product, exporter, market_, countries, stride, pass_.problem.products);
  column_of_differences({&pass_.base.view, &view, product, market_, distance_.data(), inverse_distance_.data(),
                         base_ease_.data(), ease_.data(), log_gdp_.data(), actual_.data(), base_access_.data(),
                         access_now_.data(), access_.data(), access_growth_.data(), shares_.data(),
                         pass_.shares.instruments, potential_.data(), sums});
  for (std::uint32_t flow = from; flow < to; ++flow) {
    const std::size_t exporter = flows_->exporter[flow];
    actual_[exporter] = 0.0;
    if (!(pass_.base.view.exports[product * stride + exporter] > 0.0)) continue;
    const TradedParts traded = traded_parts(flows_->value[flow], potential_[exporter]);
    sums[pair_actual * stride + exporter] += traded.actual;
    sums[pair_realized * stride + exporter] += traded.realized;
    sums[pair_overtrade * stride + exporter] += traded.overtrade;
  }
}

}  // namespace potentia
