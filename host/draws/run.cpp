#include "host/draws/run.hpp"

#include <omp.h>

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>
#include <vector>

#include "host/draws/draw_values.hpp"
#include "host/draws/listed_cells.hpp"
#include "host/draws/segment_trade.hpp"
#include "host/model/base_trade.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/problem_share.hpp"
#include "kernels/tables.hpp"

namespace potentia {
namespace {

constexpr Column kept[kept_columns] = {column_potential_now, column_potential, column_unrealized, column_static};

AskedSums asked_sums() {
  constexpr ColumnSet columns = {column_potential_now, column_potential, column_unrealized, column_static};
  AskedSums asked;
  asked.pair = asked.exporter_product = columns;
  asked.pair_sector = asked.market_product = {};
  asked.world = false;
  return asked;
}

class Run {
public:
  Run(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
      const MakeWorker& make_worker, int workers, const ProgressSink& progress)
      : world_(world),
        built_(built),
        request_(request),
        progress_(progress),
        maker_(world, built, request.uncertainty, request.seed, result_.notices),
        segments_(make_segments(built.problem->sector_begin, built.problem->sectors)) {
    for (int n = 0; n < workers; ++n) workers_.push_back(make_worker());
    result_.draws = request.draws;
    result_.seed = request.seed;
    result_.uncertainty = maker_.uncertainty();
    start(backend);
    draw_ease();
    make_tables();
  }

  DrawsResult run() {
    const std::size_t at_once = exporters_at_once();
    passes_ = (countries() + at_once - 1) / at_once;
    for (std::size_t first = 0; first < countries(); first += at_once)
      run_block(first, std::min(first + at_once, countries()));
    return std::move(result_);
  }

private:
  std::size_t countries() const { return built_.problem->countries; }
  std::size_t draws() const { return request_.draws; }
  int threads() const { return static_cast<int>(workers_.size()); }

  /// The baseline: its listed cells, and the ease that draws start from.
  void start(Backend& backend) {
    backend.load(built_.problem);
    AskedSums asked;
    asked.pair = asked.pair_sector = asked.exporter_product = asked.market_product = {};
    backend.evaluate({}, progress_, asked);
    result_.list = backend.list_cells({}, request_.listing, progress_);
    ease_.resize(countries() * countries());
    copy_ease(backend.tables().view, ease_.data());
    backend.unload();
    problems_.resize(draws());
  }

  void make_tables() {
    const std::size_t pairs = countries() * countries(), sectors = built_.problem->sectors;
    make_table(result_.pair, pairs);
    make_table(result_.pair_sector, pairs * sectors);
    for (auto* part : {&result_.pair_sector.mean, &result_.pair_sector.sd, &result_.pair_sector.quantile})
      for (Buffer<double>& values : *part) std::fill(values.begin(), values.end(), 0.0);  // sectors without products
    make_table(result_.exporter_product, countries() * built_.products.size());
    make_table(result_.cells, result_.list.market.size());
    result_.in_top10.assign(result_.list.market.size(), 0.0);
    result_.in_top50 = result_.in_top10;
    result_.axes.products = built_.products;
    result_.axes.exporters.resize(countries());
    std::iota(result_.axes.exporters.begin(), result_.axes.exporters.end(), 0);
    result_.axes.markets = result_.axes.exporters;
  }

  std::size_t exporters_at_once() const {
    std::size_t longest = 0, cells = 0;
    for (const Segment& segment : segments_) longest = std::max<std::size_t>(longest, segment.last - segment.first);
    for (std::size_t i = 0; i < countries(); ++i)
      cells = std::max<std::size_t>(cells, result_.list.offsets[i + 1] - result_.list.offsets[i]);
    // Pairs, pairs of the sector, products of the segment, cells at most all listed ones.
    const std::size_t one = draws() * kept_columns * sizeof(double) * (2 * countries() + longest + cells);
    return std::clamp<std::size_t>(request_.memory / std::max<std::size_t>(one, 1), 1, countries());
  }

  std::uint32_t number_of(std::size_t draw) const { return request_.first + static_cast<std::uint32_t>(draw); }
  bool trade_varies() const { return maker_.varies(DrawGroup::trade); }

  /// Calls work(worker, draw) for all draws, as many side by side as there are workers.
  template <class Work>
  void for_each_draw(std::size_t steps, const Work& work) {
    std::vector<std::exception_ptr> failures(workers_.size());
    std::size_t done = 0;
#pragma omp parallel for schedule(dynamic) num_threads(threads())
    for (std::size_t draw = 0; draw < draws(); ++draw) {
      const int worker = omp_get_thread_num();
      if (stop_requested.load(std::memory_order_relaxed) || failures[worker] != nullptr) continue;
      try {
        work(*workers_[worker], draw);
      } catch (...) {
        failures[worker] = std::current_exception();
      }
#pragma omp critical(potentia_draws_progress)
      if (progress_) progress_("draws", finished_ + ++done, draws() * steps);
    }
    finished_ += draws();
    check_interrupted();
    for (const std::exception_ptr& failure : failures)
      if (failure != nullptr) std::rethrow_exception(failure);
  }

  /// Ease of trade of every draw, where it follows from what is drawn: it is a sum over all products.
  void draw_ease() {
    const bool calibrated = built_.problem->ease == Ease::calibrated && maker_.varies(DrawGroup::sigma);
    if (!trade_varies() && !calibrated) return;
    eases_ = Buffer<double>(draws() * ease_.size());
    for_each_draw(1, [&](Backend& worker, std::size_t draw) {
      const auto drawn = problem_of(draw);
      auto whole = std::make_shared<Problem>(*drawn);  // looks into what `drawn` keeps
      BaseTrade trade;
      if (trade_varies()) {  // the years are the baseline's, so the flows lie where the baseline's do
        Settings settings = built_.settings;
        settings.method.weights = maker_.weights(number_of(draw));
        trade = make_base_trade(world_, settings, settings.world.base_years, 1);
        whole->flows.exporter = trade.exporter;
        whole->flows.market = trade.market;
        whole->flows.value = trade.value;
      }
      worker.load(whole);
      copy_ease(worker.tables().view, eases_.data() + draw * ease_.size());
      worker.unload();
    });
    finished_ = 0;
  }

  void copy_ease(const TableView& view, double* to) const {
    for (std::size_t i = 0; i < countries(); ++i)
      std::copy_n(view.ease + i * view.stride, countries(), to + i * countries());
  }

  /// The problem of a draw, but for its trade and ease. Kept for all its segments unless elasticities by market make it large.
  std::shared_ptr<const Problem> problem_of(std::size_t draw) {
    if (built_.problem->elasticity_by_market) return maker_.problem(DrawNumbers::all(number_of(draw)));
    std::shared_ptr<const Problem>& known = problems_[draw];
    if (known == nullptr) known = maker_.problem(DrawNumbers::all(number_of(draw)));
    return known;
  }

  void run_block(std::size_t first, std::size_t last) {
    const std::size_t pairs = (last - first) * countries(), sectors = built_.problem->sectors;
    rows_.exporters.resize(last - first);
    std::iota(rows_.exporters.begin(), rows_.exporters.end(), static_cast<std::int32_t>(first));
    ListedCells listed(*built_.problem, result_.list, segments_, first, last, draws());
    DrawValues all(draws(), pairs), sector(draws(), pairs);
    bool begun = false;
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const bool starts = s == 0 || segments_[s].sector != segments_[s - 1].sector;
      const bool ends = s + 1 == segments_.size() || segments_[s].sector != segments_[s + 1].sector;
      run_segment(s, starts, listed, sector);
      if (!ends) continue;
      add(sector, all, !begun);
      begun = true;
      const std::size_t number = segments_[s].sector;
      sector.summarize([&](std::size_t e) { return (first * countries() + e) * sectors + number; },
                       countries() * countries() * sectors, threads(), result_.pair_sector);
    }
    all.summarize([&](std::size_t e) { return first * countries() + e; }, countries() * countries(), threads(),
                  result_.pair);
    listed.add_ranks(result_.in_top10, result_.in_top50);
  }

  /// All draws of one segment: adds to the sector's pairs, and finishes the segment's products and cells.
  void run_segment(std::size_t s, bool starts, ListedCells& listed, DrawValues& sector) {
    const std::int32_t number = static_cast<std::int32_t>(s);
    const std::vector<std::int32_t> columns = share_of(built_.problem, number, number + 1).columns;
    DrawValues products(draws(), rows_.exporters.size() * columns.size()), cells(draws(), listed.of_segment(s));
    std::unique_ptr<SegmentTrade> trade;
    if (trade_varies())
      trade = std::make_unique<SegmentTrade>(world_, built_, segments_[s].first, segments_[s].last);
    for_each_draw(segments_.size() * passes_, [&](Backend& worker, std::size_t draw) {
      evaluate(worker, draw, number, starts, trade.get(), listed, sector, products, cells);
    });

    const std::size_t first = rows_.exporters.front(), all_products = built_.products.size();
    products.summarize(
        [&](std::size_t e) { return (first + e / columns.size()) * all_products + columns[e % columns.size()]; },
        countries() * all_products, threads(), result_.exporter_product);
    cells.summarize([&](std::size_t e) { return listed.place(s, e); }, result_.list.market.size(), threads(), result_.cells);
  }

  /// @param trade null where it does not vary
  void evaluate(Backend& worker, std::size_t draw, std::int32_t segment, bool starts, const SegmentTrade* trade,
                ListedCells& listed, DrawValues& sector, DrawValues& products, DrawValues& cells) {
    const auto baseline = problem_of(draw);
    const ProblemShare share = share_of(baseline, segment, segment + 1);
    const std::vector<double> ease = ease_of(draw);
    std::vector<double> values;
    auto problem = std::make_shared<Problem>(*share.problem);
    problem->ease_given = ease.data();
    if (trade != nullptr) {
      values.resize(trade->flows());
      trade->values(maker_.weights(number_of(draw)), values.data());
      problem->flows = trade->view(values.data());
    }
    worker.load(problem);
    const Margins margins = worker.evaluate(rows_, {}, asked_sums());
    for (std::size_t c = 0; c < kept_columns; ++c) {
      const Buffer<double>& pair = margins.pair.columns[kept[c]];
      double* to = sector.of(draw, c);
      for (std::size_t e = 0; e < pair.size(); ++e) to[e] = starts ? pair[e] : to[e] + pair[e];
      const Buffer<double>& product = margins.exporter_product.columns[kept[c]];
      std::copy(product.begin(), product.end(), products.of(draw, c));
    }
    listed.evaluate(*problem, worker.tables().view, static_cast<std::size_t>(segment), draw, cells);
    worker.unload();  // before what it looks into goes
  }

  std::vector<double> ease_of(std::size_t draw) const {
    std::vector<double> ease = ease_;
    if (!eases_.empty()) std::copy_n(eases_.data() + draw * ease_.size(), ease_.size(), ease.begin());
    if (!maker_.varies(DrawGroup::ease)) return ease;
    for (std::size_t i = 0; i < countries(); ++i)
      for (std::size_t j = 0; j < countries(); ++j)
        ease[i * countries() + j] *=
            maker_.ease_factor(number_of(draw), static_cast<std::int32_t>(i), static_cast<std::int32_t>(j));
    return ease;
  }

  void add(const DrawValues& part, DrawValues& total, bool first) const {
#pragma omp parallel for num_threads(threads())
    for (std::size_t draw = 0; draw < draws(); ++draw)
      for (std::size_t c = 0; c < kept_columns; ++c) {
        const double* from = part.of(draw, c);
        double* to = total.of(draw, c);
        for (std::size_t e = 0; e < part.entries(); ++e) to[e] = first ? from[e] : to[e] + from[e];
      }
  }

  const World& world_;
  const BuiltProblem& built_;
  const DrawsRequest& request_;
  const ProgressSink& progress_;
  DrawsResult result_;
  DrawMaker maker_;
  std::vector<Segment> segments_;
  std::vector<std::unique_ptr<Backend>> workers_;
  std::vector<std::shared_ptr<const Problem>> problems_;  ///< [draw]
  std::vector<double> ease_;                              ///< [exporter, market] of the baseline
  Buffer<double> eases_;                                  ///< [draw, exporter, market]; empty where all have the baseline's
  Rows rows_;                                             ///< the block's exporters
  std::size_t passes_ = 1, finished_ = 0;
};

}  // namespace

DrawsResult run_draws(const World& world, const BuiltProblem& built, const DrawsRequest& request, Backend& backend,
                      const MakeWorker& make_worker, int workers, const ProgressSink& progress) {
  return Run(world, built, request, backend, make_worker, workers, progress).run();
}

}  // namespace potentia
