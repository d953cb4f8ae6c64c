#include "host/model/outlook_pairs.hpp"

#include <algorithm>
#include <cmath>

#include "host/model/outlook_cells.hpp"
#include "host/model/outlook_parts.hpp"
#include "host/model/outlook_rows.hpp"
#include "kernels/buffer.hpp"
#include "kernels/cpu/cell_row.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// An exporter and the sums of its pairs.
struct ExporterSums {
  ExporterParts parts;
  Buffer<double> expected, starts;  ///< [place]
};

/// Flows of an exporter and a product: market and value.
struct RowFlows {
  RowFlows(const Problem& problem, const Tables& tables, std::int32_t product, std::int32_t exporter) {
    const std::uint32_t* begin = tables.row_begin.data() + std::int64_t{product} * (problem.countries + 1) + exporter;
    const std::uint64_t base = problem.flows.product_begin[product];
    market = problem.flows.market + base + begin[0];
    value = problem.flows.value + base + begin[0];
    count = static_cast<std::int32_t>(begin[1] - begin[0]);
  }
  const std::uint16_t* market;
  const double* value;
  std::int32_t count;
};

/// What one thread works with.
class PairWalk {
public:
  PairWalk(const OutlookTables& outlook, const Problem& problem, const Tables& tables, ProductParts& products,
           const double (&largest_of_pairs)[multiplied_indices])
      : outlook_(outlook), problem_(problem), tables_(tables), products_(products), largest_of_pairs_(largest_of_pairs),
        row_(problem, tables), log_access_(tables.view.stride + 8, 0.0) {
    const std::size_t room = tables.view.stride + 8;  // one more is where markets lie that are not reached
    for (Buffer<double>* row : {&odds_, &size_, &growth_, &trade_, &log_trade_}) *row = Buffer<double>(room);
    flow_place_.resize(room);
    class_.resize(room);
    trade_of_.resize(problem.countries, 0.0);
  }

  /// Adds the cells of an exporter's product, whose parts are at `at`.
  void add_row(std::int32_t product, std::int32_t at, ExporterSums& sums) {
    for (int index = 0; index < multiplied_indices; ++index)
      if (!(products_.largest(index, at) + largest_of_pairs_[index] < largest_exponent)) return add_cells(product, sums);
    ExporterParts& parts = sums.parts;
    const auto blocks = static_cast<std::int32_t>(parts.blocks.size());
    outlook_products(parts.blocks.data(), blocks, pieces(odds_of_start, at, parts), pieces(size_of_start, at, parts),
                     odds_.data(), size_.data());
    apply_tariffs(product, at, parts);
    const std::int32_t flows = take_flows(product, at, parts);
    outlook_chances(odds_.data(), 8 * blocks, outlook_.scale.years);
    outlook_add_starts(odds_.data(), size_.data(), outlook_.models.smearing, 8 * blocks, sums.expected.data(), sums.starts.data());
    add_flows(flows, sums.expected);
  }

private:
  /// Factors whose exponents come to less do not leave the range of numbers on the way to their product.
  static constexpr double largest_exponent = 600.0;

  OutlookPieces pieces(int index, std::int32_t at, ExporterParts& parts) {
    return {products_.of_markets(index, at), parts.factors(index), products_.of_exporters(index, at)[parts.exporter],
            form_of(outlook_, index).weight[on_potential]};
  }

  void apply_tariffs(std::int32_t product, std::int32_t at, const ExporterParts& parts) {
    const double* PT_RESTRICT log_cost = tables_.view.log_cost + std::int64_t{product} * tables_.view.tariff_rows;
    const double* PT_RESTRICT of_start = products_.of_rates(odds_of_start, at);
    const double* PT_RESTRICT of_size = products_.of_rates(size_of_start, at);
    double *PT_RESTRICT odds = odds_.data(), *PT_RESTRICT size = size_.data(), *PT_RESTRICT log_access = log_access_.data();
    for (const ExporterParts::Tariff& tariff : parts.tariffs) {
      odds[tariff.place] *= of_start[tariff.row];
      size[tariff.place] *= of_size[tariff.row];
      log_access[tariff.place] = -log_cost[tariff.row];
    }
  }

  /// Takes the cells with trade out of what may start. @return how many of them have a potential: their growth is looked at
  std::int32_t take_flows(std::int32_t product, std::int32_t at, const ExporterParts& parts) {
    const RowFlows flows(problem_, tables_, product, parts.exporter);
    double *PT_RESTRICT odds = odds_.data(), *PT_RESTRICT trades = trade_.data();
    std::uint16_t* PT_RESTRICT places = flow_place_.data();
    const std::uint16_t* PT_RESTRICT place_of = parts.place.data();
    odds[parts.places] = 0.0;  // of markets that it does not reach
    std::int32_t count = 0;
    for (std::int32_t flow = 0; flow < flows.count; ++flow) {  // without branches: no processor foresees them
      const std::uint16_t place = place_of[flows.market[flow]];
      const double trade = flows.value[flow];
      trades[count] = trade;
      places[count] = place;
      count += static_cast<int>(odds[place] > 0.0) & static_cast<int>(trade > 0.0);
      odds[place] = trade > 0.0 ? 0.0 : odds[place];
    }
    const IndexOfFlows growth{parts.market.data(), parts.distance.data(), products_.typical(at), products_.growth_of_markets(at),
                              parts.growth.data(), log_access_.data(), products_.growth_of_exporters(at)[parts.exporter],
                              form_of(outlook_, growth_of_flow).weight[on_potential]};
    outlook_index_of_flows(growth, places, count, growth_.data());
    for (const ExporterParts::Tariff& tariff : parts.tariffs) log_access_[tariff.place] = 0.0;
    return count;
  }

  void add_flows(std::int32_t count, Buffer<double>& expected) {
    const std::int32_t padded = (count + 7) / 8 * 8;
    std::fill(trade_.begin() + count, trade_.begin() + padded, 1.0);
    std::fill(growth_.begin() + count, growth_.begin() + padded, 0.0);
    std::copy_n(trade_.begin(), padded, log_trade_.begin());
    outlook_logarithms(log_trade_.data(), padded);
    const double weight = outlook_.models.growth.trade;
    for (std::int32_t flow = 0; flow < padded; ++flow) growth_[flow] += weight * log_trade_[flow];
    outlook_exponentials(growth_.data(), padded, outlook_.scale.years, growth_.data());
    const std::vector<double>& bound = outlook_.models.class_bound;
    outlook_classes(trade_.data(), count, bound.data(), static_cast<std::int32_t>(bound.size()), class_.data());
    for (std::int32_t flow = 0; flow < count; ++flow)
      expected[flow_place_[flow]] += (trade_[flow] * growth_[flow]) * outlook_.mean_ratio[class_[flow]];
  }

  /// The same one by one, where a model's factors would leave the range of numbers on the way.
  void add_cells(std::int32_t product, ExporterSums& sums) {
    const ExporterParts& parts = sums.parts;
    const RowFlows flows(problem_, tables_, product, parts.exporter);
    for (std::int32_t flow = 0; flow < flows.count; ++flow) trade_of_[flows.market[flow]] = flows.value[flow];
    row_.compute(product, parts.exporter);
    for (std::int32_t market = 0; market < problem_.countries; ++market) {
      const std::uint16_t place = parts.place[market];
      if (place == parts.places || !(row_.potential()[market] >= least_potential)) continue;
      const CellJudgement judged =
          judge_cell(outlook_, {parts.exporter, market, product, row_.potential()[market], trade_of_[market]});
      sums.expected[place] += judged.expected;
      if (!(trade_of_[market] > 0.0)) sums.starts[place] += judged.chance;
    }
    for (std::int32_t flow = 0; flow < flows.count; ++flow) trade_of_[flows.market[flow]] = 0.0;
  }

  const OutlookTables& outlook_;
  const Problem& problem_;
  const Tables& tables_;
  ProductParts& products_;
  const double (&largest_of_pairs_)[multiplied_indices];
  CellRow row_;
  std::vector<double> log_access_;                  ///< [place] 0 between rows
  Buffer<double> odds_, size_;                      ///< [place]
  Buffer<double> growth_, trade_, log_trade_;       ///< [flow]
  std::vector<std::uint16_t> flow_place_;
  std::vector<std::int32_t> class_;
  std::vector<double> trade_of_;                    ///< [market]
};

std::vector<ExporterSums> exporter_sums(const OutlookTables& outlook, const Tables& tables, const Axes& axes,
                                        const std::vector<std::int32_t>& order, int threads) {
  std::vector<ExporterSums> all(axes.exporters.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::size_t at = 0; at < all.size(); ++at) {
    all[at].parts = ExporterParts(outlook, tables.view, order, tables.tariff_markets, axes.exporters[at]);
    for (Buffer<double>* sums : {&all[at].expected, &all[at].starts}) *sums = Buffer<double>::zeroed(all[at].parts.places);
  }
  return all;
}

}  // namespace

PairOutlook sum_outlook(const OutlookTables& outlook, const Problem& problem, const Tables& tables, const Axes& axes,
                        int threads) {
  // A product's parts stay in the first cache while a few exporters use them, those of a block of products in the last.
  // While some threads still use them, those of the next block are computed by the others.
  constexpr std::int32_t block = 128;
  constexpr std::size_t at_hand = 4;
  const TableView& view = tables.view;
  const std::vector<std::int32_t> order = markets_by_reach(outlook.facts);
  std::vector<ExporterSums> all = exporter_sums(outlook, tables, axes, order, threads);
  double largest_of_pairs[multiplied_indices] = {};
  for (const ExporterSums& sums : all)
    for (int index = 0; index < multiplied_indices; ++index)
      largest_of_pairs[index] = std::max(largest_of_pairs[index], sums.parts.largest[index]);
  ProductParts products(outlook, view, order, 2 * block);  // a product's are at product % (2 block)
#pragma omp parallel num_threads(threads)
  {
    PairWalk walk(outlook, problem, tables, products, largest_of_pairs);
    for (std::int32_t first = -block; first < problem.products; first += block) {
      const std::int32_t last = std::min(first + block, problem.products);
#pragma omp for schedule(dynamic, 1) nowait
      for (std::size_t begin = 0; begin < (first < 0 ? 0 : all.size()); begin += at_hand) {
        if (stop_requested.load(std::memory_order_relaxed)) continue;
        const std::size_t end = std::min(begin + at_hand, all.size());
        for (std::int32_t product = first; product < last; ++product)
          for (std::size_t at = begin; at < end; ++at) {
            const std::int64_t entry = std::int64_t{product} * view.stride + all[at].parts.exporter;
            if (view.exports[entry] > 0.0 && view.supply[entry] >= least_potential)
              walk.add_row(product, product % (2 * block), all[at]);
          }
      }
#pragma omp for schedule(dynamic, 8)
      for (std::int32_t product = last; product < std::min(last + block, problem.products); ++product)
        products.take(product, product % (2 * block));
    }
  }
  check_interrupted();

  const std::size_t markets = axes.markets.size();
  PairOutlook out{Buffer<double>::zeroed(all.size() * markets), Buffer<double>::zeroed(all.size() * markets)};
  for (std::size_t at = 0; at < all.size(); ++at)
    for (std::size_t market = 0; market < markets; ++market) {
      const std::uint16_t place = all[at].parts.place[axes.markets[market]];
      if (place == all[at].parts.places) continue;
      out.expected[at * markets + market] = all[at].expected[place];
      out.expected_starts[at * markets + market] = all[at].starts[place];
    }
  return out;
}

}  // namespace potentia
