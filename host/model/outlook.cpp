#include "host/model/outlook.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "kernels/cpu/cell_row.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// Sums of one exporter's pairs, and its cells of the product at hand.
struct ExporterSums {
  std::int32_t exporter = 0;
  std::vector<double> expected, starts;  ///< [market]
};

/// What one thread works with.
struct PairWalk {
  PairWalk(const Problem& the_problem, const Tables& its_tables, const OutlookTables& outlook)
      : problem(the_problem), tables(its_tables), row(problem, tables), walk(outlook), starts(problem.countries),
        flows(problem.countries), trade(problem.countries, 0.0) {}

  /// Adds the cells of a product to an exporter's sums.
  void add_row(std::int32_t product, std::int32_t place, ExporterSums& sums) {
    const std::uint32_t* begin = tables.row_begin.data() + std::int64_t{product} * (problem.countries + 1) + sums.exporter;
    const std::uint64_t base = problem.flows.product_begin[product];
    for (std::uint64_t at = base + begin[0]; at < base + begin[1]; ++at) trade[problem.flows.market[at]] = problem.flows.value[at];
    row.compute(product, sums.exporter);
    const double* potential = row.potential();
    std::int32_t some = 0;
    for (const std::uint16_t market : walk.reached(place)) {  // without branches: no processor foresees them
      starts.market[some] = market;
      starts.potential[some] = potential[market];
      some += static_cast<int>(potential[market] >= least) & static_cast<int>(!(trade[market] > 0.0));
    }
    starts.count = some;
    flows.count = 0;
    for (std::uint64_t at = base + begin[0]; at < base + begin[1]; ++at) {
      const std::uint16_t market = problem.flows.market[at];
      if (potential[market] >= least && trade[market] > 0.0) {
        flows.market[flows.count] = market;
        flows.potential[flows.count] = potential[market];
        flows.trade[flows.count++] = trade[market];
      }
      trade[market] = 0.0;
    }
    if (starts.count + flows.count == 0) return;
    walk.take_row(place);
    if (starts.count > 0) walk.judge_starts(starts);
    if (flows.count > 0) walk.judge_flows(flows, false);
    for (std::int32_t at = 0; at < starts.count; ++at) {
      sums.expected[starts.market[at]] += starts.expected[at];
      sums.starts[starts.market[at]] += starts.chance[at];
    }
    for (std::int32_t at = 0; at < flows.count; ++at) sums.expected[flows.market[at]] += flows.expected[at];
  }

  static constexpr double least = std::numeric_limits<double>::min();  // what is smaller than a normal number is nothing

  const Problem& problem;
  const Tables& tables;
  CellRow row;
  OutlookWalk walk;
  OutlookCells starts, flows;
  std::vector<double> trade;  ///< [market] of the row at hand
};

}  // namespace

Outlook::Outlook(const OutlookModels& models, const OutlookScale& scale, CellFacts facts,
                 std::shared_ptr<const Problem> problem, const Tables& tables, Axes axes, int threads)
    : outlook_(models, scale, std::move(facts)), problem_(std::move(problem)), tables_(tables),
      axes_(std::move(axes)), threads_(threads) {}

PairOutlook Outlook::pairs() const {
  const std::size_t countries = problem_->countries, markets = axes_.markets.size();
  PairOutlook out{Buffer<double>(axes_.exporters.size() * markets), Buffer<double>(axes_.exporters.size() * markets)};
  const auto groups = static_cast<std::int32_t>((axes_.exporters.size() + OutlookWalk::places - 1) / OutlookWalk::places);
#pragma omp parallel num_threads(threads_)
  {
    PairWalk walk(*problem_, tables_, outlook_);
    std::vector<ExporterSums> sums(OutlookWalk::places);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t group = 0; group < groups; ++group) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      const std::size_t first = static_cast<std::size_t>(group) * OutlookWalk::places;
      const auto own = static_cast<std::int32_t>(std::min<std::size_t>(OutlookWalk::places, axes_.exporters.size() - first));
      for (std::int32_t place = 0; place < own; ++place) {
        sums[place] = {axes_.exporters[first + place], std::vector<double>(countries, 0.0), std::vector<double>(countries, 0.0)};
        walk.walk.take_exporter(sums[place].exporter, place);
      }
      for (std::int32_t product = 0; product < problem_->products; ++product) {
        walk.walk.take_product(product);
        for (std::int32_t place = 0; place < own; ++place)
          if (tables_.view.exports[std::int64_t{product} * tables_.view.stride + sums[place].exporter] > 0.0)
            walk.add_row(product, place, sums[place]);
      }
      for (std::int32_t place = 0; place < own; ++place)
        for (std::size_t market = 0; market < markets; ++market) {
          out.expected[(first + place) * markets + market] = sums[place].expected[axes_.markets[market]];
          out.expected_starts[(first + place) * markets + market] = sums[place].starts[axes_.markets[market]];
        }
    }
  }
  check_interrupted();
  return out;
}

CellOutlook Outlook::of_cells(const CellList& cells) const {
  const std::vector<std::int32_t> product_at = products_by_column(*problem_);
  const std::vector<double>& potential = cells.columns[column_potential];
  const std::vector<double>& actual = cells.columns[column_actual];
  CellOutlook out;
  for (std::vector<double>* column : {&out.chance, &out.expected, &out.low, &out.high})
    column->assign(cells.market.size(), missing_value);
#pragma omp parallel num_threads(threads_)
  {
    OutlookWalk walk(outlook_);
    OutlookCells one(problem_->countries);
    one.count = 1;
#pragma omp for schedule(dynamic, 1)
    for (std::size_t exporter = 0; exporter < axes_.exporters.size(); ++exporter) {
      walk.take_exporter(axes_.exporters[exporter], 0);
      for (std::uint64_t at = cells.offsets[exporter]; at < cells.offsets[exporter + 1]; ++at) {
        if (!(potential[at] >= PairWalk::least)) continue;
        walk.take_product(product_at[cells.product[at]]);
        walk.take_row(0);
        one.market[0] = static_cast<std::uint16_t>(axes_.markets[cells.market[at]]);
        one.potential[0] = potential[at];
        one.trade[0] = actual[at];
        if (actual[at] > 0.0) walk.judge_flows(one, true);
        else walk.judge_starts(one);
        out.chance[at] = one.chance[0];
        out.expected[at] = one.expected[0];
        out.low[at] = one.low[0];
        out.high[at] = one.high[0];
      }
    }
  }
  return out;
}

}  // namespace potentia
