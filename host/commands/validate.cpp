// potentia validate: whether a world, result, scenario or back-test file is whole and says what io/README.md promises.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "host/commands/command.hpp"
#include "host/model/summary.hpp"
#include "host/run/standard_output.hpp"
#include "io/result/backtest_file.hpp"
#include "io/result/draws_read.hpp"
#include "io/result/result_read.hpp"
#include "io/result/scenario_read.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

void run_validate(const std::string& path) {
  std::vector<Notice> findings;
  const FileKind kind = file_kind(path);
  const char* name = "world";
  if (kind == FileKind::result) {
    name = "result";
    check_result(path);
  } else if (kind == FileKind::scenario) {
    name = "scenario";
    check_scenarios(path);
  } else if (kind == FileKind::draws) {
    name = "draws";
    check_draws(path);
  } else if (kind == FileKind::backtest) {
    name = "back-test";
    check_backtest(path);
  } else {
    findings = validate_world(path);
  }
  print_lines(notice_lines(findings));
  if (content_digest(path).empty()) print_line(path + ": no content digest (not written by this program): its numbers cannot be compared");
  print_line(fmt::format("{}: a valid {} file{}", path, name,
             findings.empty() ? "" : fmt::format(", {} warning{}", findings.size(), findings.size() == 1 ? "" : "s")));
}

}  // namespace

void add_validate_command(CLI::App& app, CommandContext& context) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("validate", "Check a world, result, scenario, back-test or draws file");
  command->add_option("file", *path, "world.h5, result.h5, scenario.h5, backtest.h5 or draws.h5")->required();
  command->callback([path, &context] { context.action = [path] { run_validate(*path); }; });
}

}  // namespace potentia
