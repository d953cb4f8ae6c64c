// potentia generate: manual page and completions, for the build. Not shown to users.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "host/commands/command.hpp"
#include "host/commands/manual.hpp"
#include "host/run/standard_output.hpp"

namespace potentia {

void add_generate_command(CLI::App& app, CommandContext& context) {
  auto what = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("generate", "Print the manual page or a completion");
  command->group("");  // hidden
  command->add_option("what", *what, "man, bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}));
  command->callback([what, &app, &context] {
    context.action = [what, &app] { print_text(*what == "man" ? manual_page(app) : shell_completion(app, *what)); };
  });
}

}  // namespace potentia
