// potentia solve: world.h5 in, result.h5 out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/list_flag.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/solver.hpp"
#include "host/model/summary.hpp"
#include "host/run/host_name.hpp"
#include "host/run/log.hpp"
#include "host/version.hpp"
#include "io/result/result_file.hpp"
#include "io/settings.hpp"
#include "io/sha256.hpp"
#include "io/world/world_file.hpp"
#include "kernels/backend.hpp"

namespace potentia {
namespace {

struct SolveFlags {
  std::string world, output, settings, groups;
  std::string backend;
  std::vector<std::string> exporters, markets, dense;
  std::int64_t top = -1;  // -1 = not given
};

// How long each stage took, in the order in which they ran.
class Stopwatch {
public:
  void lap(const char* stage) {
    const auto now = std::chrono::steady_clock::now();
    stages_ += fmt::format("{}{} {:.2f} s", stages_.empty() ? "" : ", ", stage,
                           std::chrono::duration<double>(now - last_).count());
    seconds_.emplace_back(stage, std::chrono::duration<double>(now - last_).count());
    last_ = now;
  }
  std::string stages() const { return stages_; }
  const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }
  double total() const { return std::chrono::duration<double>(last_ - started_).count(); }

private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), last_ = started_;
  std::string stages_;
  std::vector<std::pair<std::string, double>> seconds_;
};

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

void refuse_to_overwrite(const std::string& output, const std::string& input) {
  std::error_code none;
  if (!input.empty() && std::filesystem::equivalent(output, input, none)) {
    throw input_error("the output would replace an input", output, "choose another name");
  }
}

Settings settings_from(const SolveFlags& flags) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  if (flags.top >= 0) settings.cells.top = flags.top;
  return settings;
}

void tell(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) log_info(line);
}

SourceFile fingerprint(const char* role, const std::string& path) {
  const std::filesystem::path name(path);
  return {role, name.filename().string(), sha256_file(path), std::filesystem::file_size(name)};
}

/// What was read, so that a result says which world it is of. How large a file of this program is depends on the version
/// of HDF5, so its digest stands alone.
std::vector<SourceFile> fingerprints(const SolveFlags& flags, const std::string& world_digest) {
  std::vector<SourceFile> inputs;
  if (world_digest.empty()) inputs.push_back(fingerprint("world", flags.world));
  else inputs.push_back({"world", std::filesystem::path(flags.world).filename().string(), world_digest, 0});
  if (!flags.settings.empty()) inputs.push_back(fingerprint("settings", flags.settings));
  return inputs;
}

void run_solve(const SolveFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  for (const std::string& name : parts_between_commas(joined_words(flags.dense))) options.dense.push_back(column_by_name(name));
  const Settings settings = settings_from(flags);
  auto groups = read_groups(flags.groups.empty() ? settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  options.progress = context.progress.sink();
  watch.lap("start");

  World world = read_world(flags.world);
  const Parties parties(world.countries, std::move(groups));
  std::vector<Notice> of_groups;
  Selection selection;
  selection.exporters = parties.indices(flags.exporters, "--exporters", of_groups);
  selection.markets = parties.indices(flags.markets, "--markets", of_groups);
  watch.lap("read");

  auto inputs = std::async(std::launch::async, fingerprints, flags, world.digest);
  const Solution solution = solve_and_release_trade(world, settings, selection, *backend, options.progress);
  options.inputs = inputs.get();
  watch.lap("solve");

  options.backend = backend.get();
  options.run.version = program_version();
  options.run.commit = program_commit();
  options.run.backend = backend->name();
  options.run.device = backend->device();
  options.run.threads = backend->threads();
  options.run.host = host_name();
  options.run.seconds = watch.seconds();
  for (const Stage& stage : solution.stages) options.run.seconds.emplace_back(stage.name, stage.seconds);
  const ResultReport report = write_result(flags.output, world, solution, options);
  watch.lap("write");

  std::string stages;
  for (const Stage& stage : solution.stages) stages += fmt::format("{}{} {:.2f} s", stages.empty() ? "" : ", ", stage.name, stage.seconds);
  context.progress.finish();
  tell(notice_lines(of_groups));
  tell(notice_lines(world.notices));
  tell_notices(solution.notices);
  tell(summary_lines(summarize(world, solution)));
  log_info("stages of the solve: " + stages);
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({}, of which {:.2f} s waiting for the disk) on {}", flags.output,
                       static_cast<double>(report.bytes) / 1e6, watch.total(), watch.stages(), report.flush_seconds,
                       backend->device()));
}

}  // namespace

void add_solve_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<SolveFlags>();
  CLI::App* command = app.add_subcommand("solve", "Compute every potential of a world: world.h5 in, result.h5 out");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command->add_option("-o,--output", flags->output, "Result file to write")->required();
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  add_backend_flag(*command, flags->backend);
  add_list_flag(*command, "--exporters", flags->exporters, "Only these exporters: LAO,KHM, names, or groups such as ASEAN");
  add_list_flag(*command, "--markets", flags->markets, "Only these markets, likewise");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  command->add_option("--top", flags->top, "List so many cells of each exporter; 0 = all that qualify")
      ->check(CLI::NonNegativeNumber);
  add_list_flag(*command, "--dense", flags->dense, "Also write whole cubes of these columns: potential,unrealized");
  command->callback([flags, &context] { context.action = [flags, &context] { run_solve(*flags, context); }; });
}

}  // namespace potentia
