// All cells of the world, summed to the four margins. A task is one segment of products; inside it, blocks of products
// keep their factors and sums in the second-level cache while tiles of exporters pass over them.
#include "kernels/cpu/evaluate.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "kernels/cpu/access_rows.hpp"
#include "kernels/cpu/cell_tile.hpp"
#include "kernels/cpu/ordered_commits.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/margins.hpp"

namespace potentia {

namespace {

/// How many products a block has: their factors and sums are to stay in the second-level cache while exporters pass. In
/// worlds of a thousand countries they do not, but with fewer products the sums of all pairs come from memory too often.
std::int32_t block_products(std::int64_t row_bytes) {
  constexpr std::int64_t cache = 600 << 10, least = 16, most = 32;
  return static_cast<std::int32_t>(std::clamp(cache / std::max<std::int64_t>(1, row_bytes), least, most));
}

/// The columns of a margin that are asked for. Twelve stores to twelve tables, millions of times: no calls in between.
class ColumnWriter {
public:
  explicit ColumnWriter(Margin& margin) {
    for (int c = 0; c < column_count; ++c) {
      column_[c] = margin.columns[c].data();
      all_ = all_ && column_[c] != nullptr;
    }
  }
  void write(std::size_t at, const CellSums& sums) const {
    double value[column_count];
    value_columns(sums, value);
    if (all_) {
      for (int c = 0; c < column_count; ++c) column_[c][at] = value[c];
      return;
    }
    for (int c = 0; c < column_count; ++c)
      if (column_[c] != nullptr) column_[c][at] = value[c];
  }

private:
  double* column_[column_count];
  bool all_ = true;
};

/// The dense rows of one exporter of a tile.
struct DenseRow {
  explicit DenseRow(std::size_t stride)
      : actual(Buffer<double>::zeroed(stride)), potential(stride), access_now(stride), access(stride), access_growth(stride) {}
  Buffer<double> actual, potential, access_now, access, access_growth;
  std::int32_t exporter = -1;      ///< whose access terms it has, of some product
  std::uint64_t from = 0, to = 0;  ///< its flows
  double slot[exporter_slots];
};

/// The working memory of one thread.
struct Worker {
  Worker(std::size_t market_size, std::size_t stride, std::size_t exporters, std::size_t markets)
      : market(market_size), exporter_entry(exporters), market_entry(markets) {
    for (int e = 0; e < tile_exporters; ++e) row.emplace_back(stride);
  }
  Buffer<double> market;  ///< [product of the block][vector][factors, sums][8]
  std::vector<DenseRow> row;  ///< [exporter of the tile]
  std::vector<std::uint32_t> exporter_entry, market_entry;  ///< [row] the next in its ProductSums
};

class Evaluation {
public:
  Evaluation(const Problem& problem, const Tables& tables, PartialSums& sums)
      : problem_(problem), tables_(tables), view_(tables.view), sums_(sums), exporter_columns_(sums.exporter_product),
        market_columns_(sums.market_product), terms_(sums.terms.cells),
        trade_(terms_ != CellTerms::potential), pairs_(sums.asked.any_pair()), vectors_(view_.stride / sum_lanes),
        pair_row_(pairs_ ? sums.terms.row_size() : 0), pair_slots_(sums.terms.slots()),
        factors_(market_factors(terms_, view_.income_by_product)),
        market_slots_(sums.by_market_product ? used_market_slots(terms_, view_.tariff_rows > 0) : 0),
        market_row_(vectors_ * (factors_ + market_slots_) * sum_lanes),
        block_(block_products(market_row_ * static_cast<std::int64_t>(sizeof(double)))), access_(tables, sums.exporters) {
    TileMode mode{terms_, view_.income_by_product, view_.tariff_rows > 0, false, pairs_, sums.by_market_product};
    for (const bool change : {false, true}) {
      mode.tariff_change = change && mode.tariffs;
      for (int exporters = 1; exporters <= tile_exporters; ++exporters) loop_[change][exporters] = tile_loop(mode, exporters);
    }
    pack_pairs();
  }

  Worker worker() const {
    return Worker(block_ * market_row_, view_.stride, sums_.exporters.size(), sums_.markets.size());
  }

  /// Doubles that the sums of pairs of a segment take.
  std::size_t pair_size() const { return sums_.exporters.size() * pair_row_; }

  void segment(std::int32_t number, double* pairs, Worker& worker) const {
    const Segment& segment = tables_.segments[number];
    std::fill_n(pairs, pair_size(), 0.0);
    start_entries(sums_.exporter_sums.get(), number, worker.exporter_entry);
    start_entries(sums_.market_sums.get(), number, worker.market_entry);
    for (std::int32_t first = segment.first; first < segment.last; first += block_) {
      const std::int32_t last = std::min(segment.last, first + block_);
      for (std::int32_t product = first; product < last; ++product) start_market(product, market_of(product - first, worker));
      for (std::size_t row = 0; row < sums_.exporters.size(); row += tile_exporters)
        for (std::int32_t product = first; product < last; ++product)
          tile(row, product, pairs, market_of(product - first, worker), worker);
      if (sums_.by_market_product) write_market_block(first, last, worker);
    }
  }

  /// Whether the sums of a segment become a piece of their own.
  bool starts_piece(std::int32_t number) const { return starts_sector(problem_, tables_.segments[number]); }

  void commit(std::int32_t number, Buffer<double>& pairs) const {
    if (pairs_) sums_.pairs.add(problem_.first_segment + number, tables_.segments[number].sector, starts_piece(number), pairs);
  }

private:
  static void start_entries(const ProductSums* sums, std::int32_t segment, std::vector<std::uint32_t>& entry) {
    if (sums == nullptr) return;
    for (std::size_t row = 0; row < entry.size(); ++row) entry[row] = sums->first(segment, row);
  }

  double* market_of(std::int32_t place, Worker& worker) const { return worker.market.data() + place * market_row_; }

  /// What is constant along products, in the order in which tiles read it.
  void pack_pairs() {
    const std::size_t exporters = sums_.exporters.size(), stride = view_.stride;
    pair_factor_ = Buffer<double>(exporters * stride * pair_factors);
    double* to = pair_factor_.data();
    for (const std::int32_t exporter : sums_.exporters)
      for (std::int64_t v = 0; v < vectors_; ++v)
        for (const double* table : {view_.distance, view_.inverse_distance, view_.ease}) {
          std::memcpy(to, table + exporter * stride + sum_lanes * v, sum_lanes * sizeof(double));
          to += sum_lanes;
        }
    growth_ = Buffer<double>::zeroed(2 * stride);
    for (std::int64_t v = 0; v < vectors_; ++v) {
      std::memcpy(growth_.data() + 16 * v, view_.log_population + 8 * v, sum_lanes * sizeof(double));
      if (!view_.income_by_product)
        std::memcpy(growth_.data() + 16 * v + 8, view_.log_income + 8 * v, sum_lanes * sizeof(double));
    }
  }

  /// The factors of a product's markets, and sums of which nothing is there yet.
  void start_market(std::int32_t product, double* to) const {
    const std::size_t base = product * static_cast<std::size_t>(view_.stride);
    const double* tables[] = {view_.typical + base, view_.inverse_typical + base, view_.pull + base, view_.pull_now + base,
                              view_.income_by_product ? view_.log_income + base : nullptr};
    for (std::int64_t v = 0; v < vectors_; ++v) {
      for (int factor = 0; factor < factors_; ++factor)
        std::memcpy(to + sum_lanes * factor, tables[factor] + sum_lanes * v, sum_lanes * sizeof(double));
      to += sum_lanes * factors_;
      std::memset(to, 0, market_slots_ * sum_lanes * sizeof(double));
      to += sum_lanes * market_slots_;
    }
  }

  /// All markets of one product and of those exporters from `first_row` on that sell it.
  void tile(std::size_t first_row, std::int32_t product, double* pairs, double* market, Worker& worker) const {
    const std::size_t stride = view_.stride, end = std::min(first_row + tile_exporters, sums_.exporters.size());
    TileArguments tile{};
    std::size_t live[tile_exporters];
    int count = 0;
    for (std::size_t row = first_row; row < end; ++row) {
      const std::size_t exporter = sums_.exporters[row];
      if (!(view_.exports[product * stride + exporter] > 0.0)) {
        if (!sums_.exporter_sums) write_exporter(row, product, {}, worker);
        continue;
      }
      DenseRow& dense = worker.row[row - first_row];
      if (trade_) place_trade(product, exporter, dense);
      if (!access_.empty()) place_access(product, row, dense);
      tile.supply[count] = view_.supply_point(product, exporter);
      tile.pair_factor[count] = pair_factor_.data() + row * stride * pair_factors;
      tile.pair[count] = pairs + row * pair_row_;
      tile.actual[count] = dense.actual.data();
      tile.access_now[count] = dense.access_now.data();
      tile.access[count] = dense.access.data();
      tile.access_growth[count] = dense.access_growth.data();
      tile.potential[count] = dense.potential.data();
      tile.exporter_sums[count] = dense.slot;
      live[count++] = row;
    }
    if (count == 0) return;
    tile.vectors = vectors_;
    tile.growth = growth_.data();
    tile.market = market;
    loop_[tables_.tariff_change[product]][count](tile);
    for (int e = 0; e < count; ++e) {
      DenseRow& dense = worker.row[live[e] - first_row];
      if (trade_) add_trade(tile.pair[e], market + factors_ * sum_lanes, dense);
      write_exporter(live[e], product, exporter_sums(tile.supply[e], dense.slot), worker);
    }
  }

  void place_trade(std::int32_t product, std::size_t exporter, DenseRow& row) const {
    const std::uint32_t* begin = tables_.row_begin.data() + product * (static_cast<std::size_t>(view_.countries) + 1) + exporter;
    const std::uint64_t base = problem_.flows.product_begin[product];
    row.from = base + begin[0];
    row.to = base + begin[1];
    for (std::uint64_t flow = row.from; flow < row.to; ++flow)
      row.actual[problem_.flows.market[flow]] = problem_.flows.value[flow];
  }

  void place_access(std::int32_t product, std::size_t row, DenseRow& dense) const {
    if (dense.exporter != sums_.exporters[row])
      access_.reset(dense.access_now.data(), dense.access.data(), dense.access_growth.data());
    dense.exporter = sums_.exporters[row];
    access_.fill(row, product, dense.access_now.data(), dense.access.data(),
                 tables_.tariff_change[product] != 0 ? dense.access_growth.data() : nullptr);
  }

  /// Where something is traded: how much of it the potential explains. Leaves the row's `actual` clear.
  /// @param pair,market null or the sums of the row's first eight markets
  void add_trade(double* pair, double* market, DenseRow& row) const {
    double actual[sum_lanes] = {}, realized[sum_lanes] = {}, overtrade[sum_lanes] = {};
    const std::size_t market_step = (factors_ + market_slots_) * sum_lanes, pair_step = pair_slots_ * sum_lanes;
    for (std::uint64_t flow = row.from; flow < row.to; ++flow) {
      const std::size_t j = problem_.flows.market[flow], vector = j / sum_lanes, lane = j % sum_lanes;
      const TradedParts traded = traded_parts(problem_.flows.value[flow], row.potential[j]);
      actual[lane] += traded.actual;
      realized[lane] += traded.realized;
      overtrade[lane] += traded.overtrade;
      if (pairs_) {
        double* const to = pair + vector * pair_step + lane;
        to[sum_lanes * pair_actual] += traded.actual;
        to[sum_lanes * pair_realized] += traded.realized;
        to[sum_lanes * pair_overtrade] += traded.overtrade;
      }
      if (market_slots_ > 0) {
        double* const to = market + vector * market_step + lane;
        to[sum_lanes * market_realized] += traded.realized;
        to[sum_lanes * market_overtrade] += traded.overtrade;
      }
      row.actual[j] = 0.0;
    }
    row.slot[exporter_actual] = lane_total(actual);
    row.slot[exporter_realized] = lane_total(realized);
    row.slot[exporter_overtrade] = lane_total(overtrade);
  }

  void write_exporter(std::size_t row, std::int32_t product, const CellSums& sums, Worker& worker) const {
    if (sums_.exporter_sums)
      return sums_.exporter_sums->put(row, worker.exporter_entry[row]++, problem_.product_column[product], sums);
    const std::size_t at = row * view_.products + problem_.product_column[product];
    if (sums_.asked.world) {
      sums_.world.potential[at] = sums.potential;
      sums_.world.unrealized[at] = sums.unrealized;
    }
    if (sums_.by_exporter_product) exporter_columns_.write(at, sums);
  }

  void write_market_block(std::int32_t first, std::int32_t last, Worker& worker) const {
    const std::size_t step = (factors_ + market_slots_) * sum_lanes;
    for (std::size_t row = 0; row < sums_.markets.size(); ++row)
      for (std::int32_t product = first; product < last; ++product) {
        const std::size_t j = sums_.markets[row];
        if (sums_.market_sums && !market_has_sums(view_, product, j)) continue;
        const double* slot = market_of(product - first, worker) + j / sum_lanes * step + factors_ * sum_lanes + j % sum_lanes;
        const CellSums sums = market_sums(view_, product, j, slot, sum_lanes, terms_);
        if (sums_.market_sums)
          sums_.market_sums->put(row, worker.market_entry[row]++, problem_.product_column[product], sums);
        else
          market_columns_.write(row * view_.products + problem_.product_column[product], sums);
      }
  }

  const Problem& problem_;
  const Tables& tables_;
  const TableView& view_;
  PartialSums& sums_;
  ColumnWriter exporter_columns_, market_columns_;
  CellTerms terms_;
  bool trade_, pairs_;
  std::int64_t vectors_;
  std::size_t pair_row_, pair_slots_;     ///< doubles and sums of one exporter's pairs
  int factors_, market_slots_;            ///< vectors of a market and product
  std::int64_t market_row_;               ///< doubles of one product's markets
  std::int32_t block_;
  AccessRows access_;
  TileLoop loop_[2][tile_exporters + 1];  ///< [whether tariffs change][exporters]
  Buffer<double> pair_factor_, growth_;   ///< [exporter][vector][pair_factors][8], [vector][2][8]
};

/// Sums of pairs that wait to be committed, besides those being worked on: not many of large worlds.
std::size_t spare_sums(std::size_t size, int threads) {
  constexpr std::size_t most = std::size_t{32} << 20;
  return std::min(2 * static_cast<std::size_t>(threads), most / std::max<std::size_t>(1, size * sizeof(double)));
}

}  // namespace

std::int32_t evaluate_segments(const Problem& problem, const Tables& tables, std::int32_t first, std::int32_t last,
                               PartialSums& sums, const SegmentSink& committed, int threads, const ProgressSink& progress) {
  const Evaluation evaluation(problem, tables, sums);
  const std::size_t size = evaluation.pair_size();
  std::vector<Worker> workers;
  std::vector<Buffer<double>> pairs, spare(spare_sums(size, threads));
  for (int thread = 0; thread < threads; ++thread) {
    workers.push_back(evaluation.worker());
    pairs.emplace_back(size);
  }

  std::vector<char> evaluated(std::max(0, last - first));
  char* const has = evaluated.data();
  std::atomic<int> done{0};
  std::atomic<std::int32_t> end{last};  // one behind the last segment that counts; falls when the sink says stop
  OrderedCommits<Buffer<double>> commits(first, std::move(spare));
  const auto commit = [&](std::int32_t s, Buffer<double>& of_pairs) {
    if (!has[s - first] || s >= end) return;
    evaluation.commit(s, of_pairs);
    const AfterSegment then = committed ? committed(s) : AfterSegment::go_on;
    if (then != AfterSegment::go_on) sums.pairs.close();
    if (then == AfterSegment::stop) end = s + 1;
  };
#pragma omp parallel for schedule(monotonic : dynamic, 1) num_threads(threads)
  for (std::int32_t s = first; s < last; ++s) {
    const int thread = omp_get_thread_num();
    has[s - first] = !stop_requested.load(std::memory_order_relaxed) && s < end.load(std::memory_order_relaxed);
    if (has[s - first]) {
      if (pairs[thread].size() != size) pairs[thread] = Buffer<double>(size);
      evaluation.segment(s, pairs[thread].data(), workers[thread]);
    }
    pairs[thread] = commits.exchange(s, std::move(pairs[thread]), evaluation.starts_piece(s), commit);
    const int finished = ++done;
    if (progress && thread == 0) progress("cells", finished, last - first);
  }
  check_interrupted();
  return end;
}

}  // namespace potentia
