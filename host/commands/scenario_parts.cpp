#include "host/commands/scenario_parts.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "host/batch/evaluate_share.hpp"
#include "host/batch/gather_sectors.hpp"
#include "host/batch/send_bytes.hpp"
#include "host/batch/shard_order.hpp"
#include "host/run/log.hpp"
#include "host/scenario/own_tariffs.hpp"
#include "io/import/own_tariffs.hpp"
#include "io/sha256.hpp"
#include "io/world/world_file.hpp"
#include "kernels/cpu/difference.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

std::vector<std::int32_t> all_countries(const World& world) {
  std::vector<std::int32_t> all;
  for (std::size_t country = 0; country < world.country_count(); ++country)
    all.push_back(static_cast<std::int32_t>(country));
  return all;
}

bool has_targets(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios)
    for (const Instrument& instrument : scenario.instruments)
      if (instrument.kind == InstrumentKind::target) return true;
  return false;
}

std::size_t start_size(const PairSums& start) {
  return static_cast<std::size_t>(start.terms.countries) * start.terms.row_size();
}

Margins start_margins(const PairSums& start, std::int32_t sectors, int threads) {
  Margins margins;
  write_pair_margins(start.terms, start.pieces, sectors, start.markets, start.markets, threads, margins);
  return margins;
}

}  // namespace

std::string list_digest(const ListJob& job, const World& world, const Settings& resolved) {
  const Axes named{job.request.exporters, job.request.markets, {}};
  std::string text = job_digest(world.digest.empty() ? sha256_file(job.world) : world.digest, resolved, named);
  text += job.request.full ? " full" : "";
  for (const Scenario& scenario : job.scenarios) {
    text += "\nscenario " + scenario.name;
    std::vector<std::string> prints;
    for (const SourceFile& file : scenario_fingerprints({scenario})) prints.push_back(file.sha256);
    std::sort(prints.begin(), prints.end());
    for (const std::string& print : prints) text += " " + print;
  }
  return sha256_text(text);
}

/// The baseline over the share's segments, on a backend that holds it.
struct ListShare::Base {
  BuiltProblem built;
  Margins margins;  ///< along the share's products
  PairSums sums;
  WholeProducts whole;
};

ListShare::ListShare(const ListJob& job, SharedProblem& shared, int part, Backend& backend, Ranks& ranks,
                     const ProgressSink& progress)
    : job_(job), shared_(shared), part_(part), backend_(backend), ranks_(ranks) {
  if (shared.world.is_share && ranks.is_root() && has_targets(job.scenarios)) trade_ = read_world(job.world);
  base_ = std::make_shared<Base>(solve(shared.built, backend, progress));
  share_.first = shared.division.cuts[part];
  share_.last = shared.division.cuts[part + 1];
  share_.segments = static_cast<std::int32_t>(shared.division.segments.size());
  share_.start = std::move(base_->sums);
}

/// Ease of trade needs the trade of all products.
SumPieces ListShare::sum_pieces(const std::shared_ptr<const Problem>& whole, Backend& backend) const {
  if (ranks_.size() > 1) return sum_over(ranks_, shared_.division);
  if (shared_.division.cuts.size() > 2) return sums_of_whole(whole, backend);
  return {};
}

ListShare::Base ListShare::solve(const BuiltProblem& whole, Backend& backend, const ProgressSink& progress) {
  const std::int32_t first = shared_.division.cuts[part_], last = shared_.division.cuts[part_ + 1];
  Base base;
  ProblemShare share = share_of(whole.problem, first, last);
  base.whole.products = products_in_order(whole);
  base.whole.first = first < last ? shared_.division.segments[first].first : 0;
  if (!trade_.trade.empty()) base.whole.trade = &trade_;
  base.built.problem = share.problem;
  base.built.settings = whole.settings;
  for (const std::int32_t column : share.columns) base.built.products.push_back(whole.products[column]);
  share_.columns = std::move(share.columns);
  SumPieces pieces = sum_pieces(whole.problem, backend);
  if (pieces) {  // variants take what the baseline was told, and ask nobody
    const auto known = std::make_shared<std::vector<double>>();
    base.whole.sums = [known](std::vector<PairPiece>, std::size_t, double* total) {
      std::copy(known->begin(), known->end(), total);
    };
    pieces = [known, all = std::move(pieces)](std::vector<PairPiece> own, std::size_t size, double* total) {
      all(std::move(own), size, total);
      known->assign(total, total + size);
    };
  }
  backend.load(base.built.problem, pieces);
  PartialSums sums = backend.begin({});
  backend.evaluate_segments(0, backend.segments(), sums, {}, progress);
  base.sums = {all_countries(shared_.world), sums.terms, sums.pairs.take()};
  fold_pieces(base.sums.pieces);
  base.margins = backend.finish_share(std::move(sums));
  return base;
}

ScenarioPart ListShare::with_own_tariffs(const Scenario& scenario) {
  World& world = shared_.world;
  const ScenarioTariffs& files = scenario.tariffs;
  std::vector<Notice> known_already;
  const Tariffs own = read_own_tariffs(world, files.rates, files.members, files.where, known_already);
  Tariffs joined = joined_tariffs(world, own, files.where);
  std::swap(world.tariffs, joined);
  const JoinFlags join = [&](std::vector<std::uint8_t>& flags) { ranks_.join_bits(flags.data(), flags.size()); };
  const BuiltProblem built =
      build_problem(world, job_.settings, std::max(backend_.threads(), 1), ranks_.size() > 1 ? join : JoinFlags{});
  const auto backend = make_backend(BackendChoice::cpu, backend_.threads());
  Base base = solve(built, *backend, {});
  ScenarioPart part = evaluate_scenario({world, base.built, *backend, base.margins, nullptr, &base.whole}, scenario,
                                        job_.parties, job_.request);
  part.start = std::move(base.sums);
  std::swap(world.tariffs, joined);
  return part;
}

void ListShare::evaluate(ListCheckpoint* checkpoint, const std::string& folder, const ProgressSink& progress) {
  const std::vector<Scenario>& scenarios = job_.scenarios;
  std::map<std::int32_t, Bytes> saved;
  if (checkpoint != nullptr) saved = checkpoint->restore();
  // What one process lacks all evaluate: some steps need all of them.
  std::vector<std::uint8_t> missing(scenarios.size(), 0);
  for (std::size_t s = 0; s < missing.size(); ++s) missing[s] = saved.count(static_cast<std::int32_t>(s)) == 0;
  ranks_.join_bits(missing.data(), missing.size());
  const auto restored = std::count(missing.begin(), missing.end(), 0);
  if (restored > 0)
    log_info("resumed: " + std::to_string(restored) + " of " + std::to_string(missing.size()) + " scenarios are done");

  ScenarioGroundwork groundwork(shared_.world, base_->built, backend_);
  const SolvedWorld solved{shared_.world, base_->built, backend_, base_->margins, &groundwork, &base_->whole};
  pause_is_awaited = checkpoint != nullptr;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const Scenario& scenario = scenarios[s];
    if (checkpoint != nullptr && ranks_.any(pause_requested)) {
      checkpoint->save();
      ranks_.any(false);  // nobody leaves before all have saved
      ranks_.part();
      throw stopped_error(folder);
    }
    if (scenario.tariffs.given())
      read_own_tariffs(shared_.world, scenario.tariffs.rates, scenario.tariffs.members, scenario.tariffs.where,
                       of_tariffs_);
    if (missing[s] == 0) {
      parts_.push_back(part_from_bytes(saved.at(static_cast<std::int32_t>(s)), folder));
      continue;
    }
    parts_.push_back(scenario.tariffs.given() ? with_own_tariffs(scenario)
                                              : evaluate_scenario(solved, scenario, job_.parties, job_.request));
    if (checkpoint != nullptr) checkpoint->keep(static_cast<std::int32_t>(s), to_bytes(parts_.back()));
    if (progress) progress("scenarios", s + 1, scenarios.size());
  }
  pause_is_awaited = false;
}

std::vector<ScenarioResult> ListShare::join_ranks(int threads) {
  const auto gather = [&](PairSums& sums, std::size_t size) {
    if (!sums.markets.empty()) sums.pieces = gather_sectors(ranks_, shared_.division, std::move(sums.pieces), size);
  };
  gather(share_.start, start_size(share_.start));
  std::vector<std::vector<std::int32_t>> columns{share_.columns};
  if (!ranks_.is_root()) {
    const std::uint64_t count = share_.columns.size();
    ranks_.send(0, &count, sizeof count);
    if (count > 0) ranks_.send(0, share_.columns.data(), count * sizeof share_.columns[0]);
  }
  for (int from = 1; ranks_.is_root() && from < ranks_.size(); ++from) {
    std::uint64_t count = 0;
    ranks_.receive(from, &count, sizeof count);
    columns.emplace_back(count);
    if (count > 0) ranks_.receive(from, columns.back().data(), count * sizeof columns.back()[0]);
  }
  const auto sectors = static_cast<std::int32_t>(shared_.world.sectors.size());
  const ScenarioAxes axes{static_cast<std::int32_t>(shared_.world.country_count()), sectors,
                          shared_.built.settings.world.base_years.back(), shared_.built.products};
  Margins start;
  if (ranks_.is_root()) start = start_margins(share_.start, sectors, threads);

  std::vector<ScenarioResult> results;
  for (ScenarioPart& part : parts_) {
    gather(part.start, start_size(part.start));
    gather(part.baseline, DifferenceLayout(axes.countries, 0, part.baseline.markets).size());
    gather(part.scenario, DifferenceLayout(axes.countries, static_cast<std::int32_t>(part.told.instruments.size()),
                                           part.scenario.markets)
                              .size());
    if (!ranks_.is_root()) {
      send_bytes(ranks_, 0, to_bytes(part));
      part = {};
      continue;
    }
    std::vector<ScenarioPart> parts;
    parts.push_back(std::move(part));
    for (int from = 1; from < ranks_.size(); ++from)
      parts.push_back(part_from_bytes(receive_bytes(ranks_, from), "rank " + std::to_string(from)));
    results.push_back(join_scenario(start, axes, columns, std::move(parts), threads));
  }
  parts_.clear();
  return results;
}

ScenarioPartFile ListShare::shard(const PartName& name, const Solution& baseline,
                                  std::vector<SourceFile> inputs) const {
  ScenarioPartFile file;
  file.name = name;
  file.first = share_.first;
  file.last = share_.last;
  ScenarioHead head;
  const World& world = shared_.world;
  head.world.countries = world.countries;
  head.world.products = world.products;
  head.world.sectors = world.sectors;
  head.world.title = world.title;
  head.world.hs_revision = world.hs_revision;
  head.world.sources = world.sources;
  head.world.notices = world.notices;
  head.baseline.axes = baseline.axes;
  head.baseline.settings = baseline.settings;
  head.baseline.notices = baseline.notices;
  head.inputs = std::move(inputs);
  head.share.first = share_.first;
  head.share.last = share_.last;
  head.share.segments = share_.segments;
  head.share.columns = share_.columns;
  head.share.start.markets = share_.start.markets;
  head.share.start.terms = share_.start.terms;
  for (const PairPiece& piece : share_.start.pieces) {
    Buffer<double> sums(piece.sums.size());
    std::copy(piece.sums.begin(), piece.sums.end(), sums.begin());
    head.share.start.pieces.push_back({piece.segment, piece.sector, piece.continues, std::move(sums)});
  }
  for (const Scenario& scenario : job_.scenarios) head.names.push_back(scenario.name);
  file.head = to_bytes(head);
  for (std::size_t s = 0; s < parts_.size(); ++s) file.parts.emplace(static_cast<std::int32_t>(s), to_bytes(parts_[s]));
  return file;
}

JoinedList join_list_shards(const std::vector<std::string>& paths, int threads) {
  std::vector<ScenarioPartFile> files;
  std::vector<ScenarioHead> heads;
  std::vector<ShardPlace> places;
  for (const std::string& path : paths) {
    files.push_back(read_scenario_parts(path));
    if (files.back().head.empty())
      throw input_error("is a checkpoint and no shard", path, "give files that potentia scenario --shard made");
    heads.push_back(head_from_bytes(files.back().head, path + ":/head"));
    files.back().head = {};
    const ScenarioShare& share = heads.back().share;
    places.push_back({files.back().name, path, share.first, share.last, share.segments});
    if (files.back().parts.size() != heads.back().names.size())
      throw input_error("does not have all scenarios", path, "make the shard again");
  }
  const std::vector<std::size_t> order = order_of_shards(places);

  JoinedList joined;
  std::vector<PairPiece> pieces;
  std::vector<std::vector<std::int32_t>> columns;
  for (const std::size_t at : order) {
    for (PairPiece& piece : heads[at].share.start.pieces) pieces.push_back(std::move(piece));
    columns.push_back(std::move(heads[at].share.columns));
  }
  joined.head = std::move(heads[order[0]]);
  fold_pieces(pieces);
  joined.head.share.start.pieces = std::move(pieces);
  const World& world = joined.head.world;
  const auto sectors = static_cast<std::int32_t>(world.sectors.size());
  const Solution& baseline = joined.head.baseline;
  const ScenarioAxes axes{static_cast<std::int32_t>(world.country_count()), sectors,
                          baseline.settings.world.base_years.back(), baseline.axes.products};
  const Margins start = start_margins(joined.head.share.start, sectors, threads);
  for (std::size_t s = 0; s < joined.head.names.size(); ++s) {
    std::vector<ScenarioPart> parts;
    for (const std::size_t at : order) {
      const auto found = files[at].parts.find(static_cast<std::int32_t>(s));
      if (found == files[at].parts.end())
        throw input_error("does not have all scenarios", places[at].path, "make the shard again");
      parts.push_back(part_from_bytes(found->second, places[at].path));
      found->second = {};
    }
    joined.results.push_back(join_scenario(start, axes, columns, std::move(parts), threads));
  }
  return joined;
}

Solution list_baseline(const World& world, const BuiltProblem& built, const std::vector<Notice>& of_tariffs) {
  Solution baseline;
  baseline.axes.exporters = all_countries(world);
  baseline.axes.markets = baseline.axes.exporters;
  baseline.axes.products = built.products;
  baseline.settings = built.settings;
  baseline.notices = built.notices;
  baseline.notices.insert(baseline.notices.end(), of_tariffs.begin(), of_tariffs.end());
  return baseline;
}

void add_notices(const std::vector<ScenarioResult>& results, Solution& baseline) {
  for (const ScenarioResult& result : results)
    baseline.notices.insert(baseline.notices.end(), result.notices.begin(), result.notices.end());
}

}  // namespace potentia
