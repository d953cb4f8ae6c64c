// potentia check: what a world will be made of, before it is made.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "host/commands/reading.hpp"
#include "host/model/coverage_lines.hpp"
#include "host/model/data_sources.hpp"
#include "host/model/file_lines.hpp"
#include "host/model/summary.hpp"
#include "host/run/standard_output.hpp"
#include "io/import/manifest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

std::vector<Notice> of_kind(const std::vector<Notice>& notices, const std::string& kind) {
  std::vector<Notice> found;
  std::copy_if(notices.begin(), notices.end(), std::back_inserter(found),
               [&kind](const Notice& notice) { return notice.kind == kind; });
  return found;
}

/// Every file that is not there, with what to download.
void require_files(const std::string& manifest) {
  std::vector<MissingFile> missing;
  read_manifest(manifest, &missing);
  if (missing.empty()) return;
  print_lines(missing_lines(missing));
  finish_standard_output();
  throw input_error(missing.size() == 1 ? "1 file is missing" : fmt::format("{} files are missing", missing.size()),
                    manifest, "download what is listed, or correct the names");
}

void run_check(const ReadingFlags& flags, CommandContext& context) {
  require_files(flags.manifest);
  ImportOptions options = reading_options(flags, context);
  ImportReport report;
  options.report = &report;
  World world;
  try {
    world = import_world(flags.manifest, options);
  } catch (const Error&) {
    context.progress.finish();
    print_lines(file_lines(report.files));  // what was right before it
    finish_standard_output();
    throw;
  }
  context.progress.finish();
  print_lines(file_lines(report.files));
  print_line("");
  print_lines(coverage_lines(world, report.coverage));
  print_line("");
  const std::vector<Notice> warnings = of_kind(world.notices, "warning"), drops = of_kind(world.notices, "drop");
  print_lines(notice_lines(warnings));
  print_lines(notice_lines(drops));
  print_line(fmt::format(
      "{}: {} countries, {} products ({}), {} flows in {} {}, base years {}, horizon {}; {} warning{}", flags.manifest,
      world.country_count(), with_thousands(world.product_count()), world.hs_revision,
      with_thousands(flow_count(world)), world.trade.size(), world.trade.size() == 1 ? "year" : "years",
      fmt::join(world.base_years, ", "), world.horizon_year, warnings.size(), warnings.size() == 1 ? "" : "s"));
}

}  // namespace

void add_check_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<ReadingFlags>();
  CLI::App* command =
      app.add_subcommand("check", "Say what import would make of a manifest's files, and which are missing");
  add_reading_flags(*command, *flags);
  command->callback([flags, &context] { context.action = [flags, &context] { run_check(*flags, context); }; });
}

}  // namespace potentia
