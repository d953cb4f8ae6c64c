#include "host/draws/run.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "host/draws/blocks_as_bytes.hpp"
#include "host/draws/draw_values.hpp"
#include "host/draws/listed_cells.hpp"
#include "host/draws/segment_evaluator.hpp"
#include "host/draws/sensitivity.hpp"
#include "host/draws/side_by_side.hpp"
#include "kernels/error.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

class Run {
public:
  Run(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
      const MakeWorker& make_worker, int workers, const ProgressSink& progress)
      : built_(built),
        request_(request),
        make_worker_(make_worker),
        progress_(progress),
        maker_(world, built, request.uncertainty, request.seed, result_.notices),
        workers_(workers) {
    result_.draws = request.draws;
    result_.seed = request.seed;
    result_.uncertainty = maker_.uncertainty();
    for (int n = 0; n < workers; ++n) backends_.push_back(make_worker());
    backend.load(built.problem);
    inputs_ = std::make_unique<DrawInputs>(world, built, maker_, backend);
    if (request.sensitivity) of_sensitivity_ = std::make_unique<DrawInputs>(world, built, maker_, backend);
    list_cells(backend);
    backend.unload();
    if (on_processor()) ground_.take(*built.problem, inputs_->country(), workers);
    result_.own = share_of_work();
    std::tie(result_.first_exporter, result_.last_exporter) =
        request.all_rows ? std::pair(0, static_cast<std::int32_t>(countries())) : result_.own;
    make_tables();
  }

  DrawsResult run() {
    std::vector<std::int32_t> cuts;  // (first, last) of each block that is to be done
    for (std::int32_t at = result_.own.first; at < result_.own.second;) {
      const auto known = request_.known.find(at);
      if (known != request_.known.end()) {
        at = put_block(known->second, result_);
        continue;
      }
      const auto next = request_.known.upper_bound(at);
      const std::int32_t end =
          next == request_.known.end() ? result_.own.second : std::min(next->first, result_.own.second);
      add_cuts(at, end, cuts);
      at = end;
    }
    passes_ = cuts.size() / 2;
    if (passes_ > 0) {
      std::vector<DrawNumbers> numbers;
      for (std::uint32_t draw = 0; draw < request_.draws; ++draw)
        numbers.push_back(DrawNumbers::all(request_.first + draw));
      inputs_->choose(std::move(numbers), make_worker_, workers_, progress_, [&] { check_stop(); });
    }
    for (std::size_t n = 0; n < cuts.size(); n += 2) {
      const ExporterBlock block(*inputs_, cuts[n], cuts[n + 1]);
      run_block(block);
      if (request_.sensitivity) judge_groups(block);
      if (request_.keep) request_.keep(block.first, bytes_of_block(result_, block.first, block.last));
    }
    return std::move(result_);
  }

private:
  std::size_t countries() const { return inputs_->countries(); }
  std::size_t draws() const { return request_.draws; }
  bool on_processor() const { return backends_[0]->name() == "cpu"; }
  /// Number of an exporter among the rows of this share, and how many there are.
  std::size_t row(std::int32_t exporter) const { return static_cast<std::size_t>(exporter - result_.first_exporter); }
  std::size_t rows() const { return row(result_.last_exporter); }
  void check_stop() const {
    if (request_.stop && request_.stop()) throw Error(ErrorKind::stopped, "stopped on request");
  }

  void list_cells(Backend& backend) {
    AskedSums asked;
    asked.pair = asked.pair_sector = asked.exporter_product = asked.market_product = {};
    backend.evaluate({}, progress_, asked);
    result_.list = backend.list_cells({}, request_.listing, progress_);
  }

  /// Exporters whose sales make about the share of all.
  std::pair<std::int32_t, std::int32_t> share_of_work() const {
    std::vector<double> sales(countries());
    for (std::size_t i = 0; i < countries(); ++i) {
      sales[i] = 10.0;  // tables are filled for few sales as for many
      for (std::int32_t product = 0; product < built_.problem->products; ++product)
        sales[i] += inputs_->sells(i, product);
    }
    const double all = std::accumulate(sales.begin(), sales.end(), 0.0);
    const auto [share, shares] = request_.share;
    const auto begin = [&, of = shares](int number) {
      double sum = 0.0;
      std::int32_t exporter = 0;
      for (; exporter < static_cast<std::int32_t>(countries()); ++exporter) {
        if (sum + sales[exporter] / 2 > all * number / of) break;
        sum += sales[exporter];
      }
      return exporter;
    };
    return {share == 0 ? 0 : begin(share),
            share + 1 == shares ? static_cast<std::int32_t>(countries()) : begin(share + 1)};
  }

  void make_tables() {
    const std::size_t pairs = rows() * countries();
    make_table(result_.pair, pairs);
    make_table(result_.pair_sector, pairs * built_.problem->sectors);
    make_table(result_.exporter_product, rows() * built_.products.size());
    make_table(result_.cells, result_.list.market.size());
    result_.in_top10.assign(result_.list.market.size(), 0.0);
    result_.in_top50 = result_.in_top10;
    result_.axes.products = built_.products;
    result_.axes.exporters.resize(countries());
    std::iota(result_.axes.exporters.begin(), result_.axes.exporters.end(), 0);
    result_.axes.markets = result_.axes.exporters;
    if (!request_.sensitivity) return;
    for (const DrawGroup group : draw_groups)
      if (maker_.varies(group)) result_.sensitivity.groups.push_back(group);
    const std::size_t groups = result_.sensitivity.groups.size();
    for (auto [table, entries] :
         {std::pair(&result_.sensitivity.pair, pairs), std::pair(&result_.sensitivity.exporter, rows())})
      for (Buffer<double>* part : {&table->first, &table->total, &table->first_error, &table->total_error}) {
        *part = Buffer<double>(groups * entries);
        std::fill(part->begin(), part->end(), not_a_number());
      }
  }

  /// Cuts exporters into blocks, as few as the values of their draws leave room for and of about the same size.
  void add_cuts(std::int32_t first, std::int32_t last, std::vector<std::int32_t>& cuts) const {
    std::vector<double> bytes;
    for (std::int32_t i = first; i < last; ++i) {
      std::size_t pairs = 0, most_sold = 0;
      for (std::size_t j = 0; j < countries(); ++j) pairs += inputs_->trades(i, j);
      for (const Segment& segment : inputs_->segments()) {
        std::size_t sold = 0;
        for (std::int32_t product = segment.first; product < segment.last; ++product)
          sold += inputs_->sells(i, product);
        most_sold = std::max(most_sold, sold);
      }
      const std::size_t cells = result_.list.offsets[i + 1] - result_.list.offsets[i];
      // Its pairs and those of the sector, products of a segment, and the largest cells of each draw.
      bytes.push_back(static_cast<double>(
          draws() * (kept_columns * sizeof(double) * (2 * pairs + most_sold) + 16 * std::min<std::size_t>(cells, 50))));
    }
    const double all = std::accumulate(bytes.begin(), bytes.end(), 0.0);
    // Ease of all draws, where it varies, takes from the same memory, but not most of it.
    const std::size_t ease = inputs_->ease_varies() ? draws() * countries() * inputs_->stride() * sizeof(double) : 0;
    const double memory = static_cast<double>(request_.memory - std::min(ease, request_.memory / 4 * 3));
    const double blocks = std::clamp(std::ceil(all / memory), 1.0, static_cast<double>(bytes.size()));
    double sum = 0.0, part = 1.0;
    cuts.push_back(first);
    for (std::int32_t i = first; i < last; ++i) {
      if (i > cuts.back() && sum + bytes[i - first] / 2 > all / blocks * part) {
        cuts.insert(cuts.end(), {i, i});  // the end of one and the begin of the next
        part += 1.0;
      }
      sum += bytes[i - first];
    }
    cuts.push_back(last);
  }

  void judge_groups(const ExporterBlock& block) {
    if (result_.sensitivity.groups.empty()) return;
    SensitivityJob job;
    job.inputs = of_sensitivity_.get();
    job.ground = on_processor() ? &ground_ : nullptr;
    for (const auto& backend : backends_) job.backends.push_back(backend.get());
    job.make_worker = make_worker_;
    job.first = request_.first;
    job.samples = request_.draws;
    job.groups = result_.sensitivity.groups;
    job.workers = workers_;
    job.first_row = result_.first_exporter;
    add_sensitivity(
        job, block,
        [&] {
          if (progress_) progress_("sensitivity", ++judged_, draws() * passes_);
          check_stop();
        },
        result_.sensitivity);
  }

  void run_block(const ExporterBlock& block) {
    const std::size_t sectors = built_.problem->sectors, pairs = rows() * countries();
    const std::vector<Segment>& segments = inputs_->segments();
    std::vector<std::unique_ptr<SegmentEvaluator>> evaluators;
    for (int n = 0; n < workers_; ++n)
      evaluators.push_back(on_processor() ? make_cell_evaluator(*inputs_, ground_, block)
                                          : make_backend_evaluator(*inputs_, *backends_[n], block));
    ListedCells listed(*built_.problem, result_.list, segments, block.first, block.last, draws());
    DrawValues all(draws(), block.pairs.size()), sector(draws(), block.pairs.size());
    const auto pair = [&](std::size_t e) { return row(block.pairs[e].exporter) * countries() + block.pairs[e].market; };
    SegmentValues values(listed, sector);
    bool begun = false;
    for (std::size_t s = 0; s < segments.size(); ++s) {
      values.start(*inputs_, block, static_cast<std::int32_t>(s));
      check_stop();
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
          return row(values.sales[e].exporter) * products +
                 built_.problem->product_column[segment.first + values.sales[e].product];
        },
        rows() * products, workers_, result_.exporter_product);
    values.cells.summarize([&](std::size_t e) { return values.listed.place(values.segment, e); },
                           result_.list.market.size(), workers_, result_.cells);
  }

  const BuiltProblem& built_;
  const DrawsRequest& request_;
  const MakeWorker& make_worker_;
  const ProgressSink& progress_;
  DrawsResult result_;
  DrawMaker maker_;
  int workers_;
  std::vector<std::unique_ptr<Backend>> backends_;
  std::unique_ptr<DrawInputs> inputs_, of_sensitivity_;
  FlowGround ground_;  ///< on the processor
  std::size_t passes_ = 1;
  std::uint64_t finished_ = 0, judged_ = 0;
};

}  // namespace

DrawsResult run_draws(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
                      const MakeWorker& make_worker, int workers, const ProgressSink& progress) {
  return Run(world, built, request, backend, make_worker, workers, progress).run();
}

}  // namespace potentia
