#include "host/batch/evaluate_share.hpp"

#include <fmt/format.h>

#include "host/model/stage_watch.hpp"
#include "host/run/log.hpp"
#include "io/sha256.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// Evaluates what the checkpoint has not; all of it where none is kept.
void evaluate(const ShareJob& job, const ProblemShare& share, Backend& backend, PartialSums& sums, Checkpoint* checkpoint,
              Ranks& ranks, const ProgressSink& progress) {
  if (checkpoint == nullptr) {
    backend.evaluate_segments(0, backend.segments(), sums, {}, progress);
    return;
  }
  const std::int32_t first = job.division->cuts[job.part];
  const auto runs = checkpoint->restore(share, sums);
  if (checkpoint->restored_segments() > 0)
    log_info(fmt::format("resumed: {} of {} segments of products are done", checkpoint->restored_segments(), backend.segments()));
  else if (job.checkpoint.resume)
    log_info(fmt::format("nothing to resume in {}: starting afresh", job.checkpoint.folder));
  pause_is_awaited = true;
  for (const auto& [begin, end] : runs) {
    const SegmentSink sink = checkpoint->sink(share, sums, begin, static_cast<std::int32_t>(job.division->segments.size()), ranks);
    const std::int32_t reached = backend.evaluate_segments(begin - first, end - first, sums, sink, progress) + first;
    checkpoint->save_rest();
    if (reached < end) break;
  }
  const bool pause = ranks.any(pause_requested);  // nobody goes on, and nobody leaves, before all have saved
  if (pause) {
    ranks.part();
    throw stopped_error(job.checkpoint.folder);
  }
  pause_is_awaited = false;
}

}  // namespace

Error stopped_error(const std::string& folder) {
  return Error(ErrorKind::stopped, "stopped on request", folder, "run the same command with --resume to go on");
}

std::string job_digest(const std::string& world_digest, const Settings& settings, const Axes& axes) {
  std::string text = "world " + world_digest + "\n" + settings_to_toml(settings);
  for (const auto* list : {&axes.exporters, &axes.markets}) {
    text += "\ncountries";
    for (const std::int32_t country : *list) text += " " + std::to_string(country);
  }
  return sha256_text(text);
}

SumPieces sums_of_whole(const std::shared_ptr<const Problem>& whole, Backend& backend) {
  auto sums = std::make_shared<std::vector<double>>();
  backend.load(whole, [sums](std::vector<PairPiece> pieces, std::size_t size, double* total) {
    sum_all(std::move(pieces), size, {}, total);
    sums->assign(total, total + size);
  });
  backend.unload();
  return [sums](std::vector<PairPiece>, std::size_t, double* total) { std::copy(sums->begin(), sums->end(), total); };
}

ShareOutcome evaluate_share(const ShareJob& job, Backend& backend, Ranks& ranks, const ProgressSink& progress,
                            std::vector<Stage>& stages) {
  StageWatch watch(stages);
  const std::vector<std::int32_t>& cuts = job.division->cuts;
  ShareOutcome outcome;
  Part& part = outcome.part;
  part.first = cuts[job.part];
  part.last = cuts[job.part + 1];
  part.segments = static_cast<std::int32_t>(job.division->segments.size());
  if (!job.checkpoint.folder.empty())
    outcome.checkpoint = std::make_unique<Checkpoint>(job.checkpoint, job.job, part.first, part.last);

  ProblemShare share = share_of(job.problem, part.first, part.last);
  backend.load(share.problem, job.sum_pieces);
  watch.lap("factors");
  part.sums = backend.begin(job.rows);
  evaluate(job, share, backend, part.sums, outcome.checkpoint.get(), ranks, progress);
  watch.lap("cells");

  part.pieces = part.sums.pairs.take();
  fold_pieces(part.pieces);
  // The backend needs the exporters' totals for its list, and the part for the judgement on it.
  Buffer<double> potential(part.sums.world.potential.size()), unrealized(part.sums.world.unrealized.size());
  std::copy(part.sums.world.potential.begin(), part.sums.world.potential.end(), potential.begin());
  std::copy(part.sums.world.unrealized.begin(), part.sums.world.unrealized.end(), unrealized.begin());
  PartialSums finished = std::move(part.sums);
  part.sums.exporters = finished.exporters;
  part.sums.markets = finished.markets;
  part.sums.by_exporter_product = finished.by_exporter_product;
  part.sums.by_market_product = finished.by_market_product;
  part.sums.terms = finished.terms;
  part.sums.world = {finished.exporters, std::move(potential), std::move(unrealized)};
  Margins margins = backend.finish_share(std::move(finished));
  part.sums.exporter_product = std::move(margins.exporter_product);
  part.sums.market_product = std::move(margins.market_product);

  ListingRule rule = job.rule;
  rule.provisional = part.first > 0 || part.last < part.segments;  // whoever has all can judge
  part.cells = backend.list_cells({job.rows.exporters, {}}, rule, progress);
  watch.lap("listing");
  part.factors = backend.factors();
  part.factors.exports = {};
  part.factors.imports = {};
  part.columns = std::move(share.columns);
  watch.lap("factor tables");
  return outcome;
}

}  // namespace potentia
