// potentia compare: whether two files say the same, or what differs.
#include <CLI/CLI.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "host/commands/command.hpp"
#include "host/compare/compare.hpp"
#include "host/run/standard_output.hpp"

namespace potentia {
namespace {

// What compare was asked for is done; what it found wants attention, as with nightly's alarm. 1 would be a fault of
// ours.
constexpr int differ = 10;

struct CompareFlags {
  std::string first, second, format = "text";
  double tolerance = 0;
  std::size_t top = 10;
  bool full = false;
};

void run_compare(const CompareFlags& flags, CommandContext& context) {
  hdf5::CompareOptions options;
  options.tolerance = flags.tolerance;
  options.full = flags.full;
  options.progress = context.progress.sink();
  const compare::Outcome outcome = compare::compare_files(flags.first, flags.second, options);
  context.progress.finish();
  if (flags.format == "json")
    print_text(compare::outcome_json(outcome, flags.top) + "\n");
  else
    print_lines(compare::outcome_lines(outcome, flags.top));
  if (!outcome.is_same()) context.exit_code = differ;
}

}  // namespace

void add_compare_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<CompareFlags>();
  CLI::App* command = app.add_subcommand(
      "compare", "Say whether two worlds or two results have the same contents (exit code 0) or what differs (10)");
  command->add_option("first", flags->first, "World or result")->required();
  command->add_option("second", flags->second, "Another one")->required();
  command
      ->add_option("--tolerance", flags->tolerance,
                   "Numbers are the same that differ by at most so much, relative from 1 upwards, absolute below; 0 = "
                   "to the bit")
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--full", flags->full, "Look at every number, also where digests and fingerprints are the same");
  command->add_option("--format", flags->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  command->add_option("--top", flags->top, "Name so many differences and movers of a kind")
      ->check(CLI::Range(0, 1000000));
  command->callback([flags, &context] { context.action = [flags, &context] { run_compare(*flags, context); }; });
}

}  // namespace potentia
