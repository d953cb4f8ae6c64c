#include "host/draws/segment_evaluator.hpp"

#include <algorithm>
#include <numeric>

#include "kernels/asked.hpp"
#include "kernels/cpu/drawn_cells.hpp"
#include "kernels/problem_share.hpp"
#include "kernels/tables.hpp"

namespace potentia {
namespace {

static_assert(kept_columns == level_columns, "the columns that are kept are the levels, in their order");

class CellEvaluator : public SegmentEvaluator {
public:
  CellEvaluator(DrawInputs& inputs, const FlowGround& ground, const ExporterBlock& block)
      : inputs_(inputs), ground_(ground), block_(block), cells_(block.first, block.last) {}

  /// Where flows differ, draws have little in common.
  std::size_t at_once() const override { return inputs_.trade_varies() ? 1 : 2; }

  void evaluate(SegmentValues& values, std::size_t first, std::size_t last) override {
    std::vector<std::shared_ptr<const Problem>> kept;
    std::vector<DrawnProblem> problems;
    for (std::size_t draw = first; draw < last; ++draw) {
      kept.push_back(inputs_.problem(draw));
      problems.push_back({kept.back().get(), inputs_.ease(draw)});
    }
    const Segment segment = inputs_.segments()[values.segment];
    if (values.trade == nullptr) {
      FlowView flows = inputs_.built().problem->flows;
      flows.product_begin += segment.first;
      flows.product_end += segment.first;
      add(ground_, problems, flows, segment.first, segment.last, values, first);
      return;
    }
    for (std::size_t n = 0; n < problems.size(); ++n) {
      traded_.resize(values.trade->flows());
      values.trade->values(inputs_.weights(first + n), traded_.data());
      const ProblemShare share = share_of(kept[n], values.segment, values.segment + 1);
      Problem problem = *share.problem;
      problem.flows = values.trade->view(traded_.data());
      own_ground_.take(problem, inputs_.country(), 1);
      add(own_ground_, {{&problem, problems[n].ease}}, problem.flows, 0, problem.products, values, first + n);
    }
  }

private:
  /// @param flows products count from the segment's first
  void add(const FlowGround& ground, const std::vector<DrawnProblem>& problems, const FlowView& flows,
           std::int32_t first, std::int32_t last, SegmentValues& values, std::size_t draw) {
    std::vector<ExporterSums> sums(problems.size());
    for (std::size_t n = 0; n < problems.size(); ++n)
      for (std::size_t c = 0; c < kept_columns; ++c) sums[n].column[c] = values.products.of(draw + n, c);
    cells_.start(ground, problems, false);
    if (from_.empty()) {
      for (const ExporterBlock::Pair& pair : block_.pairs) from_.push_back(cells_.place(pair.exporter, pair.market));
      while (from_.size() % 8 != 0) from_.push_back(from_.back());  // what pads the last eight is looked at by nobody
    }
    cells_.add(first, last, sums, values.place.data(),
               [&](std::size_t n, const TableView& view, std::int32_t begin, std::int32_t end) {
                 values.listed.evaluate(view, flows, begin - first, end - first, values.segment, draw + n,
                                        values.cells);
               });
    for (std::size_t n = 0; n < problems.size(); ++n)
      for (std::size_t c = 0; c < kept_columns; ++c)
        add_pairs(cells_.pairs(n) + c * sum_lanes, values.starts_sector, values.pairs, values.pairs.of(draw + n, c));
  }

  /// Eight pairs at a time, as their values lie side by side.
  void add_pairs(const double* own, bool starts, const DrawValues& shape, double* to) const {
    constexpr std::size_t ahead = 16;  // eights: they lie far apart, so that the processor does not see them coming
    for (std::size_t first = 0; first < from_.size(); first += 8) {
      if (first + 8 * ahead < from_.size()) __builtin_prefetch(to + shape.place(first + 8 * ahead), 1);
      double* const eight = to + shape.place(first);
      const std::size_t* const from = from_.data() + first;
      if (starts)
        for (int lane = 0; lane < 8; ++lane) eight[lane] = own[from[lane]];
      else
        for (int lane = 0; lane < 8; ++lane) eight[lane] += own[from[lane]];
    }
  }

  DrawInputs& inputs_;
  const FlowGround& ground_;
  const ExporterBlock& block_;
  DrawnCells cells_;
  FlowGround own_ground_;
  std::vector<double> traded_;
  std::vector<std::size_t> from_;  ///< [pair of the block] its place among the sums
};

class BackendEvaluator : public SegmentEvaluator {
public:
  BackendEvaluator(DrawInputs& inputs, Backend& backend, const ExporterBlock& block)
      : inputs_(inputs), backend_(backend), block_(block) {
    rows_.exporters.resize(block.last - block.first);
    std::iota(rows_.exporters.begin(), rows_.exporters.end(), block.first);
  }

  std::size_t at_once() const override { return 1; }

  void evaluate(SegmentValues& values, std::size_t first, std::size_t last) override {
    for (std::size_t draw = first; draw < last; ++draw) evaluate(values, draw);
  }

private:
  void evaluate(SegmentValues& values, std::size_t draw) {
    static constexpr Column kept[kept_columns] = {column_potential_now, column_potential, column_unrealized,
                                                  column_static};
    const std::size_t countries = inputs_.countries();
    const DrawnShare share(inputs_, draw, values.segment, values.trade.get());
    const std::shared_ptr<Problem>& problem = share.problem;
    backend_.load(problem);
    AskedSums asked;
    asked.pair = asked.exporter_product = {column_potential_now, column_potential, column_unrealized, column_static};
    asked.pair_sector = asked.market_product = {};
    asked.world = false;
    const Margins margins = backend_.evaluate(rows_, {}, asked);
    for (std::size_t c = 0; c < kept_columns; ++c) {
      const Buffer<double>& pair = margins.pair.columns[kept[c]];
      for (std::size_t e = 0; e < block_.pairs.size(); ++e) {
        const double own = pair[(block_.pairs[e].exporter - block_.first) * countries + block_.pairs[e].market];
        double& to = values.pairs.of(draw, c)[values.pairs.place(e)];
        to = values.starts_sector ? own : to + own;
      }
      const Buffer<double>& product = margins.exporter_product.columns[kept[c]];
      for (std::size_t e = 0; e < values.sales.size(); ++e) {
        const SegmentValues::Sale& sale = values.sales[e];
        values.products.of(draw, c)[values.products.place(e)] =
            product[static_cast<std::size_t>(sale.exporter - block_.first) * problem->products +
                    problem->product_column[sale.product]];
      }
    }
    values.listed.evaluate(backend_.tables().view, problem->flows, 0, problem->products,
                           static_cast<std::size_t>(values.segment), draw, values.cells);
    backend_.unload();  // before what it looks into goes
  }

  DrawInputs& inputs_;
  Backend& backend_;
  const ExporterBlock& block_;
  Rows rows_;
};

}  // namespace

DrawnShare::DrawnShare(DrawInputs& inputs, std::size_t draw, std::int32_t segment, const SegmentTrade* trade)
    : ease(inputs.countries() * inputs.countries()) {
  const std::size_t countries = inputs.countries();
  whole = share_of(inputs.problem(draw), segment, segment + 1).problem;
  problem = std::make_shared<Problem>(*whole);
  for (std::size_t i = 0; i < countries; ++i)
    std::copy_n(inputs.ease(draw) + i * inputs.stride(), countries, ease.data() + i * countries);
  problem->ease_given = ease.data();
  if (trade == nullptr) return;
  traded.resize(trade->flows());
  trade->values(inputs.weights(draw), traded.data());
  problem->flows = trade->view(traded.data());
}

ExporterBlock::ExporterBlock(const DrawInputs& inputs, std::int32_t begin, std::int32_t end) : first(begin), last(end) {
  for (std::int32_t exporter = first; exporter < last; ++exporter)
    for (std::int32_t market = 0; market < static_cast<std::int32_t>(inputs.countries()); ++market)
      if (inputs.trades(exporter, market)) pairs.push_back({exporter, market});
}

void SegmentValues::start(const DrawInputs& inputs, const ExporterBlock& block, std::int32_t number) {
  segment = number;
  const std::vector<Segment>& segments = inputs.segments();
  const Segment& own = segments[segment];
  starts_sector = segment == 0 || segments[segment - 1].sector != own.sector;
  if (inputs.trade_varies())
    trade = std::make_unique<SegmentTrade>(inputs.world(), inputs.built(), own.first, own.last);
  const std::int32_t count = own.last - own.first;
  sales.clear();
  for (std::int32_t exporter = block.first; exporter < block.last; ++exporter)
    for (std::int32_t product = 0; product < count; ++product)
      if (inputs.sells(exporter, own.first + product)) sales.push_back({exporter, product});
  products.shape(inputs.draws(), sales.size());
  cells.shape(inputs.draws(), listed.of_segment(segment));
  place.assign(static_cast<std::size_t>(block.last - block.first) * count, -1);
  for (std::size_t e = 0; e < sales.size(); ++e)
    place[static_cast<std::size_t>(sales[e].exporter - block.first) * count + sales[e].product] =
        static_cast<std::int64_t>(products.place(e));
}

std::unique_ptr<SegmentEvaluator> make_cell_evaluator(DrawInputs& inputs, const FlowGround& ground,
                                                      const ExporterBlock& block) {
  return std::make_unique<CellEvaluator>(inputs, ground, block);
}

std::unique_ptr<SegmentEvaluator> make_backend_evaluator(DrawInputs& inputs, Backend& backend,
                                                         const ExporterBlock& block) {
  return std::make_unique<BackendEvaluator>(inputs, backend, block);
}

}  // namespace potentia
