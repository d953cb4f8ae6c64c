// potentia backtest: a world of two windows in, how well the potentials of the first foretold the second out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "host/backtest/backtest.hpp"
#include "host/backtest/page.hpp"
#include "host/backtest/summary.hpp"
#include "host/backtest/windows.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/reading.hpp"
#include "host/commands/result_run.hpp"
#include "host/run/log.hpp"
#include "host/run/standard_output.hpp"
#include "io/output_file.hpp"
#include "io/result/backtest_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct BacktestFlags {
  std::string world, output, origin, outcome, settings, backend, report;
};

/// @throws Error(input) where it cannot be made
void make_folder(const std::string& path) {
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (!std::filesystem::is_directory(path))
    throw input_error("cannot make the folder", path, "choose another name for --report");
}

void run(const BacktestFlags& flags, CommandContext& context) {
  ResultOptions options;
  options.run.started = now_utc();
  Stopwatch watch;
  const std::vector<std::int32_t> origin = backtest::years_of_window(flags.origin, "--origin");
  const std::vector<std::int32_t> outcome = backtest::years_of_window(flags.outcome, "--outcome");
  refuse_to_overwrite(flags.output, flags.world);
  refuse_to_overwrite(flags.output, flags.settings);
  const Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  backtest::settings_of_origin(settings, origin, outcome);  // complains before anything is read
  if (!flags.report.empty()) make_folder(flags.report);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  const ProgressSink progress = context.progress.sink();
  World world = read_world(flags.world);
  watch.lap("read");
  const Backtest found = backtest::run_backtest(world, settings, origin, outcome, !flags.report.empty(), *backend, progress);
  watch.lap("back-test");

  options.progress = progress;
  options.inputs = fingerprints(flags.world, flags.settings, world.digest);
  describe_run(backend.get(), 1, watch, {}, options.run);
  const ResultReport report = write_backtest(flags.output, world, found, options);
  if (!flags.report.empty()) write_outputs(flags.report, {{"backtest.html", backtest::page(world, found)}});
  watch.lap("write");
  context.progress.finish();
  tell_notices(found.notices);
  print_lines(backtest_lines(found));
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({})", flags.output, static_cast<double>(report.bytes) / 1e6, watch.total(),
                       watch.stages()));
}

}  // namespace

void add_backtest_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<BacktestFlags>();
  CLI::App* command = app.add_subcommand("backtest", "Whether the potentials of earlier years came true");
  command->add_option("world", flags->world, "World file with trade of both windows, made by import or synth")->required();
  command->add_option("--origin", flags->origin, "Year, or years (2017-2019), as of which potentials are computed")->required();
  command->add_option("--outcome", flags->outcome, "Later year or years, whose mean trade judges them")->required();
  command->add_option("-o,--output", flags->output, "Back-test file to write")->required();
  command->add_option("--report", flags->report, "Folder for a page: where it holds, where it fails, the best and the worst calls");
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run(*flags, context); }; });
}

}  // namespace potentia
