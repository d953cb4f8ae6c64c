// potentia import: from the files people download to world.h5.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

#include "host/commands/reading.hpp"
#include "host/model/coverage_lines.hpp"
#include "host/run/log.hpp"
#include "io/world/world_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct ImportFlags {
  ReadingFlags reading;
  std::string output;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Notices, then the table of coverage. Who does not see the table, because of --quiet or because a program reads
/// along, gets its lines as warnings.
void tell(const World& world, const std::vector<Coverage>& coverage, const CommandContext& context) {
  std::vector<Notice> notices = world.notices;
  const bool as_table = !context.quiet && context.log_format == "text";
  if (as_table) {
    const auto is_coverage = [](const Notice& notice) { return notice.rule.compare(0, 9, "coverage.") == 0; };
    notices.erase(std::remove_if(notices.begin(), notices.end(), is_coverage), notices.end());
  }
  tell_notices(notices);
  if (!as_table) return;
  for (const std::string& line : short_coverage_lines(coverage)) log_info(line);
}

void run_import(const ImportFlags& flags, CommandContext& context) {
  const auto start = std::chrono::steady_clock::now();
  std::error_code none;
  if (std::filesystem::equivalent(flags.output, flags.reading.manifest, none)) {
    throw input_error("the output would replace the manifest", flags.output, "choose another name");
  }
  ImportOptions options = reading_options(flags.reading, context);
  ImportReport report;
  options.report = &report;
  const World world = import_world(flags.reading.manifest, options);
  const double reading = seconds_since(start);
  const double flushing = write_world(flags.output, world);
  context.progress.finish();
  tell(world, report.coverage, context);
  log_info(fmt::format(
      "{}: {} countries, {} products, {} flows in {} {}, from {} files; {:.2f} s (reading {:.2f} s, "
      "waiting for the disk {:.2f} s)",
      flags.output, world.country_count(), world.product_count(), with_thousands(flow_count(world)), world.trade.size(),
      world.trade.size() == 1 ? "year" : "years", world.sources.size(), seconds_since(start), reading, flushing));
}

}  // namespace

void add_import_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command = app.add_subcommand("import", "Read trade, distances, tariffs and the rest into one world file");
  add_reading_flags(*command, flags->reading);
  command->add_option("-o,--output", flags->output, "The world, as HDF5")->required();
  command->callback([flags, &context] { context.action = [flags, &context] { run_import(*flags, context); }; });
}

}  // namespace potentia
