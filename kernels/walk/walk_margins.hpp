// All cells of a run of segments, summed to the four margins by walkers.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/evaluate.hpp"
#include "kernels/walk/margin_walks.hpp"
#include "kernels/walk/walk_tables.hpp"

namespace potentia {

/// Sums in the device's memory.
template <class Device>
class WalkMargins {
public:
  template <class T>
  using Buffer = typename Device::template Buffer<T>;

  /// Room for the sums that `sums` asks for.
  WalkMargins(const Problem& problem, const PartialSums& sums)
      : exporters_(sums.exporters), markets_(sums.markets), asked_(sums.asked), terms_(sums.terms.cells),
        slots_(sums.terms.slots()) {
    const std::size_t products = problem.products;
    if (!sums.by_exporter_product) asked_.exporter_product = {};
    if (!sums.by_market_product) asked_.market_product = {};
    exporter_product_ = Buffer<double>(asked_.exporter_product.size() * exporters_.size() * products);
    // Every market of a product is evaluated; a restriction picks rows when they are copied to the host.
    market_product_ = Buffer<double>(asked_.market_product.size() * problem.countries * products);
    if (!asked_.world) return;
    world_potential_ = Buffer<double>(exporters_.size() * products);
    world_unrealized_ = Buffer<double>(exporters_.size() * products);
  }

  /// Evaluates the segments [first, last).
  void run(const Problem& problem, const WalkTables<Device>& tables, const FlowLookup& flows, std::int32_t first,
           std::int32_t last) {
    first_ = first;
    last_ = last;
    if (first == last) return;
    const bool tariffs = tables.view().tariff_rows > 0, income = tables.view().income_by_product;
    const auto run = [&](auto with_tariffs) {
      constexpr bool has = decltype(with_tariffs)::value;
      if (terms_ == CellTerms::potential) return run_terms<CellTerms::potential, false, has>(problem, tables, flows);
      if (terms_ == CellTerms::levels) return run_terms<CellTerms::levels, false, has>(problem, tables, flows);
      if (income) return run_terms<CellTerms::drivers, true, has>(problem, tables, flows);
      return run_terms<CellTerms::drivers, false, has>(problem, tables, flows);
    };
    tariffs ? run(std::true_type{}) : run(std::false_type{});
  }

  /// Adds the segments up to the margins of pairs, where they are the whole world's.
  void pairs_to_host(const WalkTables<Device>& tables, std::int32_t sectors, Margins& margins) const {
    const std::int64_t exporters = exporters_.size(), markets = markets_.size(), pairs = exporters * markets;
    const auto device_markets = Buffer<std::int32_t>::of(markets_.data(), markets_.size());
    Buffer<double> pair(asked_.pair.size() * pairs), pair_sector(asked_.pair_sector.size() * pairs * sectors);
    Device::launch(PairTotals{tables.view(), tables.segments(), last_, device_markets.data(), exporters, markets, terms_,
                              partial_.data(), WalkColumns{pair.data(), pairs, asked_.pair},
                              WalkColumns{pair_sector.data(), pairs * sectors, asked_.pair_sector}},
                   exporters, markets, "the totals of pairs");
    Device::synchronize("the totals of pairs");
    copy(pair, pairs, asked_.pair, margins.pair);
    copy(pair_sector, pairs * sectors, asked_.pair_sector, margins.pair_sector);
  }

  /// The sums of pairs of segment `number`, laid out as `terms` says. @param out [exporter], rows of terms.row_size()
  void segment_to_host(const PairTerms& terms, std::int32_t number, double* out) const {
    const std::size_t pairs = exporters_.size() * markets_.size(), row_size = terms.row_size();
    std::vector<double> slots(slots_ * pairs);
    partial_.to_host(slots.data(), (number - first_) * slots_ * pairs, slots.size());
    std::fill(out, out + exporters_.size() * row_size, 0.0);
    for (std::size_t slot = 0; slot < slots_; ++slot)
      for (std::size_t row = 0; row < exporters_.size(); ++row)
        for (std::size_t m = 0; m < markets_.size(); ++m)
          out[row * row_size + terms.place(slot, markets_[m])] = slots[slot * pairs + row * markets_.size() + m];
  }

  /// The sums by product of the segments that were run.
  void products_to_host(const Problem& problem, const std::vector<Segment>& segments, PartialSums& sums) const {
    std::vector<std::int32_t> columns;
    if (first_ < last_)
      columns.assign(problem.product_column + segments[first_].first, problem.product_column + segments[last_ - 1].last);
    std::vector<std::int32_t> every_row(exporters_.size());
    for (std::size_t row = 0; row < every_row.size(); ++row) every_row[row] = static_cast<std::int32_t>(row);
    const std::size_t products = problem.products;
    const auto table = [&](const Buffer<double>& from, std::size_t begin, const std::vector<std::int32_t>& rows,
                           potentia::Buffer<double>& to) { copy_columns(from, begin, rows, columns, products, to); };
    std::size_t exporter_at = 0, market_at = 0;
    for (int c = 0; c < column_count; ++c) {
      if (asked_.exporter_product.has(c)) {
        table(exporter_product_, exporter_at, every_row, sums.exporter_product.columns[c]);
        exporter_at += exporters_.size() * products;
      }
      if (asked_.market_product.has(c)) {
        table(market_product_, market_at, markets_, sums.market_product.columns[c]);
        market_at += problem.countries * products;
      }
    }
    if (!asked_.world) return;
    table(world_potential_, 0, every_row, sums.world.potential);
    table(world_unrealized_, 0, every_row, sums.world.unrealized);
  }

private:
  /// The passes for one combination of terms; the others would add zeros.
  template <CellTerms terms, bool income_by_product, bool tariffs>
  void run_terms(const Problem& problem, const WalkTables<Device>& tables, const FlowLookup& flows) {
    const TableView& view = tables.view();
    const auto exporters = Buffer<std::int32_t>::of(exporters_.data(), exporters_.size());
    const auto markets = Buffer<std::int32_t>::of(markets_.data(), markets_.size());
    const std::int64_t exporter_count = exporters_.size(), market_count = markets_.size(), segments = last_ - first_;
    const std::int64_t pairs = exporter_count * market_count;
    const std::int64_t first_product = tables.host_segments()[first_].first;
    const std::int64_t products = tables.host_segments()[last_ - 1].last - first_product;

    if (asked_.any_pair()) {
      partial_ = Buffer<double>(segments * slots_ * pairs);
      Device::launch(PairPass<terms, income_by_product, tariffs>{view, flows, tables.segments() + first_, exporters.data(),
                                                                 markets.data(), exporter_count, market_count,
                                                                 partial_.data()},
                     segments, pairs, "the sums of pairs");
    }
    if (!asked_.market_product.empty()) {
      const WalkColumns columns{market_product_.data(), problem.countries * std::int64_t{problem.products},
                                asked_.market_product};
      Device::launch(MarketPass<terms, tariffs>{view, flows, first_product, tables.product_column(), columns}, products,
                     problem.countries, "the sums of markets");
    }
    if (asked_.any_exporter()) {
      const WalkColumns columns{exporter_product_.data(), exporter_count * problem.products, asked_.exporter_product};
      Device::launch_groups(ExporterPass<terms, tariffs>{view, flows, exporters.data(), exporter_count, first_product,
                                                         tables.product_column(), columns, world_potential_.data(),
                                                         world_unrealized_.data()},
                            products, exporter_count, "the sums of exporters");
    }
    Device::synchronize("the sums over cells");
  }

  static void copy(const Buffer<double>& from, std::size_t size, ColumnSet asked, Margin& margin) {
    std::size_t begin = 0;
    for (int c = 0; c < column_count; ++c) {
      if (!asked.has(c)) continue;
      margin.columns[c] = potentia::Buffer<double>(size);
      from.to_host(margin.columns[c].data(), begin, size);
      begin += size;
    }
  }

  /// Columns of a table [row, product column] that begins at `begin`; all of them go straight.
  static void copy_columns(const Buffer<double>& from, std::size_t begin, const std::vector<std::int32_t>& rows,
                           const std::vector<std::int32_t>& columns, std::size_t products, potentia::Buffer<double>& to) {
    std::vector<double> row_values(products);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      double* const target = to.data() + row * products;
      if (columns.size() == products) {
        from.to_host(target, begin + rows[row] * products, products);
        continue;
      }
      from.to_host(row_values.data(), begin + rows[row] * products, products);
      for (const std::int32_t column : columns) target[column] = row_values[column];
    }
  }

  std::vector<std::int32_t> exporters_, markets_;
  AskedSums asked_;
  CellTerms terms_;
  std::size_t slots_;                                       ///< of a pair
  std::int32_t first_ = 0, last_ = 0;                       ///< segments that were run
  Buffer<double> partial_;                                  ///< [segment][slot][exporter][market]
  Buffer<double> exporter_product_, market_product_;        ///< [column asked for][entry]
  Buffer<double> world_potential_, world_unrealized_;       ///< [exporters, product column]
};

}  // namespace potentia
