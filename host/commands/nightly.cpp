// potentia nightly: what a configuration lists, brought up to date unattended.
#include "host/nightly/nightly.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "host/commands/command.hpp"

namespace potentia {

void add_nightly_command(CLI::App& app, CommandContext& context) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("nightly", "Bring worlds, results and reports up to date, unattended");
  command->add_option("config", *path, "What to do, as TOML; see configs/nightly.toml")->required();
  command->callback([path, &context] {
    context.action = [path, &context] {
      context.exit_code = nightly::run_nightly(nightly::read_config(*path), context.threads);
    };
  });
}

}  // namespace potentia
