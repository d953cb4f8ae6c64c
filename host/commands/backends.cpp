// potentia backends: what this program can compute on, here.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "host/commands/command.hpp"
#include "host/run/standard_output.hpp"
#include "kernels/backend.hpp"

namespace potentia {

void add_backends_command(CLI::App& app, CommandContext& context) {
  CLI::App* command = app.add_subcommand("backends", "List what this program can compute on");
  command->callback([&context] {
    context.action = [] {
      for (const BackendInfo& backend : list_backends()) {
        print_line(fmt::format("{:<5} {:<13} {}", backend.name, backend.available ? "available" : "not available", backend.detail));
      }
    };
  });
}

}  // namespace potentia
