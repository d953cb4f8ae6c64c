// All factor tables of a problem, on the processor's cores. One task is one segment of products: it scans their flows,
// fills their rows of every table, and adds to the sums over products that ease of trade needs.
#include "kernels/cpu/compute_tables.hpp"

#include <algorithm>
#include <cstring>

#include "kernels/cpu/expected_trade.hpp"
#include "kernels/cpu/for_row.hpp"
#include "kernels/cpu/ordered_commits.hpp"
#include "kernels/factors.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {

void scan_flows(const Problem& problem, Tables& tables, FlowSums& sums, std::int32_t product, double* traded) {
  const std::size_t countries = problem.countries, stride = padded(problem.countries);
  const bool tariffs = problem.tariffs.rows > 0;
  const std::size_t rows = problem.tariffs.rows;
  const FlowView& flows = problem.flows;
  const std::uint64_t begin = flows.product_begin[product], end = flows.product_end[product];
  const std::size_t base = product * stride;

  double* exports = tables.exports.data() + base;
  double* imports = tables.imports.data() + base;
  double* weighted_log = tables.typical.data() + base;
  double* known_trade = tables.inverse_typical.data() + base;
  std::fill(exports, exports + stride, 0.0);
  std::fill(imports, imports + stride, 0.0);
  std::fill(weighted_log, weighted_log + stride, 0.0);
  std::fill(known_trade, known_trade + stride, 0.0);
  double *duty_paid = nullptr, *duty_now = nullptr, *duty_horizon = nullptr;
  const double* rate = nullptr;
  if (tariffs) {
    duty_paid = sums.duty_paid + base;
    duty_now = sums.duty_paid_now + base;
    duty_horizon = sums.duty_paid_horizon + base;
    std::fill(duty_paid, duty_paid + stride, 0.0);
    std::fill(duty_now, duty_now + stride, 0.0);
    std::fill(duty_horizon, duty_horizon + stride, 0.0);
    rate = sums.rate.data() + product * rows;
  }
  std::uint32_t* row_begin = tables.row_begin.data() + product * (countries + 1);

  std::uint64_t at = begin;
  for (std::size_t exporter = 0; exporter < countries; ++exporter) {
    row_begin[exporter] = static_cast<std::uint32_t>(at - begin);
    if (at == end || flows.exporter[at] != exporter) continue;
    double lane[sum_lanes] = {}, duty_lane[sum_lanes] = {};
    const double* log_distance = sums.country.log_distance.data() + exporter * stride;
    const double* known = sums.country.known_distance.data() + exporter * stride;
    double* traded_row = traded + exporter * stride;
    for (; at < end && flows.exporter[at] == exporter; ++at) {
      const std::size_t market = flows.market[at];
      const double value = flows.value[at];
      lane[market % sum_lanes] += value;
      imports[market] += value;
      weighted_log[market] += value * log_distance[market];
      known_trade[market] += value * known[market];
      traded_row[market] += value;
      if (!tariffs) continue;
      const int now = problem.tariffs.row_now[exporter * countries + market];
      const int horizon = problem.tariffs.row_horizon[exporter * countries + market];
      if (now >= 0) {
        duty_lane[market % sum_lanes] += value * rate[now];
        duty_now[market] += value * rate[now];
      }
      if (horizon >= 0) duty_horizon[market] += value * rate[horizon];
    }
    exports[exporter] = lane_total(lane);
    if (tariffs) duty_paid[exporter] = lane_total(duty_lane);
  }
  row_begin[countries] = static_cast<std::uint32_t>(end - begin);

  double world = 0.0, projected = 0.0, world_duty = 0.0;
  for (std::size_t exporter = 0; exporter < countries; ++exporter) {
    world += exports[exporter];
    projected += exports[exporter] * problem.gdp_growth[exporter];
    if (tariffs) world_duty += duty_paid[exporter];
  }
  sums.world_exports[product] = world;
  sums.projected_exports[product] = projected;
  sums.world_duty_paid[product] = world_duty;
}

namespace {

void fill_rows(const Problem& problem, Tables& tables, FlowSums& scratch, std::int32_t product) {
  const std::int64_t stride = padded(problem.countries), countries = problem.countries;
  const std::int64_t elasticity_products = problem.elasticity_by_market ? problem.products : 0;
  const bool tariffs = problem.tariffs.rows > 0;
  for_row(TypicalDistanceTable{tables.typical.data(), tables.inverse_typical.data(), stride}, product, stride);
  const SupplyInputs supply{tables.exports.data(), tables.imports.data(), scratch.world_exports.data(),
                            scratch.projected_exports.data(), problem.gdp_growth, scratch.duty_paid,
                            scratch.world_duty_paid.data(), problem.sigma, problem.net_importer_correction,
                            tables.supply_now.data(), tables.supply.data(), stride};
  if (tariffs)
    for_row(SupplyTable<true>(supply), product, countries);
  else
    for_row(SupplyTable<false>(supply), product, countries);
  for_row(DemandTable{tables.imports.data(), problem.population_growth, scratch.country.income_growth.data(),
                      problem.income_elasticity, elasticity_products, tables.demand.data(), stride},
          product, countries);
  if (tariffs)
    for_row(PullTable{tables.imports.data(), tables.demand.data(), scratch.duty_paid_now,
                      scratch.duty_paid_horizon, problem.sigma, sigma_horizon(problem), tables.pull_now.data(),
                      tables.pull.data(), tables.log_pull.data(), stride},
            product, countries);
  if (!tables.log_income.empty() && tables.view.income_by_product)
    for_row(LogIncomeTable{scratch.country.log_income_growth.data(), problem.income_elasticity, elasticity_products,
                           tables.log_income.data(), stride},
            product, countries);
  // Padding lanes must be harmless in every loop over whole vectors.
  for (Buffer<double>* table : {&tables.supply_now, &tables.supply, &tables.demand, &tables.pull_now, &tables.pull,
                                &tables.log_pull}) {
    if (table->empty()) continue;
    std::fill(table->data() + product * stride + countries, table->data() + (product + 1) * stride, 0.0);
  }
  if (tables.view.income_by_product)
    std::fill(tables.log_income.data() + product * stride + countries, tables.log_income.data() + (product + 1) * stride, 0.0);
  tables.log_share_shift[product] =
      scratch.world_exports[product] > 0.0 ? log(scratch.world_exports[product] / scratch.projected_exports[product]) : 0.0;
}

void allocate(const Problem& problem, Tables& tables, FlowSums& scratch) {
  const std::size_t countries = problem.countries, products = problem.products, stride = padded(problem.countries);
  const std::size_t cells = products * stride, rows = problem.tariffs.rows;
  tables.row_begin = Buffer<std::uint32_t>(products * (countries + 1));
  for (Buffer<double>* table : {&tables.exports, &tables.imports, &tables.supply_now, &tables.supply, &tables.demand,
                                &tables.typical, &tables.inverse_typical})
    *table = Buffer<double>(cells);
  tables.ease = Buffer<double>::zeroed(countries * stride);
  tables.log_share_shift.resize(products);
  scratch.world_exports.resize(products);
  scratch.projected_exports.resize(products);
  scratch.world_duty_paid.resize(products);
  if (rows > 0) {
    for (Buffer<double>* table : {&tables.pull_now, &tables.pull, &tables.log_pull}) *table = Buffer<double>(cells);
    scratch.duty_paid = tables.supply_now.data();
    scratch.duty_paid_now = tables.pull_now.data();
    scratch.duty_paid_horizon = tables.pull.data();
    for (Buffer<double>* table : {&tables.access, &tables.log_cost, &scratch.rate}) *table = Buffer<double>(products * rows);
  }
}

void fill_growth_vectors(const Problem& problem, const CountryTables& country, Tables& tables) {
  const std::size_t stride = padded(problem.countries);
  tables.log_gdp_growth = country.log_gdp_growth;
  tables.log_population = country.log_population;
  if (uniform_elasticity(problem)) {
    tables.log_income = Buffer<double>(stride);
    for (std::size_t market = 0; market < stride; ++market)
      tables.log_income[market] = problem.products > 0 ? problem.income_elasticity[0] * country.log_income_growth[market] : 0.0;
  } else {
    tables.log_income = Buffer<double>(static_cast<std::size_t>(problem.products) * stride);
  }
}

}  // namespace

Tables compute_tables(const Problem& problem, int threads, const SumPieces& sum_pieces) {
  Tables tables;
  FlowSums scratch;
  tables.segments = make_segments(problem.sector_begin, problem.sectors);
  allocate(problem, tables, scratch);
  scratch.country = make_country_tables(problem);
  tables.distance = std::move(scratch.country.distance);
  tables.inverse_distance = std::move(scratch.country.inverse_distance);
  fill_growth_vectors(problem, scratch.country, tables);
  tables.bind(problem);
  find_tariff_markets(problem, tables);

  const std::size_t countries = problem.countries, stride = padded(problem.countries), square = countries * stride;
  const std::int64_t rows = problem.tariffs.rows;
  PairPieces pieces(tables.segments.size());     // Σ v_ij and expected trade: two tables [exporter][padded market]
  std::vector<Buffer<double>> partial(threads);  // the same of one segment, for each worker
  for (Buffer<double>& buffer : partial) buffer = Buffer<double>(2 * square);

  const int segments = static_cast<int>(tables.segments.size());
  Buffer<double>* partials = partial.data();
  OrderedCommits<Buffer<double>> commits(0, {});
  const auto commit = [&](int s, Buffer<double>& sums) {
    const Segment& segment = tables.segments[s];
    pieces.add(problem.first_segment + s, segment.sector, starts_sector(problem, segment), sums);
  };
#pragma omp parallel num_threads(threads)
  {
#pragma omp for schedule(monotonic : dynamic, 1)
    for (int s = 0; s < segments; ++s) {
      const Segment segment = tables.segments[s];
      Buffer<double>& own = partials[worker_index()];
      if (own.empty()) own = Buffer<double>(2 * square);
      double* own_traded = own.data();
      double* own_expected = own_traded + square;
      if (!stop_requested.load(std::memory_order_relaxed)) {
        std::memset(own_traded, 0, 2 * square * sizeof(double));
        for (std::int32_t product = segment.first; product < segment.last; ++product) {
          if (rows > 0)
            for_row(AccessTable{problem.tariffs.rate, problem.tariffs.multiplier, problem.sigma, sigma_horizon(problem),
                                first_horizon_row(problem), problem.products, rows, scratch.rate.data(),
                                tables.access.data(), tables.log_cost.data()},
                    product, rows);
          scan_flows(problem, tables, scratch, product, own_traded);
          fill_rows(problem, tables, scratch, product);
        }
        if (problem.ease == Ease::trade_share)
          add_expected_trade(tables.view, scratch.world_exports.data(), segment, own_expected);
        else
          add_uncalibrated_potential(tables.view, tables.tariff_markets.data(), tables.tariff_markets.size(), segment,
                                     own_expected);
      }
      own = commits.exchange(s, std::move(own), starts_sector(problem, segment), commit);
    }
  }
  check_interrupted();

  Buffer<double> total(2 * square);
  sum_all(pieces.take(), 2 * square, sum_pieces, total.data());
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < countries; ++market) {
      const std::size_t at = exporter * stride + market;
      tables.ease[at] = ease_or_given(ease_of(total[at], total[square + at], exporter == market), problem.ease_given,
                                      exporter * countries + market);
    }
  find_tariff_changes(problem, tables);
  return tables;
}

}  // namespace potentia
