// All cells of the world, summed to the four margins. A task is one segment of products; inside it, blocks of 32
// products keep their tables and sums in the second-level cache while every exporter passes over them.
#include "kernels/cpu/evaluate.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/evaluate_row.hpp"
#include "kernels/cpu/turns.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/margins.hpp"

namespace potentia {

std::vector<std::int32_t> listed_or_all(const std::vector<std::int32_t>& listed, std::int32_t countries) {
  if (!listed.empty()) return listed;
  std::vector<std::int32_t> all(countries);
  for (std::int32_t country = 0; country < countries; ++country) all[country] = country;
  return all;
}

namespace {

constexpr std::int32_t block_products = 32;

/// Where the sums of one evaluation go.
struct Targets {
  std::vector<std::int32_t> exporters, markets;
  bool by_exporter_product, by_market_product;
  Buffer<double> sector;                   ///< [sector][exporter][used slots][stride]; rubbish for empty sectors
  Margins margins;
  WorldTotals* world;
};

/// The working memory of one thread.
struct Worker {
  Worker(const TableView& view, std::size_t exporters) : Worker(view, exporters, view.stride) {}
  Worker(const TableView& view, std::size_t exporters, std::size_t stride)
      : pair(exporters * used_pair_slots(view) * stride), market(block_products * used_market_slots(view) * stride),
        actual(Buffer<double>::zeroed(stride)), potential(stride), access_now(stride), access(stride),
        access_growth(Buffer<double>::zeroed(stride)) {
    std::fill(access_now.begin(), access_now.end(), 1.0);
    std::fill(access.begin(), access.end(), 1.0);
  }
  Buffer<double> pair, market, actual, potential, access_now, access, access_growth;
};

void write_columns(Margin& margin, std::size_t at, const CellSums& sums) {
  double columns[column_count];
  value_columns(sums, columns);
  for (int c = 0; c < column_count; ++c) margin.columns[c][at] = columns[c];
}

class Evaluation {
public:
  Evaluation(const Problem& problem, const Tables& tables, Targets& targets)
      : problem_(problem), tables_(tables), view_(tables.view), targets_(targets),
        pair_row_(static_cast<std::size_t>(used_pair_slots(view_)) * view_.stride),
        market_row_(static_cast<std::size_t>(used_market_slots(view_)) * view_.stride) {}

  void segment(const Segment& segment, Worker& worker) const {
    std::memset(worker.pair.data(), 0, worker.pair.size() * sizeof(double));
    for (std::int32_t first = segment.first; first < segment.last; first += block_products) {
      const std::int32_t last = std::min(segment.last, first + block_products);
      std::memset(worker.market.data(), 0, worker.market.size() * sizeof(double));
      for (std::size_t row = 0; row < targets_.exporters.size(); ++row)
        for (std::int32_t product = first; product < last; ++product)
          exporter_row(row, product, worker.pair.data() + row * pair_row_,
                       worker.market.data() + (product - first) * market_row_, worker);
      if (targets_.by_market_product) write_market_block(first, last, worker);
    }
  }

  void commit(const Segment& segment, const Worker& worker) const {
    const std::size_t size = worker.pair.size();
    double* PT_RESTRICT sector = targets_.sector.data() + segment.sector * size;
    const double* PT_RESTRICT own = worker.pair.data();
    if (segment.first == problem_.sector_begin[segment.sector])
      std::memcpy(sector, own, size * sizeof(double));  // 0 + x = x: the sums start at +0
    else
      for (std::size_t at = 0; at < size; ++at) sector[at] += own[at];
  }

private:
  /// All markets of one exporter and product.
  void exporter_row(std::size_t row, std::int32_t product, double* pair, double* market, Worker& worker) const {
    const std::size_t stride = view_.stride, exporter = targets_.exporters[row], countries = view_.countries;
    const std::size_t at = row * view_.products + problem_.product_column[product];
    CellSums sums{};
    if (view_.exports[product * stride + exporter] > 0.0) {
      const std::uint32_t* begin = tables_.row_begin.data() + product * (countries + 1) + exporter;
      const std::uint64_t base = problem_.flows.product_begin[product];
      const std::uint64_t from = base + begin[0], to = base + begin[1];
      for (std::uint64_t flow = from; flow < to; ++flow) worker.actual[problem_.flows.market[flow]] = problem_.flows.value[flow];

      RowMode mode{view_.income_by_product, view_.tariff_rows > 0, tables_.tariff_change[product] != 0};
      if (mode.tariffs)
        fill_access_row(view_, tables_.tariff_markets.data(), tables_.tariff_markets.size(), product, exporter,
                        worker.access_now.data(), worker.access.data(),
                        mode.tariff_change ? worker.access_growth.data() : nullptr);
      double slot[exporter_slots];
      evaluate_row(mode, {&view_, product, static_cast<std::int64_t>(exporter), worker.actual.data(),
                          worker.access_now.data(), worker.access.data(), worker.access_growth.data(),
                          worker.potential.data(), pair, market, slot});
      add_trade(from, to, pair, market, slot, worker);
      sums = exporter_sums(view_.supply_point(product, exporter), slot);
    }
    targets_.world->potential[at] = sums.potential;
    targets_.world->unrealized[at] = sums.unrealized;
    if (targets_.by_exporter_product) write_columns(targets_.margins.exporter_product, at, sums);
  }

  /// Where something is traded: how much of it the potential explains. Leaves `worker.actual` clear.
  void add_trade(std::uint64_t from, std::uint64_t to, double* pair, double* market, double* slot, Worker& worker) const {
    const std::size_t stride = view_.stride;
    double actual[sum_lanes] = {}, realized[sum_lanes] = {}, overtrade[sum_lanes] = {};
    for (std::uint64_t flow = from; flow < to; ++flow) {
      const std::size_t j = problem_.flows.market[flow];
      const TradedParts traded = traded_parts(problem_.flows.value[flow], worker.potential[j]);
      actual[j % sum_lanes] += traded.actual;
      realized[j % sum_lanes] += traded.realized;
      overtrade[j % sum_lanes] += traded.overtrade;
      pair[pair_actual * stride + j] += traded.actual;
      pair[pair_realized * stride + j] += traded.realized;
      pair[pair_overtrade * stride + j] += traded.overtrade;
      market[market_realized * stride + j] += traded.realized;
      market[market_overtrade * stride + j] += traded.overtrade;
      worker.actual[j] = 0.0;
    }
    slot[exporter_actual] = lane_total(actual);
    slot[exporter_realized] = lane_total(realized);
    slot[exporter_overtrade] = lane_total(overtrade);
  }

  void write_market_block(std::int32_t first, std::int32_t last, const Worker& worker) const {
    const std::size_t stride = view_.stride;
    for (std::size_t row = 0; row < targets_.markets.size(); ++row)
      for (std::int32_t product = first; product < last; ++product) {
        const std::size_t j = targets_.markets[row];
        const double* slot = worker.market.data() + (product - first) * market_row_ + j;
        const CellSums sums = market_sums(view_, product, j, slot, stride);
        write_columns(targets_.margins.market_product, row * view_.products + problem_.product_column[product], sums);
      }
  }

  const Problem& problem_;
  const Tables& tables_;
  const TableView& view_;
  Targets& targets_;
  std::size_t pair_row_, market_row_;  ///< values of one exporter's and one product's slots
};

/// Sectors one after the other make the pair's totals.
void write_pairs(const Problem& problem, const TableView& view, Targets& targets, int threads) {
  const std::size_t stride = view.stride, row_size = used_pair_slots(view) * stride, sectors = view.sectors;
  const std::vector<double> nothing(row_size, 0.0);
  const std::int64_t exporters = static_cast<std::int64_t>(targets.exporters.size());
  const std::size_t markets = targets.markets.size();
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> total(row_size);
#pragma omp for schedule(static)
    for (std::int64_t row = 0; row < exporters; ++row) {
      std::fill(total.begin(), total.end(), 0.0);
      for (std::size_t sector = 0; sector < sectors; ++sector) {
        const bool empty = problem.sector_begin[sector] == problem.sector_begin[sector + 1];
        const double* slot = empty ? nothing.data() : targets.sector.data() + (sector * exporters + row) * row_size;
        for (std::size_t at = 0; at < row_size; ++at) total[at] += slot[at];
        for (std::size_t m = 0; m < markets; ++m)
          write_columns(targets.margins.pair_sector, (row * markets + m) * sectors + sector,
                        pair_sums(view, targets.markets[m], slot + targets.markets[m], stride));
      }
      for (std::size_t m = 0; m < markets; ++m)
        write_columns(targets.margins.pair, row * markets + m, pair_sums(view, targets.markets[m], total.data() + targets.markets[m], stride));
    }
  }
}

void allocate(const Problem& problem, const TableView& view, Targets& targets) {
  const std::size_t exporters = targets.exporters.size(), markets = targets.markets.size(), products = problem.products;
  const auto make = [](Margin& margin, std::size_t size) {
    for (Buffer<double>& column : margin.columns) column = Buffer<double>(size);
  };
  make(targets.margins.pair, exporters * markets);
  make(targets.margins.pair_sector, exporters * markets * problem.sectors);
  if (targets.by_exporter_product) make(targets.margins.exporter_product, exporters * products);
  if (targets.by_market_product) make(targets.margins.market_product, markets * products);
  targets.world->exporters = targets.exporters;
  targets.world->potential = Buffer<double>(exporters * products);
  targets.world->unrealized = Buffer<double>(exporters * products);
  targets.sector = Buffer<double>(problem.sectors * exporters * used_pair_slots(view) * view.stride);
}

}  // namespace

Margins evaluate_margins(const Problem& problem, const Tables& tables, const Rows& rows, int threads,
                         WorldTotals& world, const ProgressSink& progress) {
  Targets targets;
  targets.exporters = listed_or_all(rows.exporters, problem.countries);
  targets.markets = listed_or_all(rows.markets, problem.countries);
  targets.by_exporter_product = rows.markets.empty();
  targets.by_market_product = rows.exporters.empty();
  targets.world = &world;
  allocate(problem, tables.view, targets);

  std::vector<Worker> workers;
  workers.reserve(threads);
  for (int thread = 0; thread < threads; ++thread) workers.emplace_back(tables.view, targets.exporters.size());

  const Evaluation evaluation(problem, tables, targets);
  const int segments = static_cast<int>(tables.segments.size());
  Worker* worker = workers.data();
  std::atomic<int> done{0};
  Turns turns;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int s = 0; s < segments; ++s) {
    Worker& own = worker[omp_get_thread_num()];
    if (!stop_requested.load(std::memory_order_relaxed)) evaluation.segment(tables.segments[s], own);
    turns.in_turn(s, [&] { evaluation.commit(tables.segments[s], own); });
    const int finished = ++done;
    if (progress && omp_get_thread_num() == 0) progress("cells", finished, segments);
  }
  check_interrupted();
  write_pairs(problem, tables.view, targets, threads);
  return std::move(targets.margins);
}

}  // namespace potentia
