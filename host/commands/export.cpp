// potentia export: a table of result.h5 as a file for spreadsheets and statistics programs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/export/tidy.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/export/export_file.hpp"
#include "io/result/result_group.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct ExportFlags {
  std::string result, table, output, groups;
  std::vector<std::string> exporters, markets;
  bool for_excel = false, without_zeros = false;
};

/// Positions along an axis of the countries that a flag names; none for all.
std::vector<std::int32_t> positions(const ResultGroup& group, ResultAxis axis, const std::string& groups,
                                    const std::vector<std::string>& typed, const std::string& flag,
                                    std::vector<Notice>& notices) {
  std::vector<Country> countries;
  const ResultLabels& labels = group.axis(axis);
  for (std::size_t n = 0; n < labels.codes.size(); ++n) countries.push_back({labels.codes[n], "", labels.names[n]});
  const std::string noun = axis == ResultAxis::exporter ? "exporter" : "market";
  return Parties(std::move(countries), read_groups(groups), noun + " of the result").indices(typed, flag, notices);
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

void run_export(const ExportFlags& flags, CommandContext& context) {
  const auto start = std::chrono::steady_clock::now();
  const ExportForm form = export_form(flags.output);
  if (flags.for_excel && (form == ExportForm::xlsx || form == ExportForm::dta))
    throw Error(ErrorKind::usage, "--excel is for text", flags.output, "leave it out, or end the name in .csv");
  std::error_code none;
  if (std::filesystem::equivalent(flags.output, flags.result, none))
    throw input_error("the output would replace an input", flags.output, "choose another name");

  ResultGroup group = read_result_group(flags.result, flags.table);
  std::vector<Notice> notices;
  exports::Choice choice;
  choice.exporters = positions(group, ResultAxis::exporter, flags.groups, flags.exporters, "--exporters", notices);
  choice.markets = positions(group, ResultAxis::market, flags.groups, flags.markets, "--markets", notices);
  choice.without_zeros = flags.without_zeros;
  std::string chosen;
  if (!flags.exporters.empty()) chosen += "exporters " + joined(flags.exporters);
  if (!flags.markets.empty()) chosen += (chosen.empty() ? "" : ", ") + ("markets " + joined(flags.markets));
  if (flags.without_zeros) chosen += std::string(chosen.empty() ? "" : ", ") + "rows with some value";

  auto about = exports::about_result(group.origin, std::filesystem::path(flags.result).filename().string(), chosen);
  TidyTable table = exports::tidy_table(std::move(group), choice);
  table.about = std::move(about);
  ExportOptions options;
  options.for_excel = flags.for_excel;
  options.threads = context.threads;
  options.progress = context.progress.sink();
  const ExportReport report = write_export(flags.output, table, options);

  context.progress.finish();
  for (const std::string& line : notice_lines(notices)) log_info(line);
  if (report.sheets > 1)
    log_info(fmt::format("{} rows are more than a sheet holds: they fill {} sheets", with_thousands(table.rows),
                         report.sheets));
  if (flags.for_excel && table.rows >= most_sheet_rows)
    log_warning(
        fmt::format("Excel shows only the first {} of {} rows; choose --exporters or --markets, or write .xlsx, which "
                    "goes on in another sheet",
                    with_thousands(most_sheet_rows - 1), with_thousands(table.rows)));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  log_info(fmt::format("{}: {} rows, {:.1f} MB in {:.2f} s, of which {:.2f} s waiting for the disk", flags.output,
                       with_thousands(table.rows), static_cast<double>(report.bytes) / 1e6, seconds,
                       report.flush_seconds));
}

}  // namespace

void add_export_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* command =
      app.add_subcommand("export", "Write a table of a result as .csv, .csv.gz, .csv.zst, .xlsx or .dta");
  command->add_option("result", flags->result, "Result file, made by solve")->required();
  command->add_option("--table", flags->table, "Which table")->required()->check(CLI::IsMember(result_groups));
  command->add_option("-o,--output", flags->output, "File to write; the end of its name says which kind")->required();
  add_list_flag(*command, "--exporters", flags->exporters,
                "Only these exporters: LAO,KHM, names, or groups such as ASEAN");
  add_list_flag(*command, "--markets", flags->markets, "Only these markets, likewise");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  command->add_flag("--nonzero", flags->without_zeros, "Leave out rows in which every value is 0");
  command->add_flag("--excel", flags->for_excel, "Of .csv: so that Excel reads names and codes as they are");
  command->callback([flags, &context] { context.action = [flags, &context] { run_export(*flags, context); }; });
}

}  // namespace potentia
