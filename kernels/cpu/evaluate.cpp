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
  Evaluation(const Problem& problem, const Tables& tables, PartialSums& sums)
      : problem_(problem), tables_(tables), view_(tables.view), sums_(sums),
        pair_row_(sums.terms.row_size()),
        market_row_(static_cast<std::size_t>(used_market_slots(view_)) * view_.stride) {}

  void segment(const Segment& segment, Worker& worker) const {
    std::memset(worker.pair.data(), 0, worker.pair.size() * sizeof(double));
    for (std::int32_t first = segment.first; first < segment.last; first += block_products) {
      const std::int32_t last = std::min(segment.last, first + block_products);
      std::memset(worker.market.data(), 0, worker.market.size() * sizeof(double));
      for (std::size_t row = 0; row < sums_.exporters.size(); ++row)
        for (std::int32_t product = first; product < last; ++product)
          exporter_row(row, product, worker.pair.data() + row * pair_row_,
                       worker.market.data() + (product - first) * market_row_, worker);
      if (sums_.by_market_product) write_market_block(first, last, worker);
    }
  }

  void commit(std::int32_t number, const Worker& worker) const {
    const Segment& segment = tables_.segments[number];
    sums_.pairs.add(problem_.first_segment + number, segment.sector, starts_sector(problem_, segment), worker.pair.data(),
                    worker.pair.size());
  }

private:
  /// All markets of one exporter and product.
  void exporter_row(std::size_t row, std::int32_t product, double* pair, double* market, Worker& worker) const {
    const std::size_t stride = view_.stride, exporter = sums_.exporters[row], countries = view_.countries;
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
    sums_.world.potential[at] = sums.potential;
    sums_.world.unrealized[at] = sums.unrealized;
    if (sums_.by_exporter_product) write_columns(sums_.exporter_product, at, sums);
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
    for (std::size_t row = 0; row < sums_.markets.size(); ++row)
      for (std::int32_t product = first; product < last; ++product) {
        const std::size_t j = sums_.markets[row];
        const double* slot = worker.market.data() + (product - first) * market_row_ + j;
        const CellSums sums = market_sums(view_, product, j, slot, stride);
        write_columns(sums_.market_product, row * view_.products + problem_.product_column[product], sums);
      }
  }

  const Problem& problem_;
  const Tables& tables_;
  const TableView& view_;
  PartialSums& sums_;
  std::size_t pair_row_, market_row_;  ///< values of one exporter's and one product's slots
};

}  // namespace

PartialSums begin_sums(const Problem& problem, const TableView& view, const Rows& rows) {
  PartialSums sums;
  sums.exporters = listed_or_all(rows.exporters, problem.countries);
  sums.markets = listed_or_all(rows.markets, problem.countries);
  sums.by_exporter_product = rows.markets.empty();
  sums.by_market_product = rows.exporters.empty();
  sums.terms = PairTerms::of(view);
  const std::size_t exporters = sums.exporters.size(), products = problem.products;
  sums.pairs = PairPieces(make_segments(problem.sector_begin, problem.sectors).size());
  if (sums.by_exporter_product) make_columns(sums.exporter_product, exporters * products);
  if (sums.by_market_product) make_columns(sums.market_product, sums.markets.size() * products);
  sums.world = {sums.exporters, Buffer<double>(exporters * products), Buffer<double>(exporters * products)};
  return sums;
}

std::int32_t evaluate_segments(const Problem& problem, const Tables& tables, std::int32_t first, std::int32_t last,
                               PartialSums& sums, const SegmentSink& committed, int threads, const ProgressSink& progress) {
  std::vector<Worker> workers;
  workers.reserve(threads);
  for (int thread = 0; thread < threads; ++thread) workers.emplace_back(tables.view, sums.exporters.size());

  const Evaluation evaluation(problem, tables, sums);
  Worker* worker = workers.data();
  std::atomic<int> done{0};
  std::atomic<std::int32_t> end{last};  // one behind the last segment that counts; falls when the sink says stop
  Turns turns(first);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int32_t s = first; s < last; ++s) {
    Worker& own = worker[omp_get_thread_num()];
    const bool wanted = !stop_requested.load(std::memory_order_relaxed) && s < end.load(std::memory_order_relaxed);
    if (wanted) evaluation.segment(tables.segments[s], own);
    turns.in_turn(s, [&] {
      if (!wanted || s >= end) return;
      evaluation.commit(s, own);
      const AfterSegment then = committed ? committed(s) : AfterSegment::go_on;
      if (then != AfterSegment::go_on) sums.pairs.close();
      if (then == AfterSegment::stop) end = s + 1;
    });
    const int finished = ++done;
    if (progress && omp_get_thread_num() == 0) progress("cells", finished, last - first);
  }
  check_interrupted();
  return end;
}

}  // namespace potentia
