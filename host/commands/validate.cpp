// potentia validate: whether a world or result file is whole and says what io/README.md promises.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "host/commands/command.hpp"
#include "host/model/summary.hpp"
#include "host/run/standard_output.hpp"
#include "io/result/result_read.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

void run_validate(const std::string& path) {
  std::vector<Notice> findings;
  const bool is_result = file_kind(path) == FileKind::result;
  if (is_result) {
    check_result(path);
  } else {
    findings = validate_world(path);
  }
  print_lines(notice_lines(findings));
  if (content_digest(path).empty()) print_line(path + ": no content digest (not written by this program): its numbers cannot be compared");
  print_line(fmt::format("{}: a valid {} file{}", path, is_result ? "result" : "world",
             findings.empty() ? "" : fmt::format(", {} warning{}", findings.size(), findings.size() == 1 ? "" : "s")));
}

}  // namespace

void add_validate_command(CLI::App& app, CommandContext& context) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("validate", "Check a world or result file");
  command->add_option("file", *path, "world.h5 or result.h5")->required();
  command->callback([path, &context] { context.action = [path] { run_validate(*path); }; });
}

}  // namespace potentia
