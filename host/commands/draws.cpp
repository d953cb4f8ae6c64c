// potentia draws: a world in, the distribution of its potentials out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "host/batch/evaluate_share.hpp"
#include "host/batch/list_checkpoint.hpp"
#include "host/batch/send_bytes.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/parts_flags.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/result_run.hpp"
#include "host/draws/blocks_as_bytes.hpp"
#include "host/draws/run.hpp"
#include "host/draws/summary.hpp"
#include "host/model/parties.hpp"
#include "host/model/solver.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/output_file.hpp"
#include "io/result/draws_file.hpp"
#include "io/settings.hpp"
#include "io/sha256.hpp"
#include "io/world/world_file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

struct DrawsFlags {
  std::string world, output, settings, uncertainty, backend;
  std::vector<std::string> exporter, market;
  std::uint32_t draws = 1000;
  std::uint64_t seed = 1;
  double memory = 2.0;  // GiB
  bool sensitivity = false;
  PartsFlags parts;
};

/// One country: what draws say of several does not add up.
std::int32_t country_of(const Parties& parties, const std::vector<std::string>& typed, const char* flag,
                        std::vector<Notice>& notices) {
  const Party party = parties.find(joined_words(typed), flag, notices);
  if (party.members.size() != 1)
    throw Error(ErrorKind::usage, "quantiles of several countries do not add up", flag, "name one country");
  return party.members[0];
}

/// SHA-256 of what decides the numbers of draws, and of how exporters are shared: only blocks of one job fit together.
std::string draws_digest(const World& world, const DrawsFlags& flags, const DrawsRequest& request,
                         const Settings& resolved) {
  std::string text = job_digest(world.digest.empty() ? sha256_file(flags.world) : world.digest, resolved, {});
  text += fmt::format("\ndraws {} from {}, seed {}, sensitivity {}, {} shares", request.draws, request.first,
                      request.seed, request.sensitivity, request.share.second);
  for (const DrawGroup group : draw_groups)
    text += fmt::format("\n{} {} {:a}", group_name(group), request.uncertainty.of(group).on,
                        request.uncertainty.of(group).spread);
  return sha256_text(text);
}

/// One process's share of the draws, with what is to be kept of them.
/// @throws Error(stopped) in every rank when one was asked to pause
DrawsResult draw_share(const World& world, const BuiltProblem& built, DrawsRequest& request, Backend& backend,
                       const MakeWorker& make_worker, int workers, ListCheckpoint* checkpoint,
                       const std::string& folder, Ranks& ranks, const ProgressSink& progress) {
  if (checkpoint != nullptr) {
    request.known = checkpoint->restore();
    if (!request.known.empty()) log_info(fmt::format("resumed: {} blocks of exporters are done", request.known.size()));
    request.keep = [checkpoint](std::int32_t first, Bytes block) { checkpoint->keep(first, std::move(block)); };
    request.stop = [&ranks, told = false]() mutable {
      if (pause_requested && !told) ranks.tell_pause();
      told = told || pause_requested;
      return told || ranks.pause_told();
    };
  }
  pause_is_awaited = checkpoint != nullptr;
  DrawsResult draws;
  bool stopped = false;
  try {
    draws = run_draws(world, built, request, backend, make_worker, workers, progress);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::stopped) throw;
    stopped = true;
  }
  if (checkpoint != nullptr && ranks.any(stopped)) {
    checkpoint->save();
    ranks.any(false);  // nobody leaves before all have saved
    ranks.part();
    throw stopped_error(folder);
  }
  pause_is_awaited = false;
  return draws;
}

/// At the root, the rows of all ranks.
void join_ranks(Ranks& ranks, DrawsResult& draws) {
  if (!ranks.is_root()) return send_bytes(ranks, 0, bytes_of_block(draws, draws.own.first, draws.own.second));
  for (int from = 1; from < ranks.size(); ++from) put_block(receive_bytes(ranks, from), draws);
}

void run(const DrawsFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  const PartsPlan plan = plan_parts(flags.parts);
  Ranks ranks;
  join_job(ranks, plan, context);
  for (const std::string* input : {&flags.world, &flags.settings, &flags.uncertainty})
    refuse_to_overwrite(flags.output, *input);
  const Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  DrawsRequest request;
  request.draws = flags.draws;
  request.seed = flags.seed;
  if (!flags.uncertainty.empty()) request.uncertainty = read_uncertainty(flags.uncertainty);
  request.memory = static_cast<std::size_t>(flags.memory * (std::size_t{1} << 30));
  request.listing = listing_rule(settings);
  request.sensitivity = flags.sensitivity;
  request.share = {ranks.rank(), ranks.size()};
  request.all_rows = ranks.is_root();
  const BackendChoice choice = backend_choice(flags.backend);
  const auto backend = make_backend(choice, context.threads, ranks.local_rank());
  const ProgressSink progress = context.progress.sink();

  const World world = read_world(flags.world);
  if (flags.exporter.empty() != flags.market.empty())
    throw Error(ErrorKind::usage, "a pair has two sides", flags.exporter.empty() ? "--exporter" : "--market",
                "give --exporter and --market, or none of them");
  std::vector<Notice> of_parties;
  std::vector<std::int32_t> pair;
  if (!flags.exporter.empty()) {
    const Parties parties(world.countries, {});
    pair = {country_of(parties, flags.exporter, "--exporter", of_parties),
            country_of(parties, flags.market, "--market", of_parties)};
  }
  watch.lap("read");
  const BuiltProblem built = build_problem(world, settings, context.threads);
  std::unique_ptr<ListCheckpoint> checkpoint;
  if (plan.checkpointed())
    checkpoint = std::make_unique<ListCheckpoint>(
        plan.checkpoint, draws_digest(world, flags, request, built.settings), ranks.rank(), ranks.rank() + 1,
        ListWords{"exporters", "rank", "other draws, settings or spreads, or of another number of ranks"});
  // One draw runs on one thread of the processor; a device takes them one after the other.
  const bool device = backend->name() != "cpu";
  const int place = ranks.local_rank();
  const MakeWorker make_worker = [&] { return make_backend(device ? choice : BackendChoice::cpu, 1, place); };
  DrawsResult draws =
      draw_share(world, built, request, *backend, make_worker, device ? 1 : std::max(backend->threads(), 1),
                 checkpoint.get(), plan.checkpoint.folder, ranks, progress);
  watch.lap("draws");
  join_ranks(ranks, draws);
  char end = 0;
  if (!ranks.is_root()) {
    ranks.receive(0, &end, sizeof end);  // asleep until all is written
    if (checkpoint) checkpoint->remove();
    return;
  }

  Solution baseline;
  baseline.axes = draws.axes;
  baseline.settings = built.settings;
  baseline.notices = built.notices;
  baseline.notices.insert(baseline.notices.end(), draws.notices.begin(), draws.notices.end());
  options.progress = progress;
  options.inputs = fingerprints(flags.world, flags.settings, world.digest);
  if (!flags.uncertainty.empty()) options.inputs.push_back(fingerprint("uncertainty", flags.uncertainty));
  describe_run(backend.get(), ranks.size(), watch, {}, options.run);
  const ResultReport report = write_draws(flags.output, world, baseline, draws, options);
  watch.lap("write");
  for (int to = 1; to < ranks.size(); ++to) ranks.send(to, &end, sizeof end);
  if (checkpoint) checkpoint->remove();

  context.progress.finish();
  for (const std::string& line : notice_lines(of_parties)) log_info(line);
  tell_notices(baseline.notices);
  for (const std::string& line : uncertainty_lines(draws.uncertainty)) log_info(line);
  if (!pair.empty())
    for (const std::string& line : draws_lines(world, draws, pair[0], pair[1])) log_info(line);
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({})", flags.output, static_cast<double>(report.bytes) / 1e6,
                       watch.total(), watch.stages()));
}

/// Asked to pause where there was nothing to save, or all is saved already.
void run_or_stop(const DrawsFlags& flags, CommandContext& context) {
  try {
    run(flags, context);
  } catch (const Error& error) {
    if (!flags.parts.checkpoint.folder.empty() && pause_requested && error.kind() == ErrorKind::interrupted)
      throw stopped_error(flags.parts.checkpoint.folder);
    throw;
  }
}

}  // namespace

void add_draws_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<DrawsFlags>();
  CLI::App* command = app.add_subcommand("draws", "How sure: many draws of the whole world under uncertain inputs");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command->add_option("-n,--draws", flags->draws, "How many")->check(CLI::Range(1u, 1000000u))->capture_default_str();
  command->add_option("-o,--output", flags->output, "File of draws to write")->required();
  command->add_option("--uncertainty", flags->uncertainty,
                      "Spreads of the inputs as TOML; see configs/uncertainty.toml");
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  command->add_option("--seed", flags->seed, "Another seed gives other draws")->capture_default_str();
  add_list_flag(*command, "--exporter", flags->exporter, "Also say what the draws come to for this exporter …");
  add_list_flag(*command, "--market", flags->market, "… in this market");
  command->add_option("--memory", flags->memory, "GiB for values of draws; no result depends on it")
      ->check(CLI::Range(0.001, 100000.0))
      ->capture_default_str();
  command->add_flag("--sensitivity", flags->sensitivity,
                    "Also which group of inputs matters: for each draw, one more and one for each group");
  add_checkpoint_flags(*command, flags->parts);
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run_or_stop(*flags, context); }; });
}

}  // namespace potentia
