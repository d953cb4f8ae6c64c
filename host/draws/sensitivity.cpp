#include "host/draws/sensitivity.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "host/draws/pick_freeze.hpp"
#include "host/draws/side_by_side.hpp"
#include "kernels/cpu/drawn_cells.hpp"
#include "kernels/problem_share.hpp"

namespace potentia {
namespace {

constexpr std::size_t samples_at_once = 64;               // a segment's trade and the draws' ease serve so many
constexpr std::uint32_t others = std::uint32_t{1} << 31;  // draws of B: far from all that may be asked for

/// Unrealised potential of a block's pairs over a segment. Working memory of one thread.
class PairEvaluator {
public:
  PairEvaluator(const SensitivityJob& job, const ExporterBlock& block, Backend* backend)
      : inputs_(*job.inputs), ground_(job.ground), backend_(backend), block_(block), cells_(block.first, block.last) {}

  /// @param draws numbers among the inputs'; @param to [draws] [pair of the block], set where the sector starts,
  /// otherwise added to
  void evaluate(std::int32_t segment, const SegmentTrade* trade, const std::vector<std::size_t>& draws, bool starts,
                const std::vector<double*>& to) {
    if (ground_ == nullptr) {
      for (std::size_t n = 0; n < draws.size(); ++n) on_backend(segment, trade, draws[n], starts, to[n]);
    } else if (trade == nullptr) {
      const Segment& own = inputs_.segments()[segment];
      std::vector<std::shared_ptr<const Problem>> kept;
      std::vector<DrawnProblem> problems;
      for (const std::size_t draw : draws) {
        kept.push_back(inputs_.problem(draw));
        problems.push_back({kept.back().get(), inputs_.ease(draw)});
      }
      add(*ground_, problems, own.first, own.last, starts, to);
    } else {
      with_trade(segment, *trade, draws, starts, to);
    }
  }

private:
  /// Draws with the same weights of the base years have their flows in common.
  void with_trade(std::int32_t segment, const SegmentTrade& trade, const std::vector<std::size_t>& draws, bool starts,
                  const std::vector<double*>& to) {
    std::vector<std::uint32_t> known;
    for (const std::size_t draw : draws) {
      const std::uint32_t number = inputs_.numbers(draw).of(DrawGroup::trade);
      if (std::find(known.begin(), known.end(), number) == known.end()) known.push_back(number);
    }
    for (const std::uint32_t number : known) {
      std::vector<ProblemShare> shares;
      std::vector<DrawnProblem> problems;
      std::vector<double*> of_draws;
      for (std::size_t n = 0; n < draws.size(); ++n)
        if (inputs_.numbers(draws[n]).of(DrawGroup::trade) == number) {
          if (shares.empty()) {
            traded_.resize(trade.flows());
            trade.values(inputs_.weights(draws[n]), traded_.data());
          }
          shares.push_back(share_of(inputs_.problem(draws[n]), segment, segment + 1));
          problems.push_back({shares.back().problem.get(), inputs_.ease(draws[n])});
          of_draws.push_back(to[n]);
        }
      Problem problem = *shares[0].problem;
      problem.flows = trade.view(traded_.data());
      own_ground_.take(problem, inputs_.country(), 1);
      add(own_ground_, problems, 0, problem.products, starts, of_draws);
    }
  }

  void add(const FlowGround& ground, const std::vector<DrawnProblem>& problems, std::int32_t first, std::int32_t last,
           bool starts, const std::vector<double*>& to) {
    cells_.start(ground, problems, true);
    cells_.add(first, last, {}, nullptr, {});
    for (std::size_t n = 0; n < problems.size(); ++n)
      for (std::size_t e = 0; e < block_.pairs.size(); ++e) {
        const double own = cells_.pairs(n)[cells_.place(block_.pairs[e].exporter, block_.pairs[e].market)];
        to[n][e] = starts ? own : to[n][e] + own;
      }
  }

  void on_backend(std::int32_t segment, const SegmentTrade* trade, std::size_t draw, bool starts, double* to) {
    const DrawnShare share(inputs_, draw, segment, trade);
    Rows rows;
    rows.exporters.resize(block_.last - block_.first);
    std::iota(rows.exporters.begin(), rows.exporters.end(), block_.first);
    AskedSums asked;
    asked.pair = {column_unrealized};
    asked.pair_sector = asked.exporter_product = asked.market_product = {};
    asked.world = false;
    backend_->load(share.problem);
    const Margins margins = backend_->evaluate(rows, {}, asked);
    for (std::size_t e = 0; e < block_.pairs.size(); ++e) {
      const ExporterBlock::Pair& pair = block_.pairs[e];
      const double own =
          margins.pair.columns[column_unrealized][(pair.exporter - block_.first) * inputs_.countries() + pair.market];
      to[e] = starts ? own : to[e] + own;
    }
    backend_->unload();
  }

  DrawInputs& inputs_;
  const FlowGround* ground_;
  Backend* backend_;
  const ExporterBlock& block_;
  DrawnCells cells_;
  FlowGround own_ground_;
  std::vector<double> traded_;
};

class Job {
public:
  Job(const SensitivityJob& job, const ExporterBlock& block)
      : job_(job),
        inputs_(*job.inputs),
        block_(block),
        variants_(job.groups.size() + 2),
        exporters_(block.last - block.first),
        figures_(block.pairs.size() + exporters_),
        sums_(job.groups.size(), figures_) {
    for (int n = 0; n < job.workers; ++n)
      evaluators_.emplace_back(job, block, job.ground == nullptr ? job.backends[n] : nullptr);
  }

  void run(const std::function<void()>& done) {
    for (std::size_t begin = 0; begin < job_.samples; begin += samples_at_once) {
      const std::size_t count = std::min<std::size_t>(samples_at_once, job_.samples - begin);
      evaluate(begin, count);
      for (std::size_t n = 0; n < count; ++n) {
        std::vector<const double*> mixed;
        for (std::size_t group = 0; group < job_.groups.size(); ++group) mixed.push_back(figures_of(n, 2 + group));
        sums_.add(figures_of(n, 0), figures_of(n, 1), mixed, job_.workers);
        done();
      }
    }
  }

  SobolIndices indices() const { return sums_.indices(); }
  std::size_t figures() const { return figures_; }

private:
  /// Of a sample: A, B, and A with each group of B.
  double* figures_of(std::size_t sample, std::size_t variant) {
    return total_.data() + (sample * variants_ + variant) * figures_;
  }

  void evaluate(std::size_t begin, std::size_t count) {
    std::vector<DrawNumbers> numbers;
    for (std::size_t n = 0; n < count; ++n) {
      const std::uint32_t draw = job_.first + static_cast<std::uint32_t>(begin + n);
      numbers.push_back(DrawNumbers::all(draw));
      numbers.push_back(DrawNumbers::all(draw | others));
      for (const DrawGroup group : job_.groups) {
        numbers.push_back(DrawNumbers::all(draw));
        numbers.back().of(group) = draw | others;
      }
    }
    inputs_.choose(std::move(numbers), job_.make_worker, job_.workers, {});
    if (total_.empty()) {
      total_ = Buffer<double>(samples_at_once * variants_ * figures_);
      sector_ = Buffer<double>(samples_at_once * variants_ * figures_);
    }
    std::fill(total_.begin(), total_.end(), 0.0);
    const std::vector<Segment>& segments = inputs_.segments();
    for (std::size_t s = 0; s < segments.size(); ++s) {
      std::unique_ptr<SegmentTrade> trade;
      if (inputs_.trade_varies())
        trade = std::make_unique<SegmentTrade>(inputs_.world(), inputs_.built(), segments[s].first, segments[s].last);
      const bool starts = s == 0 || segments[s - 1].sector != segments[s].sector;
      const bool ends = s + 1 == segments.size() || segments[s + 1].sector != segments[s].sector;
      side_by_side(count, job_.workers, [&](int worker, std::size_t n) {
        std::vector<std::size_t> draws;
        std::vector<double*> to;
        for (std::size_t variant = 0; variant < variants_; ++variant) {
          draws.push_back(n * variants_ + variant);
          to.push_back(sector_.data() + draws.back() * figures_);
        }
        evaluators_[worker].evaluate(static_cast<std::int32_t>(s), trade.get(), draws, starts, to);
        if (!ends) return;
        for (std::size_t variant = 0; variant < variants_; ++variant)
          for (std::size_t e = 0; e < block_.pairs.size(); ++e) figures_of(n, variant)[e] += to[variant][e];
      });
    }
    // Behind the pairs, exporters: their pairs one after the other.
    for (std::size_t at = 0; at < count * variants_; ++at) {
      double* const figures = total_.data() + at * figures_;
      for (std::size_t e = 0; e < block_.pairs.size(); ++e)
        figures[block_.pairs.size() + static_cast<std::size_t>(block_.pairs[e].exporter - block_.first)] += figures[e];
    }
  }

  const SensitivityJob& job_;
  DrawInputs& inputs_;
  const ExporterBlock& block_;
  std::size_t variants_, exporters_, figures_;
  PickFreeze sums_;
  std::vector<PairEvaluator> evaluators_;
  Buffer<double> total_, sector_;  ///< [sample][variant][figure]
};

}  // namespace

void add_sensitivity(const SensitivityJob& job, const ExporterBlock& block, const std::function<void()>& done,
                     Sensitivity& sensitivity) {
  Job work(job, block);
  work.run(done);
  const SobolIndices found = work.indices();
  const std::size_t countries = job.inputs->countries(), rows = sensitivity.exporter.first.size() / job.groups.size();
  const auto put = [&](const Buffer<double>& from, Buffer<double>& pairs, Buffer<double>& exporters) {
    for (std::size_t group = 0; group < job.groups.size(); ++group) {
      const double* const figure = from.data() + group * work.figures();
      for (std::size_t e = 0; e < block.pairs.size(); ++e)
        pairs[(group * rows + block.pairs[e].exporter - job.first_row) * countries + block.pairs[e].market] = figure[e];
      for (std::int32_t i = block.first; i < block.last; ++i)
        exporters[group * rows + i - job.first_row] =
            figure[block.pairs.size() + static_cast<std::size_t>(i - block.first)];
    }
  };
  put(found.first, sensitivity.pair.first, sensitivity.exporter.first);
  put(found.total, sensitivity.pair.total, sensitivity.exporter.total);
  put(found.first_error, sensitivity.pair.first_error, sensitivity.exporter.first_error);
  put(found.total_error, sensitivity.pair.total_error, sensitivity.exporter.total_error);
}

}  // namespace potentia
