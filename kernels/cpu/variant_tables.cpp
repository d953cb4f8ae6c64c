#include "kernels/cpu/variant_tables.hpp"

#include <algorithm>

#include "kernels/country_tables.hpp"
#include "kernels/cpu/compute_tables.hpp"
#include "kernels/factors.hpp"

namespace potentia {
namespace {

Buffer<double> copy_of(const double* from, std::size_t size) {
  Buffer<double> copy(size);
  std::copy_n(from, size, copy.data());
  return copy;
}

/// Rows of rates that the variant adds, behind those of the baseline.
void add_access_rows(const Problem& base_problem, const Tables& base, const Problem& problem, Tables& tables,
                     int threads) {
  const std::int64_t products = problem.products, rows = problem.tariffs.rows, known = base_problem.tariffs.rows;
  for (Buffer<double>* table : {&tables.access, &tables.log_cost}) *table = Buffer<double>(products * rows);
  const AccessTable fill{problem.tariffs.rate,
                         problem.tariffs.multiplier,
                         problem.sigma,
                         sigma_horizon(problem),
                         first_horizon_row(problem),
                         products,
                         rows,
                         nullptr,
                         tables.access.data(),
                         tables.log_cost.data()};
#pragma omp parallel for num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product) {
    std::copy_n(base.view.access + product * known, known, tables.access.data() + product * rows);
    std::copy_n(base.view.log_cost + product * known, known, tables.log_cost.data() + product * rows);
    for (std::int64_t row = known; row < rows; ++row) fill(product, row);
  }
}

/// Σ v t of a market, exporters ascending.
struct DutyPaid {
  const Problem& problem;
  const FlowsByMarket& flows;

  void operator()(std::int64_t product, std::int64_t market, double* now, double* horizon) const {
    const std::int64_t countries = problem.countries, products = problem.products;
    const MarketFlows& into = flows.of(static_cast<std::int32_t>(market));
    const double* rate = problem.tariffs.rate + product;
    double sum_now = 0.0, sum_horizon = 0.0;
    for (std::uint32_t flow = into.begin[product]; flow < into.begin[product + 1]; ++flow) {
      const std::int64_t pair = into.exporter[flow] * countries + market;
      const std::int64_t from = problem.tariffs.row_now[pair], to = problem.tariffs.row_horizon[pair];
      if (from >= 0) sum_now += into.value[flow] * rate[from * products];
      if (to >= 0) sum_horizon += into.value[flow] * rate[to * products];
    }
    *now = sum_now;
    *horizon = sum_horizon;
  }
};

/// Demand and income of the touched markets, on copies of the baseline's tables.
void fill_demand(const Problem& problem, const CountryTables& country, const Tables& base,
                 const std::vector<std::int32_t>& markets, Tables& tables, int threads) {
  const std::int64_t stride = base.view.stride, products = problem.products;
  const std::int64_t elasticity_products = problem.elasticity_by_market ? products : 0;
  tables.log_population = country.log_population;
  tables.demand = copy_of(base.view.demand, products * stride);
  tables.log_income = copy_of(base.view.log_income, base.view.income_by_product ? products * stride : stride);
  if (!base.view.income_by_product)
    for (const std::int32_t market : markets)
      tables.log_income[market] = problem.income_elasticity[0] * country.log_income_growth[market];
  const DemandTable demand{base.view.imports,
                           problem.population_growth,
                           country.income_growth.data(),
                           problem.income_elasticity,
                           elasticity_products,
                           tables.demand.data(),
                           stride};
  const LogIncomeTable income{country.log_income_growth.data(), problem.income_elasticity, elasticity_products,
                              tables.log_income.data(), stride};
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product)
    for (const std::int32_t market : markets) {
      demand(product, market);
      if (base.view.income_by_product) income(product, market);
    }
}

/// The market's term of access, on copies of the baseline's tables. What it is computed from lies side by side for the
/// touched markets alone, so that one market takes a page of memory and not a table.
void fill_pull(const Problem& problem, const Tables& base, const double* demand,
               const std::vector<std::int32_t>& markets, const FlowsByMarket& flows, Tables& tables, int threads) {
  const std::int64_t stride = base.view.stride, products = problem.products,
                     width = static_cast<std::int64_t>(markets.size());
  tables.pull = copy_of(base.view.pull, products * stride);
  tables.log_pull = copy_of(base.view.log_pull, products * stride);
  Buffer<double> imports(products * width), wanted(products * width), duty_now(products * width),
      duty_horizon(products * width);
  Buffer<double> pull_now(products * width), pull(products * width), log_pull(products * width);
  const DutyPaid duty{problem, flows};
  const PullTable fill{imports.data(),         wanted.data(),   duty_now.data(), duty_horizon.data(), problem.sigma,
                       sigma_horizon(problem), pull_now.data(), pull.data(),     log_pull.data(),     width};
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product)
    for (std::int64_t m = 0; m < width; ++m) {
      const std::int64_t at = product * width + m, to = product * stride + markets[m];
      imports[at] = base.view.imports[to];
      wanted[at] = demand[to];
      duty(product, markets[m], &duty_now[at], &duty_horizon[at]);
      fill(product, m);
      tables.pull[to] = pull[at];
      tables.log_pull[to] = log_pull[at];
    }
}

/// Ease of trade where a variant gives it.
void fill_ease(const Problem& problem, const Tables& base, Tables& tables) {
  const std::size_t countries = problem.countries, stride = base.view.stride;
  tables.ease = copy_of(base.view.ease, countries * stride);
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < countries; ++market) {
      double& ease = tables.ease[exporter * stride + market];
      ease = ease_or_given(ease, problem.ease_given, exporter * countries + market);
    }
}

}  // namespace

Tables variant_tables(const Problem& base_problem, const Tables& base, const Problem& problem,
                      const TouchedInputs& touched, FlowsByMarket& flows, int threads, const SumPieces& sums) {
  const bool uniform = !base.view.income_by_product;
  if (touched.everything || base_problem.tariffs.rows == 0 || uniform_elasticity(problem) != uniform) {
    Tables tables = compute_tables(problem, threads, sums);
    tables.bind(problem);
    return tables;
  }
  Tables tables;
  flows.require(touched.markets, threads);
  add_access_rows(base_problem, base, problem, tables, threads);
  const bool grows = problem.population_growth != base_problem.population_growth ||
                     problem.income_elasticity != base_problem.income_elasticity;
  if (grows) fill_demand(problem, make_country_tables(problem), base, touched.markets, tables, threads);
  fill_pull(problem, base, grows ? tables.demand.data() : base.view.demand, touched.markets, flows, tables, threads);
  if (problem.ease_given != nullptr) fill_ease(problem, base, tables);

  tables.segments = base.segments;
  tables.row_begin = base.row_begin;
  tables.view = base.view;
  tables.view.tariff_rows = problem.tariffs.rows;
  if (grows) {
    tables.view.demand = tables.demand.data();
    tables.view.log_income = tables.log_income.data();
    tables.view.log_population = tables.log_population.data();
  }
  tables.view.pull = tables.pull.data();
  tables.view.log_pull = tables.log_pull.data();
  tables.view.access = tables.access.data();
  tables.view.log_cost = tables.log_cost.data();
  tables.view.row_now = problem.tariffs.row_now;
  tables.view.row_horizon = problem.tariffs.row_horizon;
  if (problem.ease_given != nullptr) tables.view.ease = tables.ease.data();
  find_tariff_markets(problem, tables);
  find_tariff_changes(problem, tables);
  return tables;
}

}  // namespace potentia
