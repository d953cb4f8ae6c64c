#include "host/draws/draw_inputs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "host/draws/segment_trade.hpp"
#include "host/draws/side_by_side.hpp"
#include "host/model/base_trade.hpp"
#include "kernels/cpu/expected_trade.hpp"
#include "kernels/cpu/flow_ground.hpp"
#include "kernels/factors.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/problem_share.hpp"
#include "kernels/tables.hpp"

namespace potentia {
namespace {

void copy_ease(const TableView& view, double* to) {
  std::copy_n(view.ease, static_cast<std::size_t>(view.countries) * view.stride, to);
}

}  // namespace

DrawInputs::DrawInputs(const World& world, const BuiltProblem& built, const DrawMaker& maker, const Backend& backend)
    : world_(world),
      built_(built),
      maker_(maker),
      segments_(make_segments(built.problem->sector_begin, built.problem->sectors)),
      stride_(padded(built.problem->countries)),
      country_(std::make_shared<const CountryTables>(make_country_tables(*built.problem))),
      baseline_ease_(countries() * stride_) {
  copy_ease(backend.tables().view, baseline_ease_.data());
  mark_trade();
}

void DrawInputs::mark_trade() {
  const Problem& problem = *built_.problem;
  trades_.assign(countries() * countries(), 0);
  sells_.assign(countries() * static_cast<std::size_t>(problem.products), 0);
  for (std::size_t product = 0; product < static_cast<std::size_t>(problem.products); ++product)
    for (std::uint64_t flow = problem.flows.product_begin[product]; flow < problem.flows.product_end[product]; ++flow) {
      trades_[problem.flows.exporter[flow] * countries() + problem.flows.market[flow]] = 1;
      if (problem.flows.value[flow] > 0.0) sells_[product * countries() + problem.flows.exporter[flow]] = 1;
    }
  for (std::size_t i = 0; i < countries(); ++i)
    for (std::size_t j = 0; j < countries(); ++j)  // where somebody gave it
      if (baseline_ease_[i * stride_ + j] > 0.0) trades_[i * countries() + j] = 1;
}

void DrawInputs::choose(std::vector<DrawNumbers> draws, const MakeWorker& make_worker, int workers,
                        const ProgressSink& progress, const std::function<void()>& between) {
  numbers_ = std::move(draws);
  problems_.assign(numbers_.size(), nullptr);
  ease_of_.assign(numbers_.size(), 0);
  if (!ease_varies()) return;
  const bool calibrated = ease_calibrated(), from_trade = ease_from_trade(), own = maker_.varies(DrawGroup::ease);

  using Key = std::array<std::uint32_t, 3>;  // what an ease follows from
  std::map<Key, std::size_t> known;
  std::vector<std::size_t> first_with;  // [different ease] a draw that has it
  for (std::size_t draw = 0; draw < numbers_.size(); ++draw) {
    const DrawNumbers& of = numbers_[draw];
    const Key key = {from_trade ? of.of(DrawGroup::trade) : 0, calibrated ? of.of(DrawGroup::sigma) : 0,
                     own ? of.of(DrawGroup::ease) : 0};
    const auto [at, is_new] = known.emplace(key, known.size());
    if (is_new) first_with.push_back(draw);
    ease_of_[draw] = at->second;
  }
  const std::size_t square = countries() * stride_;
  if (eases_.size() < first_with.size() * square) eases_ = Buffer<double>(first_with.size() * square);
  std::uint64_t finished = 0;
  const auto done = [&] {
    if (progress) progress("ease of draws", ++finished, first_with.size());
  };
  if (calibrated || (from_trade && built_.problem->ease == Ease::calibrated)) {
    calibrate(first_with, make_worker, workers, eases_.data(), done);
  } else if (from_trade) {
    add_shares(first_with, workers, eases_.data(), done, between);
  } else {
    for (std::size_t n = 0; n < first_with.size(); ++n)
      std::copy_n(baseline_ease_.data(), square, eases_.data() + n * square);
  }
  if (!own) return;
  side_by_side(first_with.size(), workers, [&](int, std::size_t n) {
    for (std::size_t i = 0; i < countries(); ++i)
      for (std::size_t j = 0; j < countries(); ++j)
        eases_[n * square + i * stride_ + j] *= maker_.ease_factor(
            numbers_[first_with[n]].of(DrawGroup::ease), static_cast<std::int32_t>(i), static_cast<std::int32_t>(j));
  });
}

std::shared_ptr<const Problem> DrawInputs::problem(std::size_t draw) {
  if (built_.problem->elasticity_by_market) return maker_.problem(numbers_[draw]);
  std::shared_ptr<const Problem>& known = problems_[draw];
  if (known == nullptr) known = maker_.problem(numbers_[draw]);
  return known;
}

const double* DrawInputs::ease(std::size_t draw) const {
  return eases_.empty() ? baseline_ease_.data() : eases_.data() + ease_of_[draw] * countries() * stride_;
}

/// Ease as trade over what shares of world trade let expect: sums over products, in the order of sums.hpp.
/// @param draws whose trade it is; @param eases [draws][exporter][stride]
void DrawInputs::add_shares(const std::vector<std::size_t>& draws, int workers, double* eases,
                            const std::function<void()>& done, const std::function<void()>& between) const {
  const std::size_t square = countries() * stride_;
  constexpr std::size_t at_once = 128;  // a merge of the base years serves so many; two tables of sums for each
  struct Worker {
    FlowGround ground;
    std::vector<double> values;
    Buffer<double> expected;
  };
  std::vector<Worker> scratch(workers);
  for (Worker& worker : scratch) worker.expected = Buffer<double>(square);
  for (std::size_t begin = 0; begin < draws.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, draws.size() - begin);
    Buffer<double> sector(count * 2 * square), total = Buffer<double>::zeroed(count * 2 * square);
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const Segment& segment = segments_[s];
      const bool starts = s == 0 || segments_[s - 1].sector != segment.sector;
      const bool ends = s + 1 == segments_.size() || segments_[s + 1].sector != segment.sector;
      const SegmentTrade trade(world_, built_, segment.first, segment.last);
      const ProblemShare share =
          share_of(built_.problem, static_cast<std::int32_t>(s), static_cast<std::int32_t>(s) + 1);
      side_by_side(count, workers, [&](int number, std::size_t n) {
        Worker& worker = scratch[number];
        worker.values.resize(trade.flows());
        trade.values(this->weights(draws[begin + n]), worker.values.data());
        Problem problem = *share.problem;
        problem.flows = trade.view(worker.values.data());
        problem.tariffs = {};  // nobody asks for duties
        worker.ground.take(problem, country_, 1, true);
        std::fill(worker.expected.begin(), worker.expected.end(), 0.0);
        TableView view{};
        view.countries = problem.countries;
        view.stride = static_cast<std::int32_t>(stride_);
        view.exports = worker.ground.tables().exports.data();
        view.imports = worker.ground.tables().imports.data();
        add_expected_trade(view, worker.ground.world_exports(), {segment.sector, 0, problem.products},
                           worker.expected.data());
        const double* own[2] = {worker.ground.traded(), worker.expected.data()};
        for (std::size_t part = 0; part < 2; ++part) {
          double *of_sector = sector.data() + (2 * n + part) * square, *of_all = total.data() + (2 * n + part) * square;
          for (std::size_t at = 0; at < square; ++at)
            of_sector[at] = starts ? own[part][at] : of_sector[at] + own[part][at];
          if (ends)
            for (std::size_t at = 0; at < square; ++at) of_all[at] += of_sector[at];
        }
      });
    }
    if (between) between();
    for (std::size_t n = 0; n < count; ++n) {
      const double *traded = total.data() + 2 * n * square, *expected = traded + square;
      double* ease = eases + (begin + n) * square;
      std::fill_n(ease, square, 0.0);
      for (std::size_t i = 0; i < countries(); ++i)
        for (std::size_t j = 0; j < countries(); ++j)
          ease[i * stride_ + j] = ease_of(traded[i * stride_ + j], expected[i * stride_ + j], i == j);
      done();
    }
  }
}

/// Ease that makes potentials of now add up to trade: takes the whole problem of each draw.
void DrawInputs::calibrate(const std::vector<std::size_t>& draws, const MakeWorker& make_worker, int workers,
                           double* eases, const std::function<void()>& done) {
  std::vector<std::unique_ptr<Backend>> backends;
  for (int n = 0; n < workers; ++n) backends.push_back(make_worker());
  side_by_side(draws.size(), workers, [&](int number, std::size_t n) {
    const auto drawn = problem(draws[n]);
    auto whole = std::make_shared<Problem>(*drawn);  // looks into what `drawn` keeps
    BaseTrade trade;
    if (trade_varies()) {  // the years are the baseline's, so the flows lie where the baseline's do
      Settings settings = built_.settings;
      settings.method.weights = weights(draws[n]);
      trade = make_base_trade(world_, settings, settings.world.base_years, 1);
      whole->flows.exporter = trade.exporter;
      whole->flows.market = trade.market;
      whole->flows.value = trade.value;
    }
    backends[number]->load(whole);
    copy_ease(backends[number]->tables().view, eases + n * countries() * stride_);
    backends[number]->unload();
#pragma omp critical(potentia_draws_progress)
    done();
  });
}

}  // namespace potentia
