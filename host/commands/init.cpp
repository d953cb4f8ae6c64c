// potentia init: a manifest to begin with, which says where each file comes from.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "host/commands/command.hpp"
#include "host/model/data_sources.hpp"
#include "host/run/log.hpp"
#include "io/output_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

void run_init(const std::string& folder) {
  const std::filesystem::path manifest = std::filesystem::path(folder) / "manifest.toml";
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(manifest, error))) {
    throw Error(ErrorKind::usage, "there is a manifest already", manifest.string(),
                "choose another folder, or edit that one");
  }
  std::filesystem::create_directories(folder, error);
  if (error) throw input_error("cannot make the folder: " + error.message(), folder, "choose another");
  write_output(manifest.string(), manifest_template());
  log_info(fmt::format(
      "{0}: names the files of a world and where they come from; `potentia check {0}` says which are missing",
      manifest.string()));
}

}  // namespace

void add_init_command(CLI::App& app, CommandContext& context) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("init", "Write a manifest that says which files to download, and where");
  command->add_option("folder", *folder, "Where to write manifest.toml; made if it is not there")->required();
  command->callback([folder, &context] { context.action = [folder] { run_init(*folder); }; });
}

}  // namespace potentia
