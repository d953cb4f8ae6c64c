// potentia draws: a world in, the distribution of its potentials out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/result_run.hpp"
#include "host/draws/run.hpp"
#include "host/draws/summary.hpp"
#include "host/model/parties.hpp"
#include "host/model/solver.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/output_file.hpp"
#include "io/result/draws_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct DrawsFlags {
  std::string world, output, settings, uncertainty, backend;
  std::vector<std::string> exporter, market;
  std::uint32_t draws = 1000;
  std::uint64_t seed = 1;
  double memory = 2.0;  // GiB
};

/// One country: what draws say of several does not add up.
std::int32_t country_of(const Parties& parties, const std::vector<std::string>& typed, const char* flag,
                        std::vector<Notice>& notices) {
  const Party party = parties.find(joined_words(typed), flag, notices);
  if (party.members.size() != 1)
    throw Error(ErrorKind::usage, "quantiles of several countries do not add up", flag, "name one country");
  return party.members[0];
}

void run(const DrawsFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  for (const std::string* input : {&flags.world, &flags.settings, &flags.uncertainty})
    refuse_to_overwrite(flags.output, *input);
  const Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  DrawsRequest request;
  request.draws = flags.draws;
  request.seed = flags.seed;
  if (!flags.uncertainty.empty()) request.uncertainty = read_uncertainty(flags.uncertainty);
  request.memory = static_cast<std::size_t>(flags.memory * (std::size_t{1} << 30));
  request.listing = listing_rule(settings);
  const BackendChoice choice = backend_choice(flags.backend);
  const auto backend = make_backend(choice, context.threads);
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
  BuiltProblem built = build_problem(world, settings, context.threads);
  // One draw runs on one thread of the processor; a device takes them one after the other.
  const bool device = backend->name() != "cpu";
  const MakeWorker make_worker = [&] { return make_backend(device ? choice : BackendChoice::cpu, 1); };
  DrawsResult draws =
      run_draws(world, built, request, *backend, make_worker, device ? 1 : std::max(backend->threads(), 1), progress);
  watch.lap("draws");

  Solution baseline;
  baseline.axes = draws.axes;
  baseline.settings = built.settings;
  baseline.notices = built.notices;
  baseline.notices.insert(baseline.notices.end(), draws.notices.begin(), draws.notices.end());
  options.progress = progress;
  options.inputs = fingerprints(flags.world, flags.settings, world.digest);
  if (!flags.uncertainty.empty()) options.inputs.push_back(fingerprint("uncertainty", flags.uncertainty));
  describe_run(backend.get(), 1, watch, {}, options.run);
  const ResultReport report = write_draws(flags.output, world, baseline, draws, options);
  watch.lap("write");

  context.progress.finish();
  for (const std::string& line : notice_lines(of_parties)) log_info(line);
  tell_notices(baseline.notices);
  for (const std::string& line : uncertainty_lines(draws.uncertainty)) log_info(line);
  if (!pair.empty())
    for (const std::string& line : draws_lines(world, draws, pair[0], pair[1])) log_info(line);
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({})", flags.output, static_cast<double>(report.bytes) / 1e6,
                       watch.total(), watch.stages()));
}

}  // namespace

void add_draws_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<DrawsFlags>();
  CLI::App* command = app.add_subcommand("draws", "How sure: many draws of the whole world under uncertain inputs");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command->add_option("-n,--draws", flags->draws, "How many")->check(CLI::Range(1u, 1000000u))->capture_default_str();
  command->add_option("-o,--output", flags->output, "File of draws to write")->required();
  command->add_option("--uncertainty", flags->uncertainty, "Spreads of the inputs as TOML; see configs/uncertainty.toml");
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  command->add_option("--seed", flags->seed, "Another seed gives other draws")->capture_default_str();
  add_list_flag(*command, "--exporter", flags->exporter, "Also say what the draws come to for this exporter …");
  add_list_flag(*command, "--market", flags->market, "… in this market");
  command->add_option("--memory", flags->memory, "GiB for values of draws; no result depends on it")
      ->check(CLI::Range(0.001, 100000.0))
      ->capture_default_str();
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run(*flags, context); }; });
}

}  // namespace potentia
