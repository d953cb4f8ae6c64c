// Part 8: what the report was made from, how, and how to cite it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/parts/provenance_texts.hpp"
#include "host/drilldown/wording.hpp"
#include "host/version.hpp"
#include "io/world/coverage.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t listed_codes = 20;

std::string program_name() {
  const std::string commit = program_commit();
  return std::string("Potentia ") + program_version() + (commit.empty() ? "" : " (" + commit + ")");
}

Figure sources_figure(const Context& context) {
  Figure figure;
  figure.id = "sources";
  figure.title = "Sources";
  figure.definition =
      "Files that the world was made from, as downloaded. Two reports with the same fingerprints (SHA-256) and the "
      "same "
      "switches show the same numbers.";
  figure.table.columns = {{"role", "Read for", Kind::text},
                          {"file", "File", Kind::text},
                          {"sha256", "SHA-256", Kind::code},
                          {"bytes", "Bytes", Kind::count}};
  for (const SourceFile& source : context.world->sources)
    figure.table.rows.push_back({source.role, source.name, source.sha256, static_cast<std::int64_t>(source.bytes)});
  if (figure.table.rows.empty()) figure.notice = "The world file names no source files.";
  return figure;
}

std::string members_in_words(const World& world, const Party& party) {
  std::vector<std::string> codes;
  for (const std::int32_t member : party.members) codes.push_back(world.countries[member].iso3);
  if (codes.size() == world.country_count()) return party.name + ": all countries";
  return party.name + ": " + fmt::format("{}", fmt::join(codes, " "));
}

Figure basis_figure(const Context& context) {
  const World& world = *context.world;
  const Settings& settings = context.solution->settings;
  Figure figure;
  figure.id = "basis";
  figure.title = "Years and coverage";
  figure.definition = "What the figures are about.";
  figure.table.columns = {{"item", "Item", Kind::text}, {"value", "Value", Kind::text}};
  const auto row = [&](const char* item, const std::string& value) {
    figure.table.rows.push_back({std::string(item), value});
  };
  row("Status",
      "Unofficial replication of the export potential method of the International Trade Centre (ITC); these are "
      "not ITC's figures");
  row("Program", program_name());
  row("World", world.title.empty() ? "no title given" : world.title);
  row("World, content digest", world.digest.empty() ? "none known" : world.digest);
  row("Base years", years_in_words(settings.world.base_years));
  row("Horizon", std::to_string(settings.world.horizon_year));
  row("Product classification", world.hs_revision);
  row("Countries", std::to_string(world.country_count()));
  row("Products in scope with trade", std::to_string(context.solution->axes.products.size()));
  row("Products in all", std::to_string(world.product_count()));
  row("Exporter", members_in_words(world, context.exporter));
  row("Market", members_in_words(world, context.market));
  return figure;
}

Figure settings_figure(const Context& context) {
  const MethodSettings& method = context.solution->settings.method;
  Figure figure;
  figure.id = "settings";
  figure.title = "Switches of the method";
  figure.definition = "As used here; the names are those of the settings file.";
  figure.table.columns = {
      {"setting", "Setting", Kind::code}, {"value", "Value", Kind::text}, {"meaning", "Meaning", Kind::text}};
  const auto row = [&](const char* setting, const std::string& value, const std::string& meaning) {
    figure.table.rows.push_back({std::string(setting), value, meaning});
  };
  const auto on = [](bool value) { return std::string(value ? "true" : "false"); };
  row("method.ease", method.ease,
      method.ease == "calibrated"
          ? "ease of trade makes the potential of the base period add up to each pair's trade"
          : "ease of trade is a pair's trade relative to what shares in world trade would give");
  row("method.distance_fit", on(method.distance_fit),
      method.distance_fit ? "pairs closer or farther apart than is usual for the product count for less"
                          : "distance plays no part");
  row("method.net_importer_correction", on(method.net_importer_correction),
      method.net_importer_correction ? "supply of net importers is scaled down by exports / imports"
                                     : "supply of net importers counts in full");
  row("method.tariffs", on(method.tariffs),
      !method.tariffs                  ? "tariffs count as 0"
      : context.world->tariffs.empty() ? "tariffs would count, but the world has none"
                                       : "tariffs count, now and at the horizon");
  row("method.weights", method.weights.empty() ? "equal" : fmt::format("{}", fmt::join(method.weights, ", ")),
      "weights of the base years");
  row("method.missing_years", method.missing_years,
      method.missing_years == "skip" ? "a flow is averaged over the years in which it is recorded"
                                     : "a flow without a record in a year was 0 in that year");
  return figure;
}

/// Codes under which a notice may name the report's countries, pairs, schedules and products.
class Concerned {
public:
  explicit Concerned(const Context& context) {
    const World& world = *context.world;
    for (const Party* party : {&context.exporter, &context.market})
      for (const std::int32_t member : party->members) countries_.insert(world.countries[member].iso3);
    for (const std::int32_t i : context.exporter.members)
      for (const std::int32_t j : context.market.members)
        if (i != j) pairs_.insert(world.countries[i].iso3 + ">" + world.countries[j].iso3);
    for (const std::int32_t j : context.market.members)
      if (!world.tariffs.empty() && world.tariffs.market_schedule[j] >= 0)
        schedules_.insert(world.tariffs.schedules[world.tariffs.market_schedule[j]]);
    for (std::int32_t product = 0; product < static_cast<std::int32_t>(context.solution->axes.products.size());
         ++product)
      if (has_trade_or_potential(product_sums(context, product)))
        products_.insert(world.products[context.solution->axes.products[product]].code);
  }

  bool has(const std::string& code) const {
    if (countries_.count(code) + pairs_.count(code) + products_.count(code) > 0) return true;
    const std::size_t colon = code.rfind(':');  // "CHN:071410", a tariff line
    return colon != std::string::npos && schedules_.count(code.substr(0, colon)) > 0 &&
           products_.count(code.substr(colon + 1)) > 0;
  }

private:
  std::set<std::string> countries_, pairs_, schedules_, products_;
};

std::string codes_in_words(const std::vector<std::string>& codes, std::size_t all) {
  std::string text;
  const std::size_t shown = std::min(codes.size(), listed_codes);
  for (std::size_t at = 0; at < shown; ++at) text += (at == 0 ? "" : " ") + codes[at];
  if (all > shown && shown > 0) text += " and " + std::to_string(all - shown) + " more";
  return text;
}

/// Pairs of the report's members without a distance: "LAO-MNE".
std::vector<std::string> pairs_without_distance(const Context& context) {
  const World& world = *context.world;
  std::vector<std::string> pairs;
  for (const std::int32_t i : context.exporter.members)
    for (const std::int32_t j : context.market.members) {
      const double distance = world.distance[static_cast<std::size_t>(i) * world.country_count() + static_cast<std::size_t>(j)];
      if (i != j && distance != distance) pairs.push_back(world.countries[i].iso3 + "-" + world.countries[j].iso3);
    }
  return pairs;
}

/// The table of coverage, of the years that the report is about.
Figure coverage_figure(const Context& context, const Concerned& concerned) {
  const World& world = *context.world;
  const YearSettings& years = context.solution->settings.world;
  Figure figure;
  figure.id = "coverage";
  figure.title = "What is known, and of how much of world trade";
  figure.definition =
      "For each variable that potentials are computed from: of how many countries, products or trading pairs the world "
      "knows it, and the share of world trade of the base years that concerns the others. Codes by their trade, largest "
      "first.";
  figure.table.columns = {{"variable", "Variable", Kind::text},
                          {"of", "Of", Kind::text},
                          {"known", "Known", Kind::count},
                          {"all", "In all", Kind::count},
                          {"share_without", "Share of world trade without", Kind::share},
                          {"instead", "What stands in", Kind::text},
                          {"here", "Without, of this report", Kind::count},
                          {"here_whose", "Of this report", Kind::text},
                          {"whose", "The largest without", Kind::text}};
  for (const Coverage& row : coverage_table(world, TradeShares(world, years.base_years), years.base_years, years.horizon_year)) {
    std::vector<std::string> here;
    if (row.variable == "distance") {  // its codes are ends of pairs, most of them with others than those of the report
      here = pairs_without_distance(context);
    } else {
      for (const std::string& code : row.missing)
        if (concerned.has(code)) here.push_back(code);
    }
    figure.table.rows.push_back({row.variable, row.of, static_cast<std::int64_t>(row.known), static_cast<std::int64_t>(row.all),
                                 row.missing_share, row.instead, static_cast<std::int64_t>(here.size()),
                                 codes_in_words(here, here.size()), codes_in_words(row.missing, row.missing.size())});
  }
  return figure;
}

Figure fills_figure(const Context& context, const Concerned& concerned) {
  Figure figure;
  figure.id = "fills";
  figure.title = "What was filled, dropped or noticed";
  figure.definition =
      "Nothing is filled or dropped silently. How often each rule applied in the whole world, and how many of the "
      "countries, pairs of countries, products or tariff lines it names belong to this report.";
  figure.table.columns = {{"kind", "Kind", Kind::text},
                          {"rule", "Rule", Kind::code},
                          {"count", "How often", Kind::count},
                          {"detail", "What happened", Kind::text},
                          {"here", "Named, of this report", Kind::count},
                          {"here_whose", "Of this report", Kind::text},
                          {"whose", "In the whole world", Kind::text}};
  const auto add = [&](const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      std::vector<std::string> here;
      for (const std::string& code : notice.whose)
        if (concerned.has(code)) here.push_back(code);
      figure.table.rows.push_back({notice.kind, notice.rule, static_cast<std::int64_t>(notice.count), notice.detail,
                                   static_cast<std::int64_t>(here.size()), codes_in_words(here, here.size()),
                                   codes_in_words(notice.whose, notice.whose.size())});
    }
  };
  add(context.world->notices);
  add(context.solution->notices);
  if (figure.table.rows.empty()) figure.notice = "Nothing was filled, dropped or noticed.";
  return figure;
}

Figure texts_figure(const char* id, const char* title, const char* definition, const std::vector<TermText>& texts) {
  Figure figure;
  figure.id = id;
  figure.title = title;
  figure.definition = definition;
  figure.table.columns = {{"term", "Term", Kind::text}, {"meaning", "Meaning", Kind::text}};
  for (const TermText& text : texts) figure.table.rows.push_back({text.term, text.meaning});
  return figure;
}

Figure citation_figure(const Context& context) {
  std::string trade;
  for (const SourceFile& source : context.world->sources)
    if (source.role == "trade") trade += (trade.empty() ? "" : ", ") + source.name;
  const Settings& settings = context.solution->settings;
  const std::string report = fmt::format(
      "{}. Export potential from {} to {}, base period {}, horizon {}{}{}. Unofficial replication of ITC's method; not "
      "ITC's figures.",
      program_name(), context.exporter.name, context.market.name, years_in_words(settings.world.base_years),
      settings.world.horizon_year, context.world->title.empty() ? "" : ", world: " + context.world->title,
      trade.empty() ? "" : ", trade data: " + trade);
  return texts_figure(
      "citation", "How to cite",
      "Name the program, the data and the method; the data have licences and authors of their own.",
      {{"This report", report},
       {"Method",
        "Decreux, Y. and Spies, J. (2016). Export Potential Assessments: a methodology to identify export "
        "opportunities for developing countries. International Trade Centre, Geneva; and the edition of 2023, "
        "Export Potential and Diversification Assessments."},
       {"Data",
        "Cite the sources listed above as their publishers ask; their terms of use apply to what is made from them."}});
}

}  // namespace

Part provenance_part(const Context& context) {
  const Concerned concerned(context);
  return {
      "provenance",
      "Provenance",
      {basis_figure(context), sources_figure(context), coverage_figure(context, concerned), settings_figure(context),
       fills_figure(context, concerned),
       texts_figure("thresholds", "Thresholds",
                    "Numbers that decide what is shown, flagged or said; none changes a figure.", threshold_texts()),
       texts_figure("definitions", "Definitions", "Terms of this report.", definition_texts()),
       citation_figure(context)}};
}

}  // namespace potentia::drilldown
