#include "host/scenario/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string where_of(const Instrument& instrument, const std::string& key) {
  const auto found = instrument.selection.where.find(key);
  return found == instrument.selection.where.end() ? instrument.where : found->second;
}

std::vector<char> countries_of(const Instrument& instrument, const std::string& key,
                               const std::vector<std::string>& words, const ScenarioGround& ground,
                               std::vector<Notice>& notices) {
  const std::size_t countries = ground.world.country_count();
  if (words.empty()) return std::vector<char>(countries, 1);
  return member_marks(ground.parties.find(joined_words(words), where_of(instrument, key), notices), countries);
}

bool begins_with_one(const std::string& code, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.rfind(prefix, 0) == 0; });
}

/// A prefix that nothing begins with is a mistake; of a tag, which may be written for larger worlds, only where none is
/// met.
std::vector<char> products_by_prefix(const std::vector<std::string>& prefixes, const std::string& where,
                                     const ScenarioGround& ground, bool one_is_enough) {
  std::vector<char> marks(ground.products.size(), 0);
  const auto met_by_one = [&] {
    return std::any_of(ground.products.begin(), ground.products.end(), [&](std::int32_t product) {
      return begins_with_one(ground.world.products[product].code, prefixes);
    });
  };
  for (const std::string& prefix : prefixes) {
    bool met = false;
    for (std::size_t at = 0; at < marks.size(); ++at)
      if (ground.world.products[ground.products[at]].code.rfind(prefix, 0) == 0) marks[at] = met = true;
    if (met || (one_is_enough && met_by_one())) continue;
    std::set<std::string> known;
    for (const std::int32_t product : ground.products)
      known.insert(ground.world.products[product].code.substr(0, prefix.size()));
    throw input_error("no product in scope that is traded begins with \"" + prefix + "\"", where,
                      "the nearest beginning is " + nearest_name(prefix, {known.begin(), known.end()}));
  }
  return marks;
}

std::vector<char> products_of(const Instrument& instrument, const ScenarioGround& ground) {
  const InstrumentSelection& selection = instrument.selection;
  const World& world = ground.world;
  std::vector<char> marks(ground.products.size(), 1);
  const auto keep = [&](const std::vector<char>& others) {
    for (std::size_t at = 0; at < marks.size(); ++at) marks[at] = marks[at] && others[at];
  };
  if (!selection.products.empty())
    keep(products_by_prefix(selection.products, where_of(instrument, "products"), ground, false));
  if (!selection.tags.empty()) {
    std::vector<std::string> prefixes;
    for (const std::string& tag : selection.tags) {
      const auto& own = instrument.tag_products.at(tag);
      prefixes.insert(prefixes.end(), own.begin(), own.end());
    }
    keep(products_by_prefix(prefixes, where_of(instrument, "tags"), ground, true));
  }
  if (!selection.sectors.empty()) {
    std::vector<char> of_sector(marks.size(), 0);
    for (const std::string& sector : selection.sectors) {
      const auto found = std::find(world.sectors.begin(), world.sectors.end(), sector);
      if (found == world.sectors.end())
        throw input_error("the world has no sector \"" + sector + "\"", where_of(instrument, "sectors"),
                          "did you mean \"" + nearest_name(sector, world.sectors) + "\"?");
      for (std::size_t at = 0; at < marks.size(); ++at)
        if (world.products[ground.products[at]].sector == found - world.sectors.begin()) of_sector[at] = 1;
    }
    keep(of_sector);
  }
  if (!selection.processing.empty()) {
    const std::vector<std::string> levels = {"raw", "semi-processed", "processed"};
    std::vector<char> of_level(marks.size(), 0);
    for (const std::string& level : selection.processing)
      for (std::size_t at = 0; at < marks.size(); ++at)
        if (static_cast<int>(world.products[ground.products[at]].processing) ==
            std::find(levels.begin(), levels.end(), level) - levels.begin())
          of_level[at] = 1;
    keep(of_level);
  }
  if (std::none_of(marks.begin(), marks.end(), [](char mark) { return mark != 0; }))
    throw input_error("\"" + instrument.name + "\" selects no product that is traded", instrument.where,
                      "widen its selection");
  return marks;
}

void find_regime(ResolvedInstrument& resolved, const ScenarioGround& ground) {
  const Instrument& instrument = *resolved.instrument;
  const auto word = instrument.words.find("regime");
  if (word == instrument.words.end()) return;
  const Tariffs& tariffs = ground.world.tariffs;
  if (!ground.tariffs)
    throw input_error(tariffs.empty() ? "the world has no tariffs" : "tariffs are switched off (method.tariffs)",
                      instrument.where,
                      "give the scenario [tariffs] of its own, or leave \"" + instrument.name + "\" out");
  // Names may be those of groups of rates by exporter, which nobody means.
  std::vector<std::string> known;
  for (std::size_t regime = 0; regime < tariffs.regimes.size(); ++regime)
    if (!tariffs.is_applied(regime)) known.push_back(tariffs.regimes[regime]);
  const auto found = std::find(tariffs.regimes.begin(), tariffs.regimes.end(), word->second);
  if (found == tariffs.regimes.end())
    throw input_error("no market has a regime \"" + word->second + "\"", where_of(instrument, "regime"),
                      "did you mean \"" + nearest_name(word->second, known) + "\"? There are: " + listed(known));
  resolved.regime = static_cast<std::int32_t>(found - tariffs.regimes.begin());

  // Its markets are those that run the regime.
  const std::size_t countries = ground.world.country_count();
  std::vector<char> runs(tariffs.schedules.size(), 0), runs_here(countries, 0);
  for (std::size_t line = 0; line < tariffs.line_regime.size(); ++line)
    if (tariffs.line_regime[line] == resolved.regime) runs[tariffs.line_schedule[line]] = 1;
  std::vector<std::string> running;
  bool any = false;
  for (std::size_t market = 0; market < countries; ++market) {
    const std::int32_t schedule = tariffs.market_schedule[market];
    runs_here[market] =
        schedule >= 0 && (runs[schedule] || resolved.regime == 0);  // MFN may stand in for one not listed
    if (runs_here[market]) running.push_back(ground.world.countries[market].iso3);
    resolved.markets[market] = resolved.markets[market] && runs_here[market];
    any = any || resolved.markets[market];
  }
  if (!any)
    throw input_error("none of the markets of \"" + instrument.name + "\" runs a regime \"" + word->second + "\"",
                      where_of(instrument, "markets"), "markets that do: " + listed(running));

  // What is about those who may use it must find somebody.
  const bool rates =
      instrument.kind == InstrumentKind::tariff && !instrument.words.count("eligibility") && !instrument.has("share");
  const bool starts = instrument.words.count("eligibility") && instrument.words.at("eligibility") == "start";
  if (rates || starts) return;
  for (std::size_t at = 0; at < tariffs.member_regime.size(); ++at)
    if (tariffs.member_regime[at] == resolved.regime &&
        resolved.applies(tariffs.member_exporter[at], tariffs.member_market[at]))
      return;
  throw input_error("nobody in the selection of \"" + instrument.name + "\" ever may use " + word->second,
                    instrument.where, "check exporters and markets");
}

void find_like(ResolvedInstrument& resolved, const ScenarioGround& ground, std::vector<Notice>& notices) {
  const Instrument& instrument = *resolved.instrument;
  const auto word = instrument.words.find("like");
  if (word == instrument.words.end()) return;
  const std::string where = where_of(instrument, "like");
  const std::vector<std::string> parts = parts_between_commas(word->second);
  if (parts.size() != 2)
    throw input_error("like names no pair: \"" + word->second + "\"", where, "write like = \"exporter,market\"");
  std::int32_t* to[] = {&resolved.like_exporter, &resolved.like_market};
  for (int side = 0; side < 2; ++side) {
    const Party party = ground.parties.find(parts[side], where, notices);
    if (party.members.size() != 1)
      throw input_error("like needs two countries, and " + party.code + " is several", where, "name one of them");
    *to[side] = party.members[0];
  }
}

void find_years(ResolvedInstrument& resolved, const ScenarioGround& ground, std::vector<Notice>& notices) {
  const Instrument& instrument = *resolved.instrument;
  const auto year = [&](const char* key) {
    const auto found = instrument.years.find(key);
    return found == instrument.years.end() ? 0 : found->second;
  };
  if (instrument.kind == InstrumentKind::target) {
    if (year("year") <= ground.base_year)
      throw input_error(
          fmt::format("the target of {} does not lie after the base year {}", year("year"), ground.base_year),
          where_of(instrument, "year"), "give a later year");
    return;
  }
  if (instrument.from != 0 && instrument.from <= ground.base_year && !instrument.already_in_base)
    throw input_error(fmt::format("\"{}\" acts from {}, not after the base year {}: the base trade has it in it",
                                  instrument.name, instrument.from, ground.base_year),
                      instrument.where,
                      "say already_in_base = true where the instrument can have it, or give a later year");
  const std::int32_t first =
      instrument.already_in_base ? ground.base_year + 1 : std::max(instrument.from, ground.base_year + 1);
  const std::int32_t last = year("until") == 0 ? ground.horizon_year : year("until");
  resolved.years = ground.horizon_year - first + 1;
  resolved.acts = first <= ground.horizon_year && last >= ground.horizon_year;
  if (resolved.acts) return;
  notices.push_back(
      {"warning",
       "scenario.not_at_horizon",
       1,
       fmt::format("\"{}\" does not act in {}, the horizon: it changes nothing", instrument.name, ground.horizon_year),
       {}});
}

/// What would be said twice on one cell; empty where more than one may act.
std::string claim(const Instrument& instrument) {
  if (instrument.words.count("eligibility")) return "eligibility";
  if (instrument.words.count("like") || instrument.has("replace")) return "replace";
  if (instrument.has("set")) return "set";
  return "";
}

bool overlap(const std::vector<char>& a, const std::vector<char>& b) {
  for (std::size_t at = 0; at < a.size(); ++at)
    if (a[at] && b[at]) return true;
  return false;
}

bool same_cells(const ResolvedInstrument& a, const ResolvedInstrument& b) {
  return a.kind() == b.kind() && a.regime == b.regime && overlap(a.exporters, b.exporters) &&
         overlap(a.markets, b.markets) && overlap(a.countries, b.countries) && overlap(a.products, b.products);
}

void refuse_contradictions(const std::vector<ResolvedInstrument>& all) {
  for (std::size_t first = 0; first < all.size(); ++first)
    for (std::size_t second = first + 1; second < all.size(); ++second) {
      const ResolvedInstrument &a = all[first], &b = all[second];
      const std::string what = claim(*a.instrument);
      if (what.empty() || what != claim(*b.instrument)) continue;
      const bool same_side = (a.in_baseline() && b.in_baseline()) || (a.in_scenario() && b.in_scenario());
      if (!same_side || !a.acts || !b.acts || !same_cells(a, b)) continue;
      throw input_error(
          fmt::format("\"{}\" and \"{}\" contradict each other: both say {} of the same cells", a.instrument->name,
                      b.instrument->name, what == "eligibility" ? "the eligibility" : what),
          b.instrument->where, "remove one, or restrict them; the other is at " + a.instrument->where);
    }
}

}  // namespace

std::vector<ResolvedInstrument> resolve(const Scenario& scenario, const ScenarioGround& ground,
                                        std::vector<Notice>& notices) {
  std::vector<ResolvedInstrument> all;
  for (const Instrument& instrument : scenario.instruments) {
    ResolvedInstrument resolved;
    resolved.instrument = &instrument;
    const InstrumentSelection& selection = instrument.selection;
    resolved.exporters = countries_of(instrument, "exporters", selection.exporters, ground, notices);
    resolved.markets = countries_of(instrument, "markets", selection.markets, ground, notices);
    resolved.countries = countries_of(instrument, "countries", selection.countries, ground, notices);
    resolved.products = products_of(instrument, ground);
    resolved.perishable.assign(ground.products.size(), 0);
    const auto tag = instrument.tag_products.find("perishable");
    if (tag != instrument.tag_products.end())
      for (std::size_t at = 0; at < ground.products.size(); ++at)
        resolved.perishable[at] = begins_with_one(ground.world.products[ground.products[at]].code, tag->second);
    find_regime(resolved, ground);
    find_like(resolved, ground, notices);
    find_years(resolved, ground, notices);
    if (instrument.kind == InstrumentKind::distance && !ground.distance_fit)
      throw input_error(
          "\"" + instrument.name + "\" changes distances, and the distance fit is switched off (method.distance_fit)",
          instrument.where, "switch it on, or leave the instrument out");
    all.push_back(std::move(resolved));
  }
  refuse_contradictions(all);
  return all;
}

std::vector<Player> find_players(const std::vector<ResolvedInstrument>& instruments) {
  std::vector<Player> players;
  for (std::size_t at = 0; at < instruments.size(); ++at) {
    const ResolvedInstrument& one = instruments[at];
    if (!one.is_player()) continue;
    const auto opposes = [&](std::int32_t known) {
      const ResolvedInstrument& other = instruments[known];
      return one.in_baseline() != other.in_baseline() && !claim(*one.instrument).empty() &&
             !claim(*other.instrument).empty() && same_cells(one, other);
    };
    Player joined{{static_cast<std::int32_t>(at)}, one.instrument->name};
    for (auto player = players.begin(); player != players.end();) {
      if (std::none_of(player->instruments.begin(), player->instruments.end(), opposes)) {
        ++player;
        continue;
      }
      joined.instruments.insert(joined.instruments.begin(), player->instruments.begin(), player->instruments.end());
      joined.name = player->name + " / " + joined.name;
      player = players.erase(player);
    }
    std::sort(joined.instruments.begin(), joined.instruments.end());
    players.push_back(std::move(joined));
  }
  return players;
}

}  // namespace potentia
