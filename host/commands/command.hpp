// What every subcommand is given, and how it hands its work over: flags first, work later.
//
// A file of this folder defines one `add_<name>_command`, which declares flags on the parser and, in the callback,
// puts the work into `context.action`. main.cpp runs the action once all flags are parsed, so that a wrong flag is a
// usage error (exit code 2) and everything after it is not.
#pragma once

#include <functional>
#include <string>

#include "host/run/progress.hpp"

namespace CLI {
class App;
}

namespace potentia {

/// Global options and what follows from them. Outlives every command.
struct CommandContext {
  bool quiet = false;              ///< no progress, no talk; warnings and errors only
  std::string log_format = "text"; ///< or "json": one JSON object a line on stderr
  int threads = 0;                 ///< as given, 0 = not; before the action runs: how many to use
  Progress progress;               ///< set up before the action runs; `progress.sink()` is what long work calls
  std::string command_line;        ///< as typed, for the log
  std::function<void()> action;    ///< the chosen command's work; throws potentia::Error
  int exit_code = 0;               ///< what the action wants the program to return
  bool threads_given = false;      ///< whether `threads` was
  /// Of an action that runs in several processes: what to do before an error is told,
  /// and instead of returning after it.
  std::function<bool()> before_failure;  ///< @return whether to tell it here
  std::function<void(int exit_code)> after_failure;
};

void add_init_command(CLI::App& app, CommandContext& context);
void add_check_command(CLI::App& app, CommandContext& context);
void add_import_command(CLI::App& app, CommandContext& context);
void add_synth_command(CLI::App& app, CommandContext& context);
void add_validate_command(CLI::App& app, CommandContext& context);
void add_info_command(CLI::App& app, CommandContext& context);
void add_solve_command(CLI::App& app, CommandContext& context);
void add_merge_command(CLI::App& app, CommandContext& context);
void add_scenario_command(CLI::App& app, CommandContext& context);
void add_backtest_command(CLI::App& app, CommandContext& context);
void add_draws_command(CLI::App& app, CommandContext& context);
void add_drilldown_command(CLI::App& app, CommandContext& context);
void add_atlas_command(CLI::App& app, CommandContext& context);
void add_export_command(CLI::App& app, CommandContext& context);
void add_compare_command(CLI::App& app, CommandContext& context);
void add_nightly_command(CLI::App& app, CommandContext& context);
void add_backends_command(CLI::App& app, CommandContext& context);
void add_config_command(CLI::App& app, CommandContext& context);
void add_generate_command(CLI::App& app, CommandContext& context);

}  // namespace potentia
