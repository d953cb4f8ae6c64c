#include "host/scenario/assumptions.hpp"

#include <string>
#include <utility>

namespace potentia {
namespace {

constexpr const char* hummels_schaur =
    "Hummels & Schaur (2013), Time as a Trade Barrier: 0.6 to 2.1 per cent of value a day";

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// "; exporters LAO; markets CHN; from 2027"
std::string restriction(const Instrument& instrument) {
  const InstrumentSelection& selection = instrument.selection;
  std::string text;
  const auto add = [&](const char* name, const std::vector<std::string>& words) {
    if (!words.empty()) text += std::string("; ") + name + " " + listed(words);
  };
  add("exporters", selection.exporters);
  add("markets", selection.markets);
  add("countries", selection.countries);
  add("products", selection.products);
  add("sectors", selection.sectors);
  add("processing", selection.processing);
  add("tags", selection.tags);
  if (instrument.words.count("regime")) text += "; regime " + instrument.words.at("regime");
  if (instrument.from != 0) text += "; from " + std::to_string(instrument.from);
  for (const auto& [key, year] : instrument.years) text += "; " + key + " " + std::to_string(year);
  if (instrument.two_way) text += "; both ways";
  return text;
}

}  // namespace

std::vector<AssumptionLine> assumption_lines(const Scenario& scenario,
                                             const std::vector<ResolvedInstrument>& instruments) {
  std::vector<AssumptionLine> lines;
  const ScenarioTariffs& tariffs = scenario.tariffs;
  if (tariffs.given()) {
    const auto name = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
    AssumptionLine line{"tariffs", "tariffs", "both", "", tariffs.source, tariffs.assumption, true, tariffs.where, "", "", false};
    line.what = line.says = "rates " + name(tariffs.rates) + ", members " + name(tariffs.members);
    lines.push_back(std::move(line));
  }
  for (const ResolvedInstrument& resolved : instruments) {
    const Instrument& instrument = *resolved.instrument;
    const char* const sides[] = {"scenario", "baseline", "both"};
    AssumptionLine line;
    line.instrument = instrument.name;
    line.kind = kind_name(instrument.kind);
    line.side = sides[static_cast<int>(instrument.side)];
    line.acts = resolved.acts;
    line.already_in_base = instrument.already_in_base;
    const auto add = [&](const std::string& what, const SourcedNumber& number) {
      AssumptionLine one = line;
      const std::string restricted = restriction(instrument);
      one.says = what;
      one.applies_to = restricted.empty() ? "" : restricted.substr(2);
      one.what = what + restricted + (instrument.already_in_base ? "; already in the base trade" : "");
      one.source = number.source;
      one.assumption = number.assumption;
      one.where = number.where;
      lines.push_back(std::move(one));
    };
    for (const char* word : {"eligibility", "like"})
      if (instrument.words.count(word)) add(std::string(word) + " " + instrument.words.at(word), instrument.basis);
    for (const auto& [key, number] : instrument.numbers) add(key + " " + number.as_written, number);
    const bool needs_day = instrument.has("days") || instrument.has("border");
    if (instrument.kind == InstrumentKind::cost && needs_day && !instrument.has("value_of_day")) {
      SourcedNumber own;
      own.source = hummels_schaur;
      own.where = instrument.where;
      add("value_of_day 0.6 per cent a day, 2.1 of products tagged perishable (built in)", own);
    }
  }
  return lines;
}

}  // namespace potentia
