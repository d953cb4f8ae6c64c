// potentia import: from the files people download to world.h5.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "host/commands/command.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/import/import.hpp"
#include "io/world/world_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct ImportFlags {
  std::string manifest;
  std::string output;
  std::string lenient;  // kinds, "all", or empty = none
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::uint64_t flow_count(const World& world) {
  std::uint64_t flows = 0;
  for (const TradeYear& trade : world.trade) flows += trade.value.size();
  return flows;
}

/// Every drop and note, a line each; warnings as such, so that they are told even to those who asked for quiet.
void tell_notices(const std::vector<Notice>& notices) {
  const std::vector<std::string> lines = notice_lines(notices);
  for (std::size_t i = 0; i < notices.size(); ++i) {
    // The log says "warning" itself.
    if (notices[i].kind == "warning") log_warning(lines[i].substr(lines[i].find_first_not_of(' ', notices[i].kind.size())));
    else log_info(lines[i]);
  }
}

LenientKinds lenient_kinds(const std::string& text) {
  LenientKinds kinds;
  std::string wrong;
  if (read_lenient_kinds(text, kinds, wrong)) return kinds;
  throw Error(ErrorKind::usage, fmt::format("no kind of faulty rows is called \"{}\"", wrong), "--lenient",
              fmt::format("known are {}", fmt::join(lenient_names(), ", ")));
}

void run_import(const ImportFlags& flags, CommandContext& context) {
  const auto start = std::chrono::steady_clock::now();
  std::error_code none;
  if (std::filesystem::equivalent(flags.output, flags.manifest, none)) {
    throw input_error("the output would replace the manifest", flags.output, "choose another name");
  }
  ImportOptions options;
  if (!flags.lenient.empty()) options.lenient = lenient_kinds(flags.lenient);
  options.threads = context.threads;
  options.progress = context.progress.sink();
  const World world = import_world(flags.manifest, options);
  const double reading = seconds_since(start);
  const double flushing = write_world(flags.output, world);
  context.progress.finish();
  tell_notices(world.notices);
  log_info(fmt::format("{}: {} countries, {} products, {} flows in {} {}, from {} files; {:.2f} s (reading {:.2f} s, "
                       "waiting for the disk {:.2f} s)",
                       flags.output, world.country_count(), world.product_count(), with_thousands(flow_count(world)),
                       world.trade.size(), world.trade.size() == 1 ? "year" : "years", world.sources.size(), seconds_since(start), reading, flushing));
}

}  // namespace

void add_import_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command = app.add_subcommand("import", "Read trade, distances, tariffs and the rest into one world file");
  command->add_option("manifest", flags->manifest, "TOML file that names the tables; paths in it are relative to it")
      ->required();
  command->add_option("-o,--output", flags->output, "The world, as HDF5")->required();
  command
      ->add_option("--lenient", flags->lenient,
                   fmt::format("Drop and count faulty rows of trade files instead of refusing them: all kinds, or some of {}",
                               fmt::join(lenient_names(), ",")))
      ->expected(0, 1)
      ->default_str("all")
      ->type_name("KINDS");
  command->callback([flags, &context] {
    context.action = [flags, &context] { run_import(*flags, context); };
  });
}

}  // namespace potentia
