// potentia backends: what this program can compute on, here.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "host/commands/command.hpp"
#include "kernels/backend.hpp"

namespace potentia {

void add_backends_command(CLI::App& app, CommandContext& context) {
  CLI::App* command = app.add_subcommand("backends", "List what this program can compute on");
  command->callback([&context] {
    context.action = [] {
      for (const BackendInfo& backend : list_backends()) {
        fmt::print("{:<5} {:<13} {}\n", backend.name, backend.available ? "available" : "not available",
                   backend.detail);
      }
      std::fflush(stdout);
    };
  });
}

}  // namespace potentia
