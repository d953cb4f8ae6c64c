// Chunks about the world as a whole. See chunks.hpp.
#include <algorithm>

#include "host/atlas/chunk.hpp"
#include "host/atlas/chunks.hpp"
#include "host/atlas/finder_chunks.hpp"
#include "host/model/definitions.hpp"
#include "host/model/flags.hpp"
#include "host/model/regions.hpp"
#include "host/model/short_names.hpp"
#include "host/version.hpp"
#include "io/country_codes.hpp"
#include "io/result/result_file.hpp"

namespace potentia::atlas {
namespace {

/// Persons in a year; NaN where the world does not know.
double population(const World& world, std::size_t country, std::int32_t year) {
  const auto at = std::lower_bound(world.macro.years.begin(), world.macro.years.end(), year);
  if (at == world.macro.years.end() || *at != year) return missing_value;
  return world.macro
      .population[country * world.macro.years.size() + static_cast<std::size_t>(at - world.macro.years.begin())];
}

/// By what else people know an economy, such as "Laos": the search finds these too.
std::string names_elsewhere(const Country& country) {
  std::string names;
  for (const OtherCode& other : other_names())
    if (country.iso3 == other.iso3 && country.name != other.code) names += (names.empty() ? "" : "; ") + std::string(other.code);
  return names;
}

/// Sums of all columns over pairs, by exporter or by market. A country's sum adds up its partners as they come.
void write_totals(Chunk& chunk, const char* name, const SiteData& site, bool by_exporter) {
  const std::size_t countries = site.countries();
  chunk.key(name).open_list();
  for (int c = 0; c < column_count; ++c) {
    const Buffer<double>& column = site.solution.margins.pair.columns[c];
    chunk.column(countries, [&](std::size_t country) {
      double sum = 0.0;
      for (std::size_t partner = 0; partner < countries; ++partner)
        sum += by_exporter ? column[country * countries + partner] : column[partner * countries + country];
      return sum;
    });
  }
  chunk.close_list();
}

/// Groups with a member here: code, name, members.
void write_groups(Chunk& chunk, const SiteData& site) {
  const std::vector<Country>& countries = site.world.countries;
  chunk.key("groups").open_list();
  for (const auto& [code, group] : site.country_groups) {
    std::vector<std::size_t> members;
    for (std::size_t at = 0; at < countries.size(); ++at)
      if (std::find(group.members.begin(), group.members.end(), countries[at].iso3) != group.members.end())
        members.push_back(at);
    if (members.empty()) continue;
    chunk.open_list().text(code).text(group.name).open_list();
    for (const std::size_t member : members) chunk.integer(static_cast<std::int64_t>(member));
    chunk.close_list().close_list();
  }
  chunk.close_list();
}

/// From which years to which the models of an outlook were fitted.
void write_outlook(Chunk& chunk, const OutlookModels& models) {
  chunk.key("outlook").open_object();
  chunk.integers("origin", models.origin.size(), [&](std::size_t at) { return models.origin[at]; });
  chunk.integers("outcome", models.outcome.size(), [&](std::size_t at) { return models.outcome[at]; });
  chunk.close_object();
}

void write_terms(Chunk& chunk, const char* name, const std::vector<TermText>& terms) {
  chunk.key(name).open_list();
  for (const TermText& term : terms) chunk.open_list().text(term.term).text(term.meaning).close_list();
  chunk.close_list();
}

void write_source(Chunk& chunk, const SourceFile& source) {
  chunk.open_list()
      .text(source.role)
      .text(source.name)
      .text(source.sha256)
      .integer(static_cast<std::int64_t>(source.bytes))
      .close_list();
}

void write_notices(Chunk& chunk, const std::vector<Notice>& notices) {
  for (const Notice& notice : notices)
    chunk.open_list()
        .text(notice.kind)
        .text(notice.rule)
        .integer(static_cast<std::int64_t>(notice.count))
        .text(notice.detail)
        .close_list();
}

}  // namespace

std::string world_chunk(const SiteData& site) {
  const World& world = site.world;
  const YearSettings& years = site.solution.settings.world;
  const std::vector<std::string>& regions = region_names();
  Chunk chunk("world");
  chunk.key("format").text("potentia atlas").key("version").integer(1);
  chunk.key("program").text(std::string(program_version()) +
                            (*program_commit() ? std::string(" (") + program_commit() + ")" : ""));
  chunk.key("title").text(site.title);
  chunk.key("hs_revision").text(world.hs_revision);
  chunk.key("digest").text(world.digest);
  chunk.integers("base_years", years.base_years.size(), [&](std::size_t at) { return years.base_years[at]; });
  chunk.key("horizon_year").integer(years.horizon_year);
  chunk.key("tariffs").integer(!world.tariffs.empty() && site.solution.settings.method.tariffs);
  chunk.key("logistics").integer(!world.logistics.empty());
  chunk.key("top").integer(site.solution.settings.cells.top);
  const std::size_t cells = finder_order(site).size();
  chunk.key("cells").integer(static_cast<std::int64_t>(cells));
  chunk.key("finder").open_object().key("parts").integer(static_cast<std::int64_t>(finder_parts(cells)));
  const std::vector<FinderColumn> finder = finder_columns(site);
  chunk.texts("columns", finder.size(), [&](std::size_t at) { return finder[at].name; });
  chunk.close_object();
  chunk.texts("columns", column_count, [](std::size_t c) { return column_name(static_cast<Column>(c)); });
  chunk.texts("compact", compact_columns.size(), [](std::size_t c) { return column_name(compact_columns[c]); });
  chunk.texts("sectors", world.sectors.size(), [&](std::size_t at) -> const std::string& { return world.sectors[at]; });
  chunk.texts("regions", regions.size(), [&](std::size_t at) -> const std::string& { return regions[at]; });
  chunk.key("flags").open_list();
  for (const FlagText& flag : flag_texts)
    chunk.open_list().text(flag.key).text(flag.label).text(flag.meaning).close_list();
  chunk.close_list();

  chunk.key("countries").open_object();
  const auto& countries = world.countries;
  chunk.texts("code", countries.size(), [&](std::size_t at) -> const std::string& { return countries[at].iso3; });
  chunk.texts("name", countries.size(), [&](std::size_t at) -> const std::string& { return countries[at].name; });
  chunk.texts("also", countries.size(), [&](std::size_t at) { return names_elsewhere(countries[at]); });
  chunk.texts("file", countries.size(), [&](std::size_t at) -> const std::string& { return site.country_file[at]; });
  chunk.integers("region", countries.size(), [&](std::size_t at) {
    return std::find(regions.begin(), regions.end(), region_of(countries[at].iso3)) - regions.begin();
  });
  chunk.numbers("population", countries.size(),
                [&](std::size_t at) { return population(world, at, years.base_years.back()); });
  chunk.integers("exporter", countries.size(), [&](std::size_t at) { return site.has_exporter[at]; });
  chunk.integers("market", countries.size(), [&](std::size_t at) { return site.has_market[at]; });
  chunk.close_object();
  write_groups(chunk, site);
  chunk.key("languages").open_list();
  for (std::size_t at = 0; at < site.languages.size(); ++at)
    chunk.open_list().text(site.languages[at].tag).text(language_file(site.languages[at], at)).close_list();
  chunk.close_list();
  if (site.models != nullptr) write_outlook(chunk, *site.models);
  chunk.key("scenarios").open_list();
  for (const ScenarioResult& result : *site.scenarios)
    chunk.open_list().text(result.name).text(result.description).integer(result.changes_nothing).close_list();
  chunk.close_list();
  chunk.key("reports").open_list();
  for (const ReportLink& report : site.reports)
    chunk.open_list().integer(report.exporter).integer(report.market).text(report.address).close_list();
  chunk.close_list();
  chunk.key("totals").open_object();
  write_totals(chunk, "exporter", site, true);
  write_totals(chunk, "market", site, false);
  chunk.close_object();
  return chunk.finish();
}

std::string names_chunk(const SiteData& site, std::size_t language) {
  const World& world = site.world;
  const NameTable& names = site.languages[language].names;
  std::vector<std::string> whole;  // with the world's where the table has none: a short name must be unlike any of them
  for (std::size_t at = 0; at < names.products.size(); ++at)
    whole.push_back(names.products[at].empty() ? world.products[at].name : names.products[at]);
  std::vector<std::string> shorter = short_names(whole);
  for (std::size_t at = 0; at < shorter.size(); ++at)
    if (names.products[at].empty() || shorter[at] == whole[at]) shorter[at].clear();
  const auto of_products = [&](const std::vector<std::string>& texts) {
    return [&](std::size_t k) -> const std::string& { return texts[site.solution.axes.products[k]]; };
  };
  Chunk chunk("names/" + language_file(site.languages[language], language));
  chunk.texts("country", site.countries(), [&](std::size_t at) -> const std::string& { return names.countries[at]; });
  chunk.texts("product", site.products(), of_products(names.products));
  chunk.texts("short", site.products(), of_products(shorter));
  return chunk.finish();
}

std::string logistics_chunk(const SiteData& site) {
  const Logistics& logistics = site.world.logistics;
  const std::size_t rows = logistics.country.size(), components = logistics.components.size();
  Chunk chunk("logistics");
  chunk.texts("components", components, [&](std::size_t at) -> const std::string& { return logistics.components[at]; });
  chunk.integers("country", rows, [&](std::size_t row) { return logistics.country[row]; });
  chunk.integers("year", rows, [&](std::size_t row) { return logistics.year[row]; });
  chunk.key("columns").open_list();
  for (std::size_t component = 0; component < components; ++component)
    chunk.column(rows, [&](std::size_t row) { return logistics.score[row * components + component]; });
  chunk.close_list();
  return chunk.finish();
}

std::string about_chunk(const SiteData& site) {
  const World& world = site.world;
  Chunk chunk("about");
  std::vector<TermText> definitions = definition_texts();
  const auto append = [&](std::vector<TermText> more) {
    definitions.insert(definitions.end(), more.begin(), more.end());
  };
  if (site.models != nullptr) append(outlook_texts());
  if (!site.scenarios->empty()) append(scenario_texts());
  write_terms(chunk, "definitions", definitions);
  chunk.key("settings").text(settings_to_toml(site.solution.settings));
  chunk.key("sources").open_list();
  for (const SourceFile& source : world.sources) write_source(chunk, source);
  for (const Language& language : site.languages) write_source(chunk, language.names.source);
  for (const SourceFile& source : site.more_sources) write_source(chunk, source);
  chunk.close_list();
  chunk.key("notices").open_list();
  write_notices(chunk, world.notices);
  write_notices(chunk, site.solution.notices);
  for (const Language& language : site.languages) write_notices(chunk, language.names.notices);
  for (const ScenarioResult& result : *site.scenarios) write_notices(chunk, result.notices);
  chunk.close_list();
  chunk.key("world_title").text(world.title);
  return chunk.finish();
}

}  // namespace potentia::atlas
