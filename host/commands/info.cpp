// potentia info: what a world or result file holds, on stdout.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/backtest/summary.hpp"
#include "host/draws/summary.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/standard_output.hpp"
#include "io/result/backtest_file.hpp"
#include "io/result/draws_read.hpp"
#include "io/result/result_read.hpp"
#include "io/result/scenario_read.hpp"
#include "io/world/world_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct InfoFlags {
  std::string file, groups;
  std::vector<std::string> pair;
};

/// The two sides of --pair: one argument cut at its comma, or --pair given once for each.
std::vector<std::string> sides_of(const std::vector<std::string>& pair) {
  std::vector<std::string> sides = pair.size() == 2 ? pair : parts_between_commas(joined_words(pair));
  if (sides.size() != 2) {
    throw Error(ErrorKind::usage, "--pair takes an exporter and a market", "",
                "say --pair LAO,CHN, or --pair once for each side");
  }
  return sides;
}

std::vector<std::string> describe_pair(const InfoFlags& flags, const ResultSummary& summary) {
  const std::vector<std::string> sides = sides_of(flags.pair);
  const auto groups = read_groups(flags.groups);
  std::vector<Notice> notices;
  const Party exporter = Parties(countries_of(summary.exporters, summary.exporter_names), groups, "exporter of the result")
                             .find(sides[0], "--pair", notices);
  const Party market = Parties(countries_of(summary.markets, summary.market_names), groups, "market of the result")
                           .find(sides[1], "--pair", notices);
  std::vector<std::string> lines = pair_lines(summary, exporter, market);
  for (std::string& line : notice_lines(notices)) lines.push_back(std::move(line));
  return lines;
}

void describe_result(const InfoFlags& flags) {
  const ResultSummary summary = read_result_summary(flags.file);
  const std::vector<std::string> pair = flags.pair.empty() ? std::vector<std::string>{} : describe_pair(flags, summary);
  print_line(flags.file + ": a result of potentia");
  print_lines(summary_lines(summary));
  print_lines(pair);
  print_lines(notice_lines(summary.notices));
  if (!summary.run.empty()) print_line("run     " + summary.run);
}

void describe_scenarios(const InfoFlags& flags) {
  const ScenarioFileSummary summary = read_scenario_summary(flags.file);
  print_line(flags.file + ": scenarios of a world of potentia");
  print_line(fmt::format("{} exporters x {} markets, base years {}, horizon {}", summary.exporters, summary.markets,
                         fmt::join(summary.base_years, ", "), summary.horizon_year));
  print_lines(summary.assumptions);
  print_line(fmt::format("{:<40}{:>20}{:>20}{:>20}", "potential at the horizon, USD million", "baseline", "scenario", "difference"));
  for (std::size_t s = 0; s < summary.scenarios.size(); ++s)
    print_line(fmt::format("{:<40}{:>20.3f}{:>20.3f}{:>20.3f}", summary.scenarios[s].empty() ? "all pairs" : summary.scenarios[s],
                           summary.baseline[s] / 1e6, summary.scenario[s] / 1e6, (summary.scenario[s] - summary.baseline[s]) / 1e6));
  for (std::size_t s = 0; s < summary.rank_correlation.size(); ++s)
    if (!std::isnan(summary.rank_correlation[s]))
      print_line(fmt::format("{}rank correlation of unrealised potential by product {:.4f}",
                             summary.scenarios[s].empty() ? "" : summary.scenarios[s] + ": ", summary.rank_correlation[s]));
  print_lines(summary.rank_changes);
  if (!summary.digest.empty()) print_line("digest  " + summary.digest);
  print_line("run     " + summary.run);
}

void describe_draws(const InfoFlags& flags) {
  const DrawsFileSummary summary = read_draws_summary(flags.file);
  print_line(flags.file + ": draws of a world of potentia");
  print_line(fmt::format("{} draws, seed {}, {} exporters x {} markets, {} listed cells, base years {}, horizon {}", summary.draws,
                         summary.seed, summary.exporters, summary.markets, summary.cells, fmt::join(summary.base_years, ", "),
                         summary.horizon_year));
  print_lines(uncertainty_lines(summary.uncertainty));
  print_line("digest  " + summary.digest);
  print_line("run     " + summary.run);
}

void run_info(const InfoFlags& flags) {
  const FileKind kind = file_kind(flags.file);
  if (kind == FileKind::result) {
    describe_result(flags);
    return;
  }
  if (!flags.pair.empty()) throw Error(ErrorKind::usage, "--pair is for result files", flags.file, "leave it out");
  if (kind == FileKind::scenario) {
    describe_scenarios(flags);
  } else if (kind == FileKind::draws) {
    describe_draws(flags);
  } else if (kind == FileKind::backtest) {
    print_line(flags.file + ": a back-test of potentia");
    print_lines(backtest_lines(read_backtest(flags.file)));
    print_line("digest  " + content_digest(flags.file));
  } else {
    print_line(flags.file + ": a world for potentia");
    for (const auto& [label, value] : describe_world(read_world(flags.file)))
      print_line(fmt::format("{:<14} {}", label, value));
  }
}

}  // namespace

void add_info_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<InfoFlags>();
  CLI::App* command = app.add_subcommand("info", "Say what a world, result, scenario, back-test or draws file holds");
  command->add_option("file", flags->file, "world.h5, result.h5, scenario.h5, backtest.h5 or draws.h5")->required();
  add_list_flag(*command, "--pair", flags->pair, "Of a result: also one exporter and one market, LAO,CHN, or groups of them");
  command->add_option("--groups", flags->groups, "Groups of your own for --pair, as in configs/groups.toml");
  command->callback([flags, &context] { context.action = [flags] { run_info(*flags); }; });
}

}  // namespace potentia
