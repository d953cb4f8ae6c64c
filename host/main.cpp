// potentia: flags in, exit code out. The work is in commands/.
#include <omp.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/commands/usage.hpp"
#include "host/run/log.hpp"
#include "host/run/signals.hpp"
#include "host/run/standard_output.hpp"
#include "host/run/threads.hpp"
#include "host/version.hpp"
#include "kernels/error.hpp"

namespace {

using namespace potentia;

constexpr int usage_error = static_cast<int>(ErrorKind::usage);
constexpr int resource_error = static_cast<int>(ErrorKind::resources);

void add_global_flags(CLI::App& app, CommandContext& context) {
  app.fallthrough();  // global flags may follow the subcommand
  app.require_subcommand(1);
  app.add_flag("-q,--quiet", context.quiet, "No progress and no talk: warnings and errors only");
  app.add_option("--log-format", context.log_format, "How to talk on stderr: text, or json for batch systems")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("-j,--threads", context.threads, "Worker threads; 0 = OMP_NUM_THREADS, else all cores that this process may use")
      ->check(CLI::Range(0, 4096));
  std::string version = std::string("potentia ") + program_version();
  if (*program_commit() != '\0') version += std::string(" (") + program_commit() + ")";
  app.set_version_flag("--version", version);
}

void add_commands(CLI::App& app, CommandContext& context) {
  add_init_command(app, context);
  add_check_command(app, context);
  add_import_command(app, context);
  add_synth_command(app, context);
  add_validate_command(app, context);
  add_info_command(app, context);
  add_solve_command(app, context);
  add_merge_command(app, context);
  add_scenario_command(app, context);
  add_backtest_command(app, context);
  add_draws_command(app, context);
  add_drilldown_command(app, context);
  add_atlas_command(app, context);
  add_export_command(app, context);
  add_compare_command(app, context);
  add_nightly_command(app, context);
  add_backends_command(app, context);
  add_config_command(app, context);
  add_generate_command(app, context);
}

void prepare(CommandContext& context) {
  const bool json = context.log_format == "json";
  start_logging(json, context.quiet);
  if (!context.quiet) {
    const bool bar = !json && isatty(STDERR_FILENO) != 0;
    context.progress.set_style(bar ? ProgressStyle::bar : ProgressStyle::lines);
  }
  set_before_message([](void* progress) { static_cast<Progress*>(progress)->finish(); }, &context.progress);
  context.threads_given = context.threads != 0;
  if (!context.threads_given) context.threads = default_threads();
  omp_set_num_threads(context.threads);
}

int run(int argc, char** argv, CommandContext& context) {
  CLI::App app("The world's export potential, for every exporter, market and product", "potentia");
  add_global_flags(app, context);
  add_commands(app, context);
  const std::vector<std::string> arguments = with_whole_lists(app, {argv + 1, argv + argc});
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // it takes them from the end
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      std::ostringstream text;
      app.exit(error, text, text);
      print_text(text.str());
      finish_standard_output();
      return 0;
    }
    start_logging(context.log_format == "json", false);
    log_error(usage_complaint(app, arguments, error.what()), usage_error);
    return usage_error;
  }
  prepare(context);
  context.action();
  finish_standard_output();
  return context.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  install_signal_handlers();
  CommandContext context;
  int code = 0;
  const auto fail = [&](const std::string& text, int exit_code) {
    if (!context.before_failure || context.before_failure()) log_error(text, exit_code);
    if (context.after_failure) context.after_failure(exit_code);
    code = exit_code;
  };
  try {
    code = run(argc, argv, context);
  } catch (const Error& error) {
    fail(error.what(), error.exit_code());
  } catch (const std::bad_alloc&) {
    fail("out of memory; free memory or restrict the run with --exporters", resource_error);
  } catch (const std::exception& error) {
    fail(std::string("unexpected: ") + error.what() + "; please report it with the command that you ran",
         static_cast<int>(ErrorKind::internal));
  }
  context.progress.finish();
  set_before_message(nullptr, nullptr);
  return code;
}
