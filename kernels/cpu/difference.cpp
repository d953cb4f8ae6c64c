#include "kernels/cpu/difference.hpp"

#include <omp.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "kernels/cpu/difference_pass.hpp"
#include "kernels/cpu/turns.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr int lanes = 8;

/// The sums of one segment, by one thread. Products are added in ascending order, however the rest is ordered.
class Worker {
public:
  explicit Worker(const DifferencePass& pass) : pass_(pass), sums(pass.layout.size()) {
    if (pass.layout.by_market)
      columns_ = std::make_unique<DifferenceColumns>(pass);
    else
      rows_ = std::make_unique<DifferenceRows>(pass);
  }

  void segment(const Segment& segment) {
    std::memset(sums.data(), 0, sums.size() * sizeof(double));
    const DifferenceLayout& layout = pass_.layout;
    const std::int64_t each = layout.slots * layout.width;
    if (layout.by_market) {
      for (std::size_t m = 0; m < layout.markets.size(); ++m) {
        columns_->choose(static_cast<std::int64_t>(m));
        for (std::int32_t product = segment.first; product < segment.last; ++product)
          columns_->add(product, sums.data() + m * each);
      }
    } else {
      for (std::int32_t exporter = 0; exporter < layout.countries; ++exporter)
        for (std::int32_t product = segment.first; product < segment.last; ++product)
          rows_->add(product, exporter, sums.data() + exporter * each);
    }
  }

private:
  const DifferencePass& pass_;
  std::unique_ptr<DifferenceRows> rows_;
  std::unique_ptr<DifferenceColumns> columns_;

public:
  Buffer<double> sums;
};

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

DifferenceLayout::DifferenceLayout(std::int32_t of_countries, std::int32_t of_instruments,
                                   std::vector<std::int32_t> of_markets)
    : countries(of_countries),
      instruments(of_instruments),
      markets(std::move(of_markets)),
      by_market(markets.size() * 4 <= static_cast<std::size_t>(of_countries)),
      slots(pair_slots + 1 + of_instruments),
      width(padded(of_countries)) {
  if (by_market) return;
  for (const std::int32_t market : markets) {
    if (blocks.empty() || blocks.back() != market / lanes * lanes) blocks.push_back(market / lanes * lanes);
    column.push_back(static_cast<std::int64_t>(lanes * (blocks.size() - 1)) + market % lanes);
  }
  width = static_cast<std::int64_t>(lanes * blocks.size());
}

std::size_t DifferenceLayout::size() const {
  return static_cast<std::size_t>(slots * width) * (by_market ? markets.size() : static_cast<std::size_t>(countries));
}

std::vector<PairPiece> sum_differences(const Problem& problem, const Tables& base, const Tables& tables,
                                       const InstrumentShares& shares, const DifferenceLayout& layout,
                                       FlowsByMarket& flows, int threads) {
  if (layout.by_market) flows.require(layout.markets, threads);
  const DifferencePass pass{problem, base, tables, shares, layout, flows};
  const int segments = static_cast<int>(base.segments.size());
  PairPieces pieces(base.segments.size());
  Turns turns;
#pragma omp parallel num_threads(threads)
  {
    Worker worker(pass);
#pragma omp for schedule(monotonic : dynamic, 1)
    for (int s = 0; s < segments; ++s) {
      const Segment& segment = base.segments[s];
      if (!stop_requested.load(std::memory_order_relaxed)) worker.segment(segment);
      turns.in_turn(s, [&] {
        pieces.add(problem.first_segment + s, segment.sector, starts_sector(problem, segment), worker.sums.data(),
                   worker.sums.size());
      });
    }
  }
  check_interrupted();
  std::vector<PairPiece> folded = pieces.take();
  fold_pieces(folded);
  return folded;
}

Difference finish_differences(const DifferenceLayout& layout, const PairTerms& terms,
                              const std::vector<PairPiece>& pieces, std::int32_t sectors, int threads) {
  const std::size_t exporters = layout.countries, markets = layout.markets.size();
  const TableView view = terms.view();
  const std::vector<double> nothing(layout.slots * layout.width, 0.0);
  std::vector<const double*> sums(sectors, nullptr);  // null where a sector has no product
  for (const PairPiece& piece : pieces) sums[piece.sector] = piece.sums.data();
  Difference out;
  out.markets = layout.markets;
  for (Buffer<double>& column : out.pair.columns) column = Buffer<double>(exporters * markets);
  for (Buffer<double>& column : out.pair_sector.columns) column = Buffer<double>(exporters * markets * sectors);
  out.at_risk = Buffer<double>(exporters * markets);
  out.by_instrument = Buffer<double>(layout.instruments * exporters * markets);
  const std::int64_t pairs = static_cast<std::int64_t>(exporters * markets);
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> total(layout.slots);
#pragma omp for schedule(static)
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
      const std::int64_t exporter = pair / static_cast<std::int64_t>(markets),
                         m = pair % static_cast<std::int64_t>(markets);
      const std::size_t at = layout.pair(exporter, m);
      std::fill(total.begin(), total.end(), 0.0);
      for (std::int32_t sector = 0; sector < sectors; ++sector) {
        const double* slot = sums[sector] == nullptr ? nothing.data() : sums[sector] + at;
        for (std::int64_t s = 0; s < layout.slots; ++s) total[s] += slot[s * layout.width];
        write_columns(out.pair_sector, pair * sectors + sector, pair_sums(view, layout.markets[m], slot, layout.width));
      }
      write_columns(out.pair, pair, pair_sums(view, layout.markets[m], total.data(), 1));
      out.at_risk[pair] = total[pair_slots];
      for (std::int32_t n = 0; n < layout.instruments; ++n)
        out.by_instrument[n * pairs + pair] = total[pair_slots + 1 + n];
    }
  }
  return out;
}

Difference evaluate_difference(const Problem& problem, const Tables& base, const Tables& tables,
                               const InstrumentShares& shares, const std::vector<std::int32_t>& markets,
                               FlowsByMarket& flows, int threads) {
  const DifferenceLayout layout(problem.countries, shares.instruments, markets);
  return finish_differences(layout, PairTerms::of(tables.view),
                            sum_differences(problem, base, tables, shares, layout, flows, threads), problem.sectors,
                            threads);
}

double cell_difference(const InstrumentShares& shares, const TableView& base, const TableView& view,
                       std::int64_t product, std::int64_t exporter, std::int64_t market, double actual, double* parts) {
  const auto potential = [&](const TableView& of) {
    const double access = of.tariff_rows == 0 ? 1.0 : access_at(of, product, exporter, market).horizon;
    return horizon_potential<double>(of, of.supply[product * of.stride + exporter], product, exporter, market, access);
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
