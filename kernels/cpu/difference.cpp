#include "kernels/cpu/difference.hpp"

#include <omp.h>

#include <algorithm>
#include <cstring>

#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/turns.hpp"
#include "kernels/cpu/vec8.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/margins.hpp"

namespace potentia {
namespace {

constexpr int lanes = 8;

/// EP at the horizon alone.
template <class Real>
PT_HD Real potential_at(const TableView& view, double supply, std::int64_t product, std::int64_t exporter,
                        std::int64_t market, const Real& access) {
  const std::int64_t pair = exporter * view.stride + market, entry = product * view.stride + market;
  const Real reach = distance_fit(load_as<Real>(view.distance + pair), load_as<Real>(view.inverse_distance + pair),
                                  load_as<Real>(view.typical + entry), load_as<Real>(view.inverse_typical + entry)) *
                     load_as<Real>(view.ease + pair);
  return potential_of(supply, load_as<Real>(view.pull + entry), reach, access);
}

template <class Real>
PT_HD Real at_risk_of(const Real& actual, const Real& before, const Real& after) {
  return larger<Real>(Real{}, smaller<Real>(actual, before) - after);
}

/// What one row of cells reads and adds to.
struct Row {
  const TableView* base;
  const TableView* view;
  std::int64_t product, exporter;
  const std::int64_t* blocks;  ///< [block_count] first market of each
  std::int64_t block_count;
  const double* actual;  ///< [stride]
  const double *base_access, *access_now, *access, *access_growth;
  const double* shares;  ///< [instrument][stride] φ of this row; null with one instrument at most
  std::int32_t instruments;
  double* potential;  ///< [stride] out: EP of the scenario
  double* sums;       ///< [slot][8 · block_count]: pair_slots, at risk, instruments
};

PT_CLONES void row_of_differences(const Row row) {
  const TableView& view = *row.view;
  const SupplyPoint supply = view.supply_point(row.product, row.exporter);
  const double base_supply = row.base->supply[row.product * view.stride + row.exporter];
  const std::int64_t width = lanes * row.block_count, stride = view.stride;
  double* PT_RESTRICT risk = row.sums + pair_slots * width;
  double* PT_RESTRICT part = risk + width;
  for (std::int64_t block = 0; block < row.block_count; ++block) {
    const std::int64_t at = row.blocks[block], to = lanes * block;
    const vec8 before =
        potential_at<vec8>(*row.base, base_supply, row.product, row.exporter, at, load(row.base_access + at));
    const vec8 actual = load(row.actual + at);
    const ExplainedCell<vec8> cell = cell_at<true>(
        view, supply, row.product, row.exporter, at,
        AccessTerms<vec8>{load(row.access_now + at), load(row.access + at), load(row.access_growth + at)}, actual);
    const vec8 after = cell.cell.potential;
    store(row.potential + at, after);
    add_to_pair<true, true>(
        cell, supply, [&](int slot, const vec8& value) __attribute__((always_inline)) {
          add_to(row.sums + slot * width + to, value);
        });
    add_to(risk + to, at_risk_of<vec8>(actual, before, after));
    if (row.instruments == 1) add_to(part + to, after - before);
    if (row.instruments < 2) continue;
    vec8 growth{};
    for (std::int32_t n = 0; n < row.instruments; ++n) growth += load(row.shares + n * stride + at);
    const vec8 weight = logarithmic_mean(before, after, growth);
    for (std::int32_t n = 0; n < row.instruments; ++n)
      add_to(part + n * width + to, weight * load(row.shares + n * stride + at));
  }
}

/// The working memory of one thread.
struct Worker {
  Worker(std::int64_t exporters, std::int64_t slots, std::int64_t width, std::int64_t stride, std::int32_t instruments)
      : sums(exporters * slots * width),
        actual(Buffer<double>::zeroed(stride)),
        potential(stride),
        ignored(stride),
        base_access(stride),
        access_now(stride),
        access(stride),
        access_growth(Buffer<double>::zeroed(stride)),
        shares(Buffer<double>::zeroed(instruments * stride)) {
    for (Buffer<double>* ones : {&base_access, &access_now, &access}) std::fill(ones->begin(), ones->end(), 1.0);
  }
  Buffer<double> sums, actual, potential, ignored, base_access, access_now, access, access_growth, shares;
};

class Pass {
public:
  Pass(const Problem& problem, const Tables& base, const Tables& tables, const InstrumentShares& shares,
       const std::vector<std::int32_t>& markets)
      : problem_(problem),
        base_(base),
        tables_(tables),
        shares_(shares),
        markets_(markets),
        slots_(pair_slots + 1 + shares.instruments),
        column_(tables.view.stride, -1) {
    for (const std::int32_t market : markets)
      if (blocks_.empty() || blocks_.back() != market / lanes * lanes) blocks_.push_back(market / lanes * lanes);
    for (std::size_t block = 0; block < blocks_.size(); ++block)
      for (int lane = 0; lane < lanes; ++lane)
        column_[blocks_[block] + lane] = static_cast<std::int32_t>(lanes * block) + lane;
    // Of other markets no access term is looked at.
    const auto here = [&](const std::vector<std::int32_t>& all) {
      std::vector<std::int32_t> some;
      for (const std::int32_t market : all)
        if (column_[market] >= 0) some.push_back(market);
      return some;
    };
    base_tariffs_ = here(base.tariff_markets);
    tariffs_ = here(tables.tariff_markets);
    width_ = lanes * static_cast<std::int64_t>(blocks_.size());
    exporter_size_ = slots_ * width_;
    sector_ = Buffer<double>::zeroed(problem.sectors * problem.countries * exporter_size_);
  }

  Worker worker() const { return {problem_.countries, slots_, width_, tables_.view.stride, shares_.instruments}; }

  void segment(const Segment& segment, Worker& worker) const {
    std::memset(worker.sums.data(), 0, worker.sums.size() * sizeof(double));
    const auto cell_row = [&](std::int32_t product, std::int32_t exporter) {
      if (base_.view.exports[product * base_.view.stride + exporter] > 0.0) row(product, exporter, worker);
    };
    // Either way products are added in ascending order. The sums of few markets stay in the cache while all exporters
    // pass; those of many do not, and then the tables of the segment's products had better.
    if (blocks_.size() <= 2) {
      for (std::int32_t product = segment.first; product < segment.last; ++product)
        for (std::int32_t exporter = 0; exporter < problem_.countries; ++exporter) cell_row(product, exporter);
    } else {
      for (std::int32_t exporter = 0; exporter < problem_.countries; ++exporter)
        for (std::int32_t product = segment.first; product < segment.last; ++product) cell_row(product, exporter);
    }
  }

  void commit(const Segment& segment, const Worker& worker) {
    double* sector = sector_.data() + segment.sector * problem_.countries * exporter_size_;
    for (std::size_t at = 0; at < worker.sums.size(); ++at) sector[at] += worker.sums[at];
  }

  Difference finish() const;

private:
  void fill_shares(std::int64_t product, std::int64_t exporter, Worker& worker) const {
    const std::int64_t stride = tables_.view.stride, products = problem_.products, countries = problem_.countries;
    for (std::int32_t n = 0; n < shares_.instruments; ++n)
      for (const std::int32_t market : markets_)
        worker.shares[n * stride + market] = shares_.of(n, product, exporter, market, countries, stride, products);
  }

  void row(std::int32_t product, std::int32_t exporter, Worker& worker) const {
    const TableView& view = tables_.view;
    const std::uint32_t* begin = base_.row_begin.data() + product * (problem_.countries + 1) + exporter;
    const std::uint64_t first = problem_.flows.product_begin[product];
    // Of few markets only their flows are looked at.
    const std::uint16_t* markets = problem_.flows.market;
    std::uint64_t from = first + begin[0], to = first + begin[1];
    from = std::lower_bound(markets + from, markets + to, blocks_.front()) - markets;
    to = std::lower_bound(markets + from, markets + to, blocks_.back() + lanes) - markets;
    for (std::uint64_t flow = from; flow < to; ++flow) worker.actual[markets[flow]] = problem_.flows.value[flow];
    if (base_.view.tariff_rows > 0)
      fill_access_row(base_.view, base_tariffs_.data(), base_tariffs_.size(), product, exporter, worker.ignored.data(),
                      worker.base_access.data(), nullptr);
    if (view.tariff_rows > 0)
      fill_access_row(view, tariffs_.data(), tariffs_.size(), product, exporter, worker.access_now.data(),
                      worker.access.data(), worker.access_growth.data());
    if (shares_.instruments > 1) fill_shares(product, exporter, worker);
    double* sums = worker.sums.data() + exporter * exporter_size_;
    row_of_differences({&base_.view, &view, product, exporter, blocks_.data(),
                        static_cast<std::int64_t>(blocks_.size()), worker.actual.data(), worker.base_access.data(),
                        worker.access_now.data(), worker.access.data(), worker.access_growth.data(),
                        worker.shares.data(), shares_.instruments, worker.potential.data(), sums});
    for (std::uint64_t flow = from; flow < to; ++flow) {
      const std::size_t market = problem_.flows.market[flow];
      worker.actual[market] = 0.0;
      if (column_[market] < 0) continue;
      const TradedParts traded = traded_parts(problem_.flows.value[flow], worker.potential[market]);
      double* sum = sums + column_[market];
      sum[pair_actual * width_] += traded.actual;
      sum[pair_realized * width_] += traded.realized;
      sum[pair_overtrade * width_] += traded.overtrade;
    }
  }

  const Problem& problem_;
  const Tables& base_;
  const Tables& tables_;
  const InstrumentShares& shares_;
  const std::vector<std::int32_t>& markets_;
  std::int64_t slots_, width_ = 0, exporter_size_ = 0;
  std::vector<std::int32_t> column_;  ///< [stride] place of a market in the sums, -1 = not evaluated
  std::vector<std::int64_t> blocks_;
  std::vector<std::int32_t> base_tariffs_, tariffs_;  ///< markets with tariffs among the blocks
  Buffer<double> sector_;                             ///< [sector][exporter][slot][width]
};

void write_columns(Margin& margin, std::size_t at, const CellSums& sums) {
  double columns[column_count];
  value_columns(sums, columns);
  for (int c = 0; c < column_count; ++c) margin.columns[c][at] = columns[c];
}

Difference Pass::finish() const {
  const std::size_t exporters = problem_.countries, markets = markets_.size(), sectors = problem_.sectors;
  Difference out;
  out.markets = markets_;
  for (Buffer<double>& column : out.pair.columns) column = Buffer<double>(exporters * markets);
  for (Buffer<double>& column : out.pair_sector.columns) column = Buffer<double>(exporters * markets * sectors);
  out.at_risk = Buffer<double>(exporters * markets);
  out.by_instrument = Buffer<double>(shares_.instruments * exporters * markets);
  std::vector<double> total(exporter_size_);
  for (std::size_t exporter = 0; exporter < exporters; ++exporter) {
    std::fill(total.begin(), total.end(), 0.0);
    for (std::size_t sector = 0; sector < sectors; ++sector) {
      const double* slot = sector_.data() + (sector * exporters + exporter) * exporter_size_;
      for (std::size_t at = 0; at < total.size(); ++at) total[at] += slot[at];
      for (std::size_t m = 0; m < markets; ++m)
        write_columns(out.pair_sector, (exporter * markets + m) * sectors + sector,
                      pair_sums(tables_.view, markets_[m], slot + column_[markets_[m]], width_));
    }
    for (std::size_t m = 0; m < markets; ++m) {
      const double* sum = total.data() + column_[markets_[m]];
      write_columns(out.pair, exporter * markets + m, pair_sums(tables_.view, markets_[m], sum, width_));
      out.at_risk[exporter * markets + m] = sum[pair_slots * width_];
      for (std::int32_t n = 0; n < shares_.instruments; ++n)
        out.by_instrument[(n * exporters + exporter) * markets + m] = sum[(pair_slots + 1 + n) * width_];
    }
  }
  return out;
}

}  // namespace

double InstrumentShares::of(std::int32_t instrument, std::int64_t product_at, std::int64_t exporter_at,
                            std::int64_t market_at, std::int64_t countries, std::int64_t stride,
                            std::int64_t products) const {
  double share = exporter[instrument * countries + exporter_at] + this->product[instrument * products + product_at];
  if (!market.empty()) share += market[(instrument * products + product_at) * stride + market_at];
  const std::int32_t pair_class = class_of.empty() ? -1 : class_of[exporter_at * countries + market_at];
  if (pair_class >= 0) share += own[(pair_class * instruments + instrument) * products + product_at];
  return share;
}

Difference evaluate_difference(const Problem& problem, const Tables& base, const Tables& tables,
                               const InstrumentShares& shares, const std::vector<std::int32_t>& markets, int threads) {
  Pass pass(problem, base, tables, shares, markets);
  std::vector<Worker> workers;
  for (int thread = 0; thread < threads; ++thread) workers.push_back(pass.worker());
  const int segments = static_cast<int>(base.segments.size());
  Turns turns;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int s = 0; s < segments; ++s) {
    Worker& own = workers[omp_get_thread_num()];
    if (!stop_requested.load(std::memory_order_relaxed)) pass.segment(base.segments[s], own);
    turns.in_turn(s, [&] { pass.commit(base.segments[s], own); });
  }
  check_interrupted();
  return pass.finish();
}

double cell_difference(const InstrumentShares& shares, const TableView& base, const TableView& view,
                       std::int64_t product, std::int64_t exporter, std::int64_t market, double actual, double* parts) {
  const auto potential = [&](const TableView& of) {
    const double access = of.tariff_rows == 0 ? 1.0 : access_at(of, product, exporter, market).horizon;
    return potential_at<double>(of, of.supply[product * of.stride + exporter], product, exporter, market, access);
  };
  const double before = potential(base), after = potential(view);
  if (shares.instruments == 1) {
    parts[0] = after - before;
  } else {
    double growth = 0.0;
    for (std::int32_t n = 0; n < shares.instruments; ++n) {
      parts[n] = shares.of(n, product, exporter, market, view.countries, view.stride, view.products);
      growth += parts[n];
    }
    const double weight = logarithmic_mean(before, after, growth);
    for (std::int32_t n = 0; n < shares.instruments; ++n) parts[n] *= weight;
  }
  return at_risk_of(actual, before, after);
}

}  // namespace potentia
