// See backend_flag.hpp.
#include "host/commands/backend_flag.hpp"

#include <CLI/CLI.hpp>

namespace potentia {

void add_backend_flag(CLI::App& command, std::string& name) {
  name = "auto";
  command.add_option("--backend", name, "Where to compute: auto, cpu or cuda")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
}

BackendChoice backend_choice(const std::string& name) {
  if (name == "cpu") return BackendChoice::cpu;
  return name == "cuda" ? BackendChoice::cuda : BackendChoice::automatic;
}

}  // namespace potentia
