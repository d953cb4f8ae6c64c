// potentia atlas: the whole world's potential as a site of static files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/atlas/atlas.hpp"
#include "host/commands/backend_flag.hpp"
#include "host/commands/command.hpp"
#include "host/commands/list_flag.hpp"
#include "host/model/groups.hpp"
#include "host/model/parties.hpp"
#include "host/model/summary.hpp"
#include "host/run/log.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

struct AtlasFlags {
  std::string world, output, title, logo, settings, groups, backend;
  std::vector<std::string> exporters, markets, names;
  std::int64_t cells = -1;  // -1 = not given
};

void run_atlas(const AtlasFlags& flags, CommandContext& context) {
  Settings settings = flags.settings.empty() ? Settings{} : read_settings(flags.settings);
  if (flags.cells >= 0) settings.cells.top = flags.cells;
  auto groups = read_groups(flags.groups.empty() ? settings.drilldown.groups : flags.groups);
  const auto backend = make_backend(backend_choice(flags.backend), context.threads);
  const World world = read_world(flags.world);

  const Parties parties(world.countries, groups);
  std::vector<Notice> notices;
  atlas::AtlasRequest request;
  request.exporters = parties.indices(flags.exporters, "--exporters", notices);
  request.markets = parties.indices(flags.markets, "--markets", notices);
  request.groups = std::move(groups);
  request.title = flags.title;
  request.folder = flags.output;
  if (!flags.logo.empty()) request.logo = atlas::read_logo(flags.logo);
  request.languages = atlas::read_languages(flags.names, world);
  for (const atlas::Language& language : request.languages)
    notices.insert(notices.end(), language.names.notices.begin(), language.names.notices.end());
  const atlas::AtlasReport report = atlas::write_atlas(world, settings, request, *backend, context.progress.sink());

  context.progress.finish();
  for (const std::string& line : notice_lines(notices)) log_info(line);
  log_info(fmt::format("{} exporters, {} markets, {} products, {} cells: {} files, {:.1f} MB", report.exporters,
                       report.markets, report.products, report.cells, report.files,
                       static_cast<double>(report.bytes) / 1e6));
  log_info(fmt::format("the atlas: {}", (std::filesystem::path(flags.output) / "index.html").string()));
}

}  // namespace

void add_atlas_command(CLI::App& app, CommandContext& context) {
  auto flags = std::make_shared<AtlasFlags>();
  CLI::App* command = app.add_subcommand("atlas", "The whole world's potential as a site that opens offline");
  command->add_option("world", flags->world, "World file, made by import or synth")->required();
  command
      ->add_option("-o,--output", flags->output, "Folder of the site: a new or empty one, or an older atlas to replace")
      ->required();
  add_list_flag(*command, "--exporters", flags->exporters,
                "Exporters that get pages: LAO,KHM, ASEAN …; all where not given");
  add_list_flag(*command, "--markets", flags->markets, "Markets that get pages, likewise");
  command
      ->add_option("--cells", flags->cells,
                   "Largest unrealised cells listed of each exporter, 0 = all that qualify; beats cells.top")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--title", flags->title, "Title of the site; the world's where not given");
  command->add_option("--logo", flags->logo, "Picture beside the title: PNG, JPEG or SVG of at most 1 MB");
  command
      ->add_option("--names", flags->names,
                   "Names in another language to choose on the site: fr=names.csv, a table of code and name; repeatable")
      ->type_name("LANG=FILE")
      ->allow_extra_args(false);
  command->add_option("--settings", flags->settings, "Settings as TOML; see potentia config --defaults");
  command->add_option("--groups", flags->groups, "Groups of your own, as in configs/groups.toml");
  add_backend_flag(*command, flags->backend);
  command->callback([flags, &context] { context.action = [flags, &context] { run_atlas(*flags, context); }; });
}

}  // namespace potentia
