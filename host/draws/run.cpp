#include "host/draws/run.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "host/draws/draw_values.hpp"
#include "host/draws/listed_cells.hpp"
#include "host/draws/segment_evaluator.hpp"
#include "host/draws/side_by_side.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

class Run {
public:
  Run(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
      const MakeWorker& make_worker, int workers, const ProgressSink& progress)
      : built_(built),
        request_(request),
        progress_(progress),
        maker_(world, built, request.uncertainty, request.seed, result_.notices),
        workers_(workers) {
    result_.draws = request.draws;
    result_.seed = request.seed;
    result_.uncertainty = maker_.uncertainty();
    for (int n = 0; n < workers; ++n) backends_.push_back(make_worker());
    backend.load(built.problem);
    inputs_ = std::make_unique<DrawInputs>(world, built, maker_, backend);
    list_cells(backend);
    backend.unload();
    if (on_processor()) ground_.take(*built.problem, inputs_->country(), workers);
    std::vector<DrawNumbers> numbers;
    for (std::uint32_t draw = 0; draw < request.draws; ++draw) numbers.push_back(DrawNumbers::all(request.first + draw));
    inputs_->choose(std::move(numbers), make_worker, workers, progress);
    make_tables();
  }

  DrawsResult run() {
    const std::vector<std::int32_t> cuts = make_cuts();
    passes_ = cuts.size() - 1;
    for (std::size_t n = 0; n < passes_; ++n) run_block(ExporterBlock(*inputs_, cuts[n], cuts[n + 1]));
    return std::move(result_);
  }

private:
  std::size_t countries() const { return inputs_->countries(); }
  std::size_t draws() const { return request_.draws; }
  bool on_processor() const { return backends_[0]->name() == "cpu"; }

  void list_cells(Backend& backend) {
    AskedSums asked;
    asked.pair = asked.pair_sector = asked.exporter_product = asked.market_product = {};
    backend.evaluate({}, progress_, asked);
    result_.list = backend.list_cells({}, request_.listing, progress_);
  }

  void make_tables() {
    const std::size_t pairs = countries() * countries();
    make_table(result_.pair, pairs);
    make_table(result_.pair_sector, pairs * built_.problem->sectors);
    make_table(result_.exporter_product, countries() * built_.products.size());
    make_table(result_.cells, result_.list.market.size());
    result_.in_top10.assign(result_.list.market.size(), 0.0);
    result_.in_top50 = result_.in_top10;
    result_.axes.products = built_.products;
    result_.axes.exporters.resize(countries());
    std::iota(result_.axes.exporters.begin(), result_.axes.exporters.end(), 0);
    result_.axes.markets = result_.axes.exporters;
  }

  /// Where blocks of exporters begin, and the end: as few as the values of their draws leave room for, of about the same size.
  std::vector<std::int32_t> make_cuts() const {
    std::vector<double> bytes(countries(), 0.0);
    for (std::size_t i = 0; i < countries(); ++i) {
      std::size_t pairs = 0, most_sold = 0;
      for (std::size_t j = 0; j < countries(); ++j) pairs += inputs_->trades(i, j);
      for (const Segment& segment : inputs_->segments()) {
        std::size_t sold = 0;
        for (std::int32_t product = segment.first; product < segment.last; ++product) sold += inputs_->sells(i, product);
        most_sold = std::max(most_sold, sold);
      }
      const std::size_t cells = result_.list.offsets[i + 1] - result_.list.offsets[i];
      // Its pairs and those of the sector, products and cells of a segment (at most all), and the largest cells of each draw.
      bytes[i] = static_cast<double>(draws() * (kept_columns * sizeof(double) * (2 * pairs + most_sold) + 16 * std::min<std::size_t>(cells, 50)));
    }
    const double all = std::accumulate(bytes.begin(), bytes.end(), 0.0);
    const double blocks = std::clamp(std::ceil(all / static_cast<double>(request_.memory)), 1.0, static_cast<double>(countries()));
    std::vector<std::int32_t> cuts = {0};
    double sum = 0.0;
    for (std::size_t i = 0; i < countries(); ++i) {
      if (sum + bytes[i] / 2 > all / blocks * static_cast<double>(cuts.size()) && static_cast<std::int32_t>(i) > cuts.back())
        cuts.push_back(static_cast<std::int32_t>(i));
      sum += bytes[i];
    }
    cuts.push_back(static_cast<std::int32_t>(countries()));
    return cuts;
  }

  void run_block(const ExporterBlock& block) {
    const std::size_t sectors = built_.problem->sectors, pairs = countries() * countries();
    const std::vector<Segment>& segments = inputs_->segments();
    std::vector<std::unique_ptr<SegmentEvaluator>> evaluators;
    for (int n = 0; n < workers_; ++n)
      evaluators.push_back(on_processor() ? make_cell_evaluator(*inputs_, ground_, block)
                                          : make_backend_evaluator(*inputs_, *backends_[n], block));
    ListedCells listed(*built_.problem, result_.list, segments, block.first, block.last, draws());
    DrawValues all(draws(), block.pairs.size()), sector(draws(), block.pairs.size());
    const auto pair = [&](std::size_t e) { return block.pairs[e].exporter * countries() + block.pairs[e].market; };
    SegmentValues values(listed, sector);
    bool begun = false;
    for (std::size_t s = 0; s < segments.size(); ++s) {
      values.start(*inputs_, block, static_cast<std::int32_t>(s));
      run_segment(values, evaluators);
      if (s + 1 < segments.size() && segments[s].sector == segments[s + 1].sector) continue;
      all.add(sector, !begun, workers_);
      begun = true;
      sector.summarize([&](std::size_t e) { return pair(e) * sectors + segments[s].sector; }, pairs * sectors, workers_,
                       result_.pair_sector);
    }
    all.summarize(pair, pairs, workers_, result_.pair);
    listed.add_ranks(result_.in_top10, result_.in_top50);
  }

  /// All draws of one segment: adds to the sector's pairs, and finishes the segment's products and cells.
  void run_segment(SegmentValues& values, std::vector<std::unique_ptr<SegmentEvaluator>>& evaluators) {
    const std::size_t at_once = evaluators[0]->at_once(), steps = draws() * inputs_->segments().size() * passes_;
    side_by_side((draws() + at_once - 1) / at_once, workers_, [&](int worker, std::size_t n) {
      const std::size_t first = n * at_once, last = std::min(first + at_once, draws());
      evaluators[worker]->evaluate(values, first, last);
#pragma omp critical(potentia_draws_progress)
      {
        finished_ += last - first;
        if (progress_) progress_("draws", finished_, steps);
      }
    });
    const Segment& segment = inputs_->segments()[values.segment];
    const std::size_t products = built_.products.size();
    values.products.summarize(
        [&](std::size_t e) {
          return values.sales[e].exporter * products + built_.problem->product_column[segment.first + values.sales[e].product];
        },
        countries() * products, workers_, result_.exporter_product);
    values.cells.summarize([&](std::size_t e) { return values.listed.place(values.segment, e); }, result_.list.market.size(), workers_, result_.cells);
  }

  const BuiltProblem& built_;
  const DrawsRequest& request_;
  const ProgressSink& progress_;
  DrawsResult result_;
  DrawMaker maker_;
  int workers_;
  std::vector<std::unique_ptr<Backend>> backends_;
  std::unique_ptr<DrawInputs> inputs_;
  FlowGround ground_;  ///< on the processor
  std::size_t passes_ = 1;
  std::uint64_t finished_ = 0;
};

}  // namespace

DrawsResult run_draws(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
                      const MakeWorker& make_worker, int workers, const ProgressSink& progress) {
  return Run(world, built, request, backend, make_worker, workers, progress).run();
}

}  // namespace potentia
