// potentia info: what a world or result file holds, on stdout.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "host/commands/command.hpp"
#include "host/model/summary.hpp"
#include "host/run/standard_output.hpp"
#include "io/result/result_read.hpp"
#include "io/world/world_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct InfoFlags {
  std::string file;
  std::vector<std::string> pair;
};

void describe_result(const InfoFlags& flags) {
  const ResultSummary summary = read_result_summary(flags.file);
  print_line(flags.file + ": a result of potentia");
  print_lines(summary_lines(summary));
  if (!flags.pair.empty()) print_lines(pair_lines(summary, flags.pair[0], flags.pair[1]));
  print_lines(notice_lines(summary.notices));
  if (!summary.run.empty()) print_line("run     " + summary.run);
}

void run_info(const InfoFlags& flags) {
  if (!flags.pair.empty() && flags.pair.size() != 2) {
    throw Error(ErrorKind::usage, "--pair takes an exporter and a market", "", "say --pair LAO,CHN");
  }
  if (file_kind(flags.file) == FileKind::result) {
    describe_result(flags);
  } else {
    if (!flags.pair.empty()) throw Error(ErrorKind::usage, "--pair is for result files", flags.file, "leave it out");
    print_line(flags.file + ": a world for potentia");
    for (const auto& [label, value] : describe_world(read_world(flags.file)))
      print_line(fmt::format("{:<14} {}", label, value));
  }
}

}  // namespace

void add_info_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<InfoFlags>();
  CLI::App* command = app.add_subcommand("info", "Say what a world or result file holds");
  command->add_option("file", flags->file, "world.h5 or result.h5")->required();
  command->add_option("--pair", flags->pair, "Of a result: also one exporter and market, LAO,CHN")->delimiter(',');
  command->callback([flags, &context] { context.action = [flags] { run_info(*flags); }; });
}

}  // namespace potentia
