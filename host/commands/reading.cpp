// See reading.hpp.
#include "host/commands/reading.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "kernels/error.hpp"

namespace potentia {

void add_reading_flags(CLI::App& command, ReadingFlags& flags) {
  command.add_option("manifest", flags.manifest, "TOML file that names the tables; paths in it are relative to it")
      ->required();
  command
      .add_option(
          "--lenient", flags.lenient,
          fmt::format("Drop and count faulty rows of trade files instead of refusing them: all kinds, or some of {}",
                      fmt::join(lenient_names(), ",")))
      ->expected(0, 1)
      ->default_str("all")
      ->type_name("KINDS");
}

ImportOptions reading_options(const ReadingFlags& flags, CommandContext& context) {
  ImportOptions options;
  std::string wrong;
  if (!flags.lenient.empty() && !read_lenient_kinds(flags.lenient, options.lenient, wrong)) {
    throw Error(ErrorKind::usage, fmt::format("no kind of faulty rows is called \"{}\"", wrong), "--lenient",
                fmt::format("known are {}", fmt::join(lenient_names(), ", ")));
  }
  options.threads = context.threads;
  options.progress = context.progress.sink();
  return options;
}

std::uint64_t flow_count(const World& world) {
  std::uint64_t flows = 0;
  for (const TradeYear& trade : world.trade) flows += trade.value.size();
  return flows;
}

void tell_notices(const std::vector<Notice>& notices) {
  const std::vector<std::string> lines = notice_lines(notices);
  for (std::size_t i = 0; i < notices.size(); ++i) {
    // The log says "warning" itself.
    if (notices[i].kind == "warning")
      log_warning(lines[i].substr(lines[i].find_first_not_of(' ', notices[i].kind.size())));
    else
      log_info(lines[i]);
  }
}

}  // namespace potentia
