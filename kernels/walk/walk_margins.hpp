// All cells of the world, summed to the four margins by walkers.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/evaluate.hpp"
#include "kernels/walk/margin_walks.hpp"
#include "kernels/walk/walk_tables.hpp"

namespace potentia {

template <class Device>
class WalkMargins {
public:
  template <class T>
  using Buffer = typename Device::template Buffer<T>;

  /// Evaluates; the sums stay in the device's memory.
  WalkMargins(const Problem& problem, const WalkTables<Device>& tables, const FlowLookup& flows, const Rows& rows)
      : exporters_(listed_or_all(rows.exporters, problem.countries)),
        markets_(listed_or_all(rows.markets, problem.countries)), by_exporter_product_(rows.markets.empty()),
        by_market_product_(rows.exporters.empty()) {
    const std::size_t pairs = exporters_.size() * markets_.size(), products = problem.products;
    pair_ = Buffer<double>(column_count * pairs);
    pair_sector_ = Buffer<double>(column_count * pairs * problem.sectors);
    if (by_exporter_product_) exporter_product_ = Buffer<double>(column_count * exporters_.size() * products);
    // Every market of a product is evaluated; a restriction picks rows when they are copied to the host.
    if (by_market_product_) market_product_ = Buffer<double>(column_count * problem.countries * products);
    world_potential_ = Buffer<double>(exporters_.size() * products);
    world_unrealized_ = Buffer<double>(exporters_.size() * products);

    const bool tariffs = tables.view().tariff_rows > 0;
    if (tables.view().income_by_product)
      tariffs ? run<true, true>(problem, tables, flows) : run<true, false>(problem, tables, flows);
    else
      tariffs ? run<false, true>(problem, tables, flows) : run<false, false>(problem, tables, flows);
  }

  Margins to_host(const Problem& problem, WorldTotals& world) const {
    Margins margins;
    copy(pair_, margins.pair);
    copy(pair_sector_, margins.pair_sector);
    if (by_exporter_product_) copy(exporter_product_, margins.exporter_product);
    if (by_market_product_) copy_market_rows(problem, margins.market_product);
    world.exporters = exporters_;
    world.potential = potentia::Buffer<double>(world_potential_.size());
    world.unrealized = potentia::Buffer<double>(world_unrealized_.size());
    world_potential_.to_host(world.potential.data());
    world_unrealized_.to_host(world.unrealized.data());
    return margins;
  }

private:
  /// The passes for one combination of terms; the others would add zeros.
  template <bool income_by_product, bool tariffs>
  void run(const Problem& problem, const WalkTables<Device>& tables, const FlowLookup& flows) {
    const TableView& view = tables.view();
    const auto exporters = Buffer<std::int32_t>::of(exporters_.data(), exporters_.size());
    const auto markets = Buffer<std::int32_t>::of(markets_.data(), markets_.size());
    const std::int64_t exporter_count = exporters_.size(), market_count = markets_.size(), products = problem.products;
    const std::int64_t segments = static_cast<std::int64_t>(tables.host_segments().size());
    const std::int64_t pairs = exporter_count * market_count;

    Buffer<double> partial(segments * pair_slots * pairs);
    Device::launch(PairPass<income_by_product, tariffs>{view, flows, tables.segments(), exporters.data(), markets.data(),
                                                        exporter_count, market_count, partial.data()},
                   segments, pairs, "the sums of pairs");
    Device::launch(PairTotals{view, tables.segments(), static_cast<std::int32_t>(segments), markets.data(), exporter_count,
                              market_count, partial.data(), pair_.data(), pair_sector_.data()},
                   exporter_count, market_count, "the totals of pairs");
    if (by_market_product_)
      Device::launch(MarketPass<tariffs>{view, flows, tables.product_column(), market_product_.data()}, products,
                     problem.countries, "the sums of markets");
    Device::launch_groups(ExporterPass<tariffs>{view, flows, exporters.data(), exporter_count, tables.product_column(),
                                                by_exporter_product_ ? exporter_product_.data() : nullptr,
                                                world_potential_.data(), world_unrealized_.data()},
                          products, exporter_count, "the sums of exporters");
    Device::synchronize("the sums over cells");
  }

  static void copy(const Buffer<double>& from, Margin& margin) {
    const std::size_t size = from.size() / column_count;
    for (int c = 0; c < column_count; ++c) {
      margin.columns[c] = potentia::Buffer<double>(size);
      from.to_host(margin.columns[c].data(), c * size, size);
    }
  }

  void copy_market_rows(const Problem& problem, Margin& margin) const {
    const std::size_t products = problem.products, size = products * problem.countries;
    for (int c = 0; c < column_count; ++c) {
      margin.columns[c] = potentia::Buffer<double>(markets_.size() * products);
      for (std::size_t row = 0; row < markets_.size(); ++row)
        market_product_.to_host(margin.columns[c].data() + row * products, c * size + markets_[row] * products, products);
    }
  }

  std::vector<std::int32_t> exporters_, markets_;
  bool by_exporter_product_, by_market_product_;
  Buffer<double> pair_, pair_sector_, exporter_product_, market_product_;  ///< [column][entry]
  Buffer<double> world_potential_, world_unrealized_;                      ///< [exporters, product column]
};

}  // namespace potentia
