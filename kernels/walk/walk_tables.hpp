// All factor tables of a problem, computed by walkers: threads that each follow one axis. `Device` says where memory
// lies and who runs the functors; see kernels/cuda/cuda_device.cuh.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/country_tables.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"
#include "kernels/walk/table_walks.hpp"

namespace potentia {

template <class Device>
class WalkTables {
public:
  template <class T>
  using Buffer = typename Device::template Buffer<T>;

  WalkTables() = default;
  /// @param sum_pieces as Backend::load
  WalkTables(const Problem& problem, const FlowLookup& flows, const SumPieces& sum_pieces) {
    Scratch scratch = upload_inputs(problem);
    allocate(problem, scratch);
    bind(problem);

    const std::int64_t products = problem.products, stride = padded(problem.countries), rows = problem.tariffs.rows;
    if (rows > 0)
      Device::launch(AccessTable{scratch.rate.data(), scratch.multiplier.data(), scratch.sigma.data(),
                                 scratch.sigma_horizon.data(), first_horizon_row(problem), products, rows,
                                 scratch.rate_by_product.data(), access_.data(), log_cost_.data()},
                     products, rows, "the access terms of exporters");
    const PairRates rates{scratch.rate_by_product.data(), row_now_.data(), row_horizon_.data(), problem.countries,
                          problem.tariffs.rows};
    Device::launch_groups(ExporterTotals{flows, rates, stride, exports_.data(), scratch.duty_paid.data()}, products, stride,
                          "the totals of exporters");
    Device::launch(MarketTotals{flows, rates, scratch.log_distance.data(), scratch.known_distance.data(), imports_.data(),
                                typical_.data(), inverse_typical_.data(), scratch.duty_paid_now.data(),
                                scratch.duty_paid_horizon.data(), stride},
                   products, stride, "the totals of markets");
    Device::launch(ProductTotals{exports_.data(), rows > 0 ? scratch.duty_paid.data() : nullptr, scratch.gdp_growth.data(),
                                 problem.countries, stride, scratch.world_exports.data(), scratch.projected_exports.data(),
                                 scratch.world_duty_paid.data(), log_share_shift_.data()},
                   products, 1, "the totals of products");
    fill_factor_tables(problem, scratch);
    fill_ease(problem, flows, scratch, sum_pieces);
    Device::synchronize("the factor tables");
  }

  const TableView& view() const { return view_; }
  const std::vector<Segment>& host_segments() const { return host_segments_; }
  const Segment* segments() const { return segments_.data(); }
  const std::int32_t* product_column() const { return product_column_.data(); }

  /// Copies the tables to the host, for lists, dense tiles and the factor tables of the result.
  Tables to_host(const Problem& problem) const {
    Tables tables;
    tables.segments = host_segments_;
    const auto buffer = [](const Buffer<double>& from) {
      potentia::Buffer<double> to(from.size());
      from.to_host(to.data());
      return to;
    };
    const auto vector = [](const Buffer<double>& from) {
      std::vector<double> to(from.size());
      from.to_host(to.data());
      return to;
    };
    tables.exports = buffer(exports_);
    tables.imports = buffer(imports_);
    tables.supply_now = buffer(supply_now_);
    tables.supply = buffer(supply_);
    tables.demand = buffer(demand_);
    tables.pull_now = buffer(pull_now_);
    tables.pull = buffer(pull_);
    tables.log_pull = buffer(log_pull_);
    tables.typical = buffer(typical_);
    tables.inverse_typical = buffer(inverse_typical_);
    tables.distance = buffer(distance_);
    tables.inverse_distance = buffer(inverse_distance_);
    tables.ease = buffer(ease_);
    tables.log_gdp_growth = vector(log_gdp_growth_);
    tables.log_share_shift = vector(log_share_shift_);
    tables.log_population = vector(log_population_);
    tables.log_income = buffer(log_income_);
    tables.access = buffer(access_);
    tables.log_cost = buffer(log_cost_);
    tables.row_begin = row_begins(problem);
    tables.bind(problem);
    find_tariff_markets(problem, tables);
    find_tariff_changes(problem, tables);
    return tables;
  }

private:
  /// Inputs and sums over trade that only the tables need.
  struct Scratch {
    Buffer<double> log_distance, known_distance, income_growth, log_income_growth, gdp_growth, population_growth;
    Buffer<double> sigma, sigma_horizon, income_elasticity, rate, multiplier, rate_by_product, ease_given;
    Buffer<double> duty_paid, duty_paid_now, duty_paid_horizon, world_exports, projected_exports, world_duty_paid;
  };

  template <class T, class Host>
  static Buffer<T> upload(const Host& host) {
    return Buffer<T>::of(host.data(), host.size());
  }

  Scratch upload_inputs(const Problem& problem) {
    const std::int64_t countries = problem.countries, products = problem.products, rows = problem.tariffs.rows;
    const CountryTables country = make_country_tables(problem);
    Scratch scratch;
    distance_ = upload<double>(country.distance);
    inverse_distance_ = upload<double>(country.inverse_distance);
    log_gdp_growth_ = upload<double>(country.log_gdp_growth);
    log_population_ = upload<double>(country.log_population);
    scratch.log_distance = upload<double>(country.log_distance);
    scratch.known_distance = upload<double>(country.known_distance);
    scratch.income_growth = upload<double>(country.income_growth);
    scratch.log_income_growth = upload<double>(country.log_income_growth);
    scratch.gdp_growth = Buffer<double>::of(problem.gdp_growth, countries);
    scratch.population_growth = Buffer<double>::of(problem.population_growth, countries);
    scratch.sigma = Buffer<double>::of(problem.sigma, products);
    scratch.sigma_horizon = Buffer<double>::of(potentia::sigma_horizon(problem), products);
    if (problem.ease_given != nullptr) scratch.ease_given = Buffer<double>::of(problem.ease_given, countries * countries);
    scratch.income_elasticity =
        Buffer<double>::of(problem.income_elasticity, products * (problem.elasticity_by_market ? countries : 1));
    product_column_ = Buffer<std::int32_t>::of(problem.product_column, products);
    host_segments_ = make_segments(problem.sector_begin, problem.sectors);
    segments_ = upload<Segment>(host_segments_);
    if (rows > 0) {
      scratch.rate = Buffer<double>::of(problem.tariffs.rate, rows * products);
      if (problem.tariffs.multiplier != nullptr)
        scratch.multiplier = Buffer<double>::of(problem.tariffs.multiplier, rows * products);
      row_now_ = Buffer<std::int32_t>::of(problem.tariffs.row_now, countries * countries);
      row_horizon_ = Buffer<std::int32_t>::of(problem.tariffs.row_horizon, countries * countries);
    }
    return scratch;
  }

  void allocate(const Problem& problem, Scratch& scratch) {
    const std::size_t products = problem.products, stride = padded(problem.countries), rows = problem.tariffs.rows;
    const std::size_t entries = products * stride;
    for (Buffer<double>* table : {&exports_, &imports_, &typical_, &inverse_typical_}) *table = Buffer<double>(entries);
    for (Buffer<double>* table : {&supply_now_, &supply_, &demand_}) *table = Buffer<double>::zeroed(entries);  // padding: 0
    log_income_ = Buffer<double>::zeroed(uniform_elasticity(problem) ? stride : entries);
    ease_ = Buffer<double>::zeroed(problem.countries * stride);
    for (Buffer<double>* vector :
         {&log_share_shift_, &scratch.world_exports, &scratch.projected_exports, &scratch.world_duty_paid})
      *vector = Buffer<double>(products);
    if (rows == 0) return;
    for (Buffer<double>* table : {&pull_now_, &pull_, &log_pull_}) *table = Buffer<double>::zeroed(entries);
    for (Buffer<double>* table : {&scratch.duty_paid, &scratch.duty_paid_now, &scratch.duty_paid_horizon})
      *table = Buffer<double>(entries);
    for (Buffer<double>* table : {&access_, &log_cost_, &scratch.rate_by_product}) *table = Buffer<double>(products * rows);
  }

  void bind(const Problem& problem) {
    const bool tariffs = problem.tariffs.rows > 0;
    view_.countries = problem.countries;
    view_.stride = padded(problem.countries);
    view_.products = problem.products;
    view_.sectors = problem.sectors;
    view_.tariff_rows = problem.tariffs.rows;
    view_.income_by_product = !uniform_elasticity(problem);
    view_.exports = exports_.data();
    view_.imports = imports_.data();
    view_.supply_now = supply_now_.data();
    view_.supply = supply_.data();
    view_.demand = demand_.data();
    view_.pull_now = tariffs ? pull_now_.data() : imports_.data();
    view_.pull = tariffs ? pull_.data() : demand_.data();
    view_.log_pull = log_pull_.data();
    view_.typical = typical_.data();
    view_.inverse_typical = inverse_typical_.data();
    view_.distance = distance_.data();
    view_.inverse_distance = inverse_distance_.data();
    view_.ease = ease_.data();
    view_.log_gdp_growth = log_gdp_growth_.data();
    view_.log_share_shift = log_share_shift_.data();
    view_.log_population = log_population_.data();
    view_.log_income = log_income_.data();
    view_.access = access_.data();
    view_.log_cost = log_cost_.data();
    view_.row_now = row_now_.data();
    view_.row_horizon = row_horizon_.data();
  }

  void fill_factor_tables(const Problem& problem, const Scratch& scratch) {
    const std::int64_t products = problem.products, countries = problem.countries, stride = padded(problem.countries);
    const std::int64_t elasticity_products = problem.elasticity_by_market ? products : 0;
    const bool tariffs = problem.tariffs.rows > 0;
    Device::launch(TypicalDistanceTable{typical_.data(), inverse_typical_.data(), stride}, products, stride,
                   "typical distances");
    const SupplyInputs supply{exports_.data(), imports_.data(), scratch.world_exports.data(),
                              scratch.projected_exports.data(), scratch.gdp_growth.data(), scratch.duty_paid.data(),
                              scratch.world_duty_paid.data(), scratch.sigma.data(), problem.net_importer_correction,
                              supply_now_.data(), supply_.data(), stride};
    if (tariffs)
      Device::launch(SupplyTable<true>(supply), products, countries, "supply");
    else
      Device::launch(SupplyTable<false>(supply), products, countries, "supply");
    Device::launch(DemandTable{imports_.data(), scratch.population_growth.data(), scratch.income_growth.data(),
                               scratch.income_elasticity.data(), elasticity_products, demand_.data(), stride},
                   products, countries, "demand");
    if (tariffs)
      Device::launch(PullTable{imports_.data(), demand_.data(), scratch.duty_paid_now.data(),
                               scratch.duty_paid_horizon.data(), scratch.sigma.data(), scratch.sigma_horizon.data(),
                               pull_now_.data(), pull_.data(), log_pull_.data(), stride},
                     products, countries, "the access terms of markets");
    if (view_.income_by_product)
      Device::launch(LogIncomeTable{scratch.log_income_growth.data(), scratch.income_elasticity.data(),
                                    elasticity_products, log_income_.data(), stride},
                     products, countries, "income growth");
    else if (products > 0)
      Device::launch(UniformLogIncome{scratch.log_income_growth.data(), scratch.income_elasticity.data(), log_income_.data()},
                     1, stride, "income growth");
  }

  void fill_ease(const Problem& problem, const FlowLookup& flows, const Scratch& scratch, const SumPieces& sum_pieces) {
    const std::int64_t square = problem.countries * static_cast<std::int64_t>(padded(problem.countries));
    const std::int64_t segments = static_cast<std::int64_t>(host_segments_.size());
    Buffer<double> traded(segments * square), expected(segments * square);
    Device::launch(PairTrade{view_, flows, segments_.data(), scratch.world_exports.data(),
                             problem.ease == Ease::calibrated, traded.data(), expected.data()},
                   segments, square, "the trade of pairs");
    if (sum_pieces) return sum_ease(problem, traded, expected, sum_pieces);
    Device::launch(EaseTable{view_, segments_.data(), static_cast<std::int32_t>(segments), traded.data(), expected.data(),
                             scratch.ease_given.data(), ease_.data()},
                   problem.countries, padded(problem.countries), "ease of trade");
    Device::synchronize("ease of trade");
  }

  /// Ease where other processes have the other products.
  void sum_ease(const Problem& problem, const Buffer<double>& traded, const Buffer<double>& expected,
                const SumPieces& sum_pieces) {
    const std::size_t countries = problem.countries, stride = padded(problem.countries), square = countries * stride;
    Device::synchronize("the trade of pairs");
    PairPieces pieces(host_segments_.size());
    std::vector<double> own(2 * square), total(2 * square), ease(square, 0.0);
    for (std::size_t s = 0; s < host_segments_.size(); ++s) {
      traded.to_host(own.data(), s * square, square);
      expected.to_host(own.data() + square, s * square, square);
      pieces.add(problem.first_segment + static_cast<std::int32_t>(s), host_segments_[s].sector,
                 starts_sector(problem, host_segments_[s]), own.data(), own.size());
    }
    sum_pieces(pieces.take(), own.size(), total.data());
    for (std::size_t exporter = 0; exporter < countries; ++exporter)
      for (std::size_t market = 0; market < countries; ++market) {
        const std::size_t at = exporter * stride + market;
        ease[at] = ease_of(total[at], total[square + at], exporter == market);
      }
    ease_ = upload<double>(ease);
    bind(problem);
  }

  std::vector<Segment> host_segments_;
  Buffer<Segment> segments_;
  Buffer<double> exports_, imports_, supply_now_, supply_, demand_, pull_now_, pull_, log_pull_, typical_, inverse_typical_;
  Buffer<double> distance_, inverse_distance_, ease_;
  Buffer<double> log_gdp_growth_, log_share_shift_, log_population_, log_income_, access_, log_cost_;
  Buffer<std::int32_t> row_now_, row_horizon_;
  Buffer<std::int32_t> product_column_;
  TableView view_{};
};

}  // namespace potentia
