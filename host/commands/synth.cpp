// potentia synth: a made-up world of any size, as world.h5 and as the files people download.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "host/commands/command.hpp"
#include "host/run/log.hpp"
#include "host/synth/synth.hpp"
#include "io/world/csv_export.hpp"
#include "io/world/world_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct SynthFlags {
  SynthOptions options;
  std::string output;
  std::string csv_folder;
};

void run_synth(const SynthFlags& flags) {
  if (flags.output.empty() && flags.csv_folder.empty()) {
    throw Error(ErrorKind::usage, "nothing to write", "", "name a file with -o or a folder with --csv");
  }
  const World world = make_synthetic_world(flags.options);
  std::uint64_t flows = 0;
  for (const TradeYear& trade : world.trade) flows += trade.value.size();
  log_info(fmt::format("made up {} countries, {} products and {} flows in {} {}; seed {}", world.country_count(),
                       world.product_count(), with_thousands(flows), world.trade.size(),
                       world.trade.size() == 1 ? "year" : "years", flags.options.seed));
  if (!flags.csv_folder.empty()) {
    const double flushing = export_csv(world, flags.csv_folder, "synth");
    log_info(fmt::format("wrote {}/world.toml and its tables; waited {:.2f} s for the disk", flags.csv_folder,
                         flushing));
  }
  if (!flags.output.empty()) {
    const double flushing = write_world(flags.output, world);
    log_info(fmt::format("wrote {}; waited {:.2f} s for the disk", flags.output, flushing));
  }
}

}  // namespace

void add_synth_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<SynthFlags>();
  CLI::App* command = app.add_subcommand("synth", "Make up a world with the shape of the real one");
  SynthOptions& options = flags->options;
  command->add_option("-o,--output", flags->output, "The world, as HDF5");
  command->add_option("--csv", flags->csv_folder, "Folder for the same as tables, with world.toml to import them");
  command->add_option("--countries", options.countries, "Countries, real ones up to 226 and made-up ones beyond")
      ->check(CLI::Range(2, SynthOptions::max_countries))
      ->capture_default_str();
  command->add_option("--products", options.products, "Products, with codes like those of HS")
      ->check(CLI::Range(1, SynthOptions::max_products))
      ->capture_default_str();
  command->add_option("--years", options.years, "Years of trade, the last of them 2024")
      ->check(CLI::Range(1, SynthOptions::max_years))
      ->capture_default_str();
  command->add_option("--density", options.density, "Share of the cells that trade in a year, up to 0.9")
      ->capture_default_str();
  command->add_option("--seed", options.seed, "Another seed is another world; the same is the same, to the bit")
      ->capture_default_str();
  command->callback([flags, &context] {
    context.action = [flags] { run_synth(*flags); };
  });
}

}  // namespace potentia
