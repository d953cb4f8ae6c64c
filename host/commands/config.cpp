// potentia config --defaults
#include <CLI/CLI.hpp>
#include <memory>

#include "host/commands/command.hpp"
#include "host/run/standard_output.hpp"
#include "io/settings.hpp"
#include "kernels/error.hpp"

namespace potentia {

void add_config_command(CLI::App& app, CommandContext& context) {
  auto defaults = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("config", "Print settings");
  command->add_flag("--defaults", *defaults, "Print the commented file of all settings with their defaults");
  command->callback([defaults, &context] {
    context.action = [defaults] {
      if (!*defaults) throw Error(ErrorKind::usage, "nothing to print", "", "say potentia config --defaults");
      print_text(default_settings_toml());
    };
  });
}

}  // namespace potentia
