// See atlas.hpp.
#include "host/atlas/atlas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "host/atlas/chunks.hpp"
#include "host/atlas/finder_chunks.hpp"
#include "host/atlas/pair_walk.hpp"
#include "host/atlas/site/assets.hpp"
#include "host/atlas/site_data.hpp"
#include "host/atlas/site_folder.hpp"
#include "host/model/short_names.hpp"
#include "host/model/solver.hpp"
#include "host/version.hpp"
#include "io/printable.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::atlas {
namespace {

/// [countries] 1 for those asked for, or for all that have trade or potential on that side.
std::vector<char> pages(const Solution& solution, const std::vector<std::int32_t>& asked, bool exporters) {
  const std::size_t countries = solution.axes.exporters.size();
  std::vector<char> has(countries, 0);
  for (const std::int32_t country : asked) has[country] = 1;
  if (!asked.empty()) return has;
  const auto& columns = solution.margins.pair.columns;
  for (std::size_t i = 0; i < countries; ++i)
    for (std::size_t j = 0; j < countries; ++j)
      if (columns[column_actual][i * countries + j] > 0.0 || columns[column_potential][i * countries + j] > 0.0)
        has[exporters ? i : j] = 1;
  return has;
}

/// Products by the first two digits of their code.
void make_groups(SiteData& site) {
  std::map<std::string, std::int32_t> known;
  for (std::size_t k = 0; k < site.products(); ++k) {
    const std::string digits = site.product(k).code.substr(0, 2);
    const auto [found, inserted] = known.emplace(digits, static_cast<std::int32_t>(site.groups.size()));
    if (inserted) site.groups.push_back(file_name(digits, site.groups.size()));
    site.group_of.push_back(found->second);
  }
}

/// Runs make(0) … make(count − 1), several at a time, and writes what they return in order: no more than a few texts
/// are held at once.
template <class Make, class Name>
void write_many(SiteFolder& folder, std::size_t count, int threads, const Make& make, const Name& name) {
  const std::size_t at_once = static_cast<std::size_t>(threads) * 4;
  for (std::size_t first = 0; first < count; first += at_once) {
    const std::int64_t block = static_cast<std::int64_t>(std::min(at_once, count - first));
    std::vector<std::string> texts(static_cast<std::size_t>(block));
    std::string* text = texts.data();
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (std::int64_t at = 0; at < block; ++at) text[at] = make(first + static_cast<std::size_t>(at));
    for (std::size_t at = 0; at < texts.size(); ++at)
      if (!texts[at].empty()) folder.write(name(first + at), texts[at]);
    check_interrupted();
  }
}

/// A page with what stands between {{ and }} put in its place; what is put there is not looked through again.
std::string filled(std::string_view page, const std::map<std::string_view, std::string>& parts) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t open = page.find("{{", at), close = page.find("}}", open);
    if (close == page.npos) return out.append(page.substr(at));
    out.append(page.substr(at, open - at)).append(parts.at(page.substr(open + 2, close - open - 2)));
    at = close + 2;
  }
}

/// The picture beside the title; its size makes room for it before it is there.
std::string logo_element(const Logo& logo, const std::string& title) {
  if (logo.bytes.empty()) return {};
  std::string size;
  if (logo.width > 0) size = fmt::format(" width=\"{:.0f}\" height=\"{:.0f}\"", logo.width * 1000 / logo.height, 1000.0);
  return fmt::format("<img class=\"logo\" src=\"assets/logo.{}\" alt=\"{}\"{}>\n", logo.ending, title, size);
}

constexpr const char* scenarios_link = "<a href=\"#/scenario\" data-view=\"scenario\">Scenarios</a> ";

void write_shell(SiteFolder& folder, const SiteData& site, const Logo& logo) {
  const std::string title = html_text(site.title);
  folder.write("index.html", filled(site::page(), {{"title", title},
                                                   {"logo", logo_element(logo, title)},
                                                   {"scenarios", site.scenarios->empty() ? "" : scenarios_link},
                                                   {"names", site.languages.empty() ? "" : "<div class=\"names\" id=\"names\"></div>\n"}}));
  folder.write("assets/atlas.css", std::string(site::style()));
  folder.write("assets/d3.min.js", std::string(site::library()));
  folder.write("assets/atlas.js", std::string(site::script()));
  if (!logo.bytes.empty()) folder.write("assets/logo." + logo.ending, logo.bytes);
}

/// What the folder is, for programs.
std::string mark(const SiteData& site, const AtlasReport& report) {
  nlohmann::ordered_json json;
  json["format"] = "potentia atlas";
  json["version"] = 1;
  json["program"] = {{"version", program_version()}, {"commit", program_commit()}};
  json["title"] = site.title;
  json["languages"] = nlohmann::json::array();
  for (const Language& language : site.languages) json["languages"].push_back(language.tag);
  json["world_digest"] = site.world.digest;
  json["base_years"] = site.solution.settings.world.base_years;
  json["horizon_year"] = site.solution.settings.world.horizon_year;
  json["exporters"] = report.exporters;
  json["markets"] = report.markets;
  json["products"] = report.products;
  json["cells"] = report.cells;
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string file_name(const std::string& code, std::size_t number) {
  const bool plain = !code.empty() && code.size() <= 8 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  // Names that some systems keep for devices: CON, COM1 …
  const bool reserved = code == "CON" || code == "PRN" || code == "AUX" || code == "NUL" ||
                        (code.size() == 4 && (code.rfind("COM", 0) == 0 || code.rfind("LPT", 0) == 0));
  return plain && !reserved ? code : "_" + std::to_string(number);
}

AtlasReport write_atlas(const World& world, const Settings& settings, const AtlasRequest& request, Backend& backend,
                        const ProgressSink& progress) {
  SiteFolder::require_ours(request.folder);
  const Solution solution = solve(world, settings, {}, backend, progress, request.outlook);
  const int threads = backend.threads() > 0 ? backend.threads() : 1;
  const std::size_t countries = world.country_count();

  SiteData site{world, solution, backend, request.groups, request.languages};
  site.title = request.title.empty() ? world.title : request.title;
  if (site.title.empty()) site.title = "Export potential of the world";
  site.has_exporter = pages(solution, request.exporters, true);
  site.has_market = pages(solution, request.markets, false);
  for (std::size_t country = 0; country < countries; ++country)
    site.country_file.push_back(file_name(world.countries[country].iso3, country));
  make_groups(site);
  site.short_names = short_names(world);
  site.facts = make_cell_facts(world, solution, threads);
  site.rivals = find_rivals(solution, shown_rivals);
  site.scenarios = &request.scenarios;
  site.models = request.outlook;
  site.more_sources = request.sources;
  site.reports = request.reports;
  if (request.outlook != nullptr) site.outlook = solution.cell_outlook(solution.cells);

  SiteFolder folder(request.folder);
  AtlasReport report;
  report.products = site.products();
  const CellList& cells = solution.cells;
  site.exporter_of.assign(cells.market.size(), -1);
  std::vector<std::vector<std::size_t>> listed(countries);  // places of the cells in each market
  for (std::size_t exporter = 0; exporter < countries; ++exporter) {
    if (!site.has_exporter[exporter]) continue;
    ++report.exporters;
    for (std::size_t at = cells.offsets[exporter]; at < cells.offsets[exporter + 1]; ++at) {
      site.exporter_of[at] = static_cast<std::int32_t>(exporter);
      listed[cells.market[at]].push_back(at);
      ++report.cells;
    }
  }

  write_shell(folder, site, request.logo);
  folder.write("data/world.js", world_chunk(site));
  folder.write("data/products.js", products_chunk(site));
  folder.write("data/about.js", about_chunk(site));
  if (!world.logistics.empty()) folder.write("data/logistics.js", logistics_chunk(site));
  for (std::size_t language = 0; language < site.languages.size(); ++language)
    folder.write("data/names/" + language_file(site.languages[language], language) + ".js", names_chunk(site, language));
  for (std::size_t number = 0; number < request.scenarios.size(); ++number)
    folder.write("data/scenario/" + std::to_string(number) + ".js", scenario_chunk(site, number));

  const std::vector<std::size_t> order = finder_order(site);
  const std::size_t parts = finder_parts(order.size());
  write_many(
      folder, 2 * parts, threads, [&](std::size_t at) { return finder_chunk(site, order, at % parts, at >= parts); },
      [&](std::size_t at) { return "data/" + finder_name(at % parts, at >= parts) + ".js"; });

  // The walk goes over all exporters: matrices of products show also those without a page.
  ProductMatrices matrices(site);
  std::size_t walked = 0;
  write_many(
      folder, countries, threads,
      [&](std::size_t exporter) {
        std::vector<double> room(column_count * site.products());
        const PairProducts products = walk_exporter(site, exporter, matrices, room.data());
        return site.has_exporter[exporter] ? exporter_chunk(site, exporter, products) : std::string();
      },
      [&](std::size_t exporter) {
        if (progress) progress("site", ++walked, countries);
        return "data/exporter/" + site.country_file[exporter] + ".js";
      });
  write_many(
      folder, countries, threads,
      [&](std::size_t exporter) { return site.has_exporter[exporter] ? cells_chunk(site, exporter) : std::string(); },
      [&](std::size_t exporter) { return "data/cells/" + site.country_file[exporter] + ".js"; });
  write_many(
      folder, countries, threads,
      [&](std::size_t market) { return site.has_market[market] ? market_chunk(site, market, listed) : std::string(); },
      [&](std::size_t market) { return "data/market/" + site.country_file[market] + ".js"; });
  write_many(
      folder, site.groups.size(), threads, [&](std::size_t group) { return product_chunk(site, group, matrices); },
      [&](std::size_t group) { return "data/product/" + site.groups[group] + ".js"; });

  for (const char has : site.has_market) report.markets += has;
  folder.write(site_mark, mark(site, report));
  report.files = folder.files();
  report.bytes = folder.bytes();
  folder.publish();
  return report;
}

}  // namespace potentia::atlas
