#include "io/scenario/instrument_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::int32_t earliest_year = 1900;
constexpr std::int32_t latest_year = 2200;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  return known.empty() ? "none is known here"
                       : "did you mean \"" + nearest_name(word, known) + "\"? Known are: " + listed(known);
}

/// "tariff 2", without the point that parts it from a key.
std::string title(const TomlTable& table) {
  std::string name = table.full_name("");
  name.pop_back();
  return name;
}

bool read_year(TomlTable& table, const std::string& key, std::int32_t& year) {
  if (!table.read(key, year)) return false;
  if (year < earliest_year || year > latest_year)
    throw input_error(fmt::format("{} {} is not a year", table.full_name(key), year), table.where(key),
                      fmt::format("give a year between {} and {}", earliest_year, latest_year));
  return true;
}

SourcedNumber read_number(const NumberSpec& spec, TomlTable& instrument) {
  std::vector<std::string> units;
  for (const UnitSpec& unit : *spec.units) units.push_back(unit.name);
  if (!instrument.is_table(spec.key))
    throw input_error(
        instrument.full_name(spec.key) + " says neither its unit nor its source", instrument.where(spec.key),
        fmt::format("write {} = {{ value = …, unit = \"{}\", source = \"…\" }}, or assumption = true in place "
                    "of a source",
                    spec.key, units[0]));
  TomlTable table = instrument.table(spec.key);
  SourcedNumber number;
  number.where = instrument.where(spec.key);
  double written = 0.0;
  if (!table.read("value", written))
    throw input_error(table.full_name("value") + " is missing", number.where,
                      fmt::format("give the {} as value = …", spec.meaning));
  std::string unit;
  if (!table.read_choice("unit", unit, units))
    throw input_error(table.full_name("unit") + " is missing", number.where, "give one of: " + listed(units));
  table.read("source", number.source);
  table.read("assumption", number.assumption);
  if (number.source.empty() && !number.assumption)
    throw input_error(instrument.full_name(spec.key) + " has no source", number.where,
                      "give source = \"…\", or mark it: assumption = true");
  table.finish();
  const UnitSpec& chosen =
      *std::find_if(spec.units->begin(), spec.units->end(), [&](const UnitSpec& known) { return known.name == unit; });
  number.value = (chosen.change ? 1.0 : 0.0) + written * chosen.factor;
  number.as_written = fmt::format("{} {}", written, unit);
  if (!(number.value >= spec.least && number.value <= spec.most))
    throw input_error(fmt::format("{} is {}, which is out of range for: {}", instrument.full_name(spec.key),
                                  number.as_written, spec.meaning),
                      number.where, "correct value or unit");
  return number;
}

struct SelectionKey {
  const char* key;
  std::vector<std::string> InstrumentSelection::*list;
};

const std::vector<SelectionKey> selection_keys = {{"exporters", &InstrumentSelection::exporters},
                                                  {"markets", &InstrumentSelection::markets},
                                                  {"countries", &InstrumentSelection::countries},
                                                  {"products", &InstrumentSelection::products},
                                                  {"sectors", &InstrumentSelection::sectors},
                                                  {"processing", &InstrumentSelection::processing},
                                                  {"tags", &InstrumentSelection::tags}};

void read_selection(const InstrumentSpec& spec, TomlTable& table,
                    const std::map<std::string, std::vector<std::string>>& tags, Instrument& instrument) {
  InstrumentSelection& selection = instrument.selection;
  for (const auto& [key, list] : selection_keys) {
    if (std::find(spec.selections.begin(), spec.selections.end(), key) == spec.selections.end()) continue;
    std::vector<std::string>& words = selection.*list;
    if (!table.read_words(key, words)) continue;
    selection.where[key] = table.where(key);
    if (words.empty())
      throw input_error(table.full_name(key) + " is an empty list: it selects nothing", table.where(key),
                        "name something, or leave the key out to restrict nothing");
  }
  if (!selection.products.empty()) check_prefixes(selection.products, table, "products");
  const std::vector<std::string> levels = {"raw", "semi-processed", "processed"};
  for (const std::string& level : selection.processing)
    if (std::find(levels.begin(), levels.end(), level) == levels.end())
      throw input_error("unknown level of processing \"" + level + "\"", table.where("processing"),
                        did_you_mean(level, levels));
  std::vector<std::string> known;
  for (const auto& tag : tags) known.push_back(tag.first);
  for (const std::string& tag : selection.tags) {
    const auto found = tags.find(tag);
    if (found == tags.end())
      throw input_error("no such tag in this file's [tags]: \"" + tag + "\"", table.where("tags"),
                        did_you_mean(tag, known));
    instrument.tag_products[tag] = found->second;
  }
  // What a day is worth depends on it where a cost does not say (host/scenario/).
  const auto perishable = tags.find("perishable");
  if (spec.kind == InstrumentKind::cost && perishable != tags.end())
    instrument.tag_products["perishable"] = perishable->second;
}

/// @return which of the keys are given
std::vector<std::string> given(const Instrument& instrument, const std::vector<std::string>& keys) {
  std::vector<std::string> found;
  for (const std::string& key : keys) {
    const auto restricted = instrument.selection.where.count(key);
    if (instrument.has(key) || instrument.words.count(key) || instrument.years.count(key) || restricted)
      found.push_back(key);
  }
  return found;
}

void check_presence(const InstrumentSpec& spec, const TomlTable& table, const Instrument& instrument) {
  for (const std::string& key : spec.required)
    if (given(instrument, {key}).empty())
      throw input_error(table.full_name(key) + " is missing", instrument.where, "say it");
  if (!spec.one_of.empty()) {
    const std::vector<std::string> found = given(instrument, spec.one_of);
    if (found.empty())
      throw input_error(title(table) + " does nothing", instrument.where, "give one of: " + listed(spec.one_of));
    if (found.size() > 1)
      throw input_error(fmt::format("{}: {} contradict each other in one instrument", title(table), listed(found)),
                        table.where(found[1]), "put each into an instrument of its own");
  }
  if (!spec.any_of.empty() && given(instrument, spec.any_of).empty())
    throw input_error(title(table) + " does nothing", instrument.where, "give one or more of: " + listed(spec.any_of));
}

void check_tariff(const TomlTable& table, const Instrument& instrument) {
  if (instrument.kind != InstrumentKind::tariff) return;
  const bool eligibility = instrument.words.count("eligibility") != 0, share = instrument.has("share");
  if ((eligibility || share) && instrument.words.at("regime") == "MFN")
    throw input_error("everyone is eligible for MFN", table.where("regime"), "change its rates: set, scale or add");
  if (eligibility && instrument.selection.restricts_products())
    throw input_error("eligibility is for all products of a regime", table.where("eligibility"),
                      "leave the products out, or use share");
  if (instrument.years.count("until") != 0 && (!eligibility || instrument.words.at("eligibility") == "end"))
    throw input_error("until is the last year of an eligibility that starts or is extended", table.where("until"),
                      "remove it");
}

void check_cost(const TomlTable& table, const Instrument& instrument) {
  if (instrument.kind != InstrumentKind::cost) return;
  if (instrument.has("value_of_day") && !instrument.has("days") && !instrument.has("border"))
    throw input_error("value_of_day without days or border", table.where("value_of_day"),
                      "remove it, or say how many days");
  if (instrument.has("freight_share") && !instrument.has("freight"))
    throw input_error("freight_share without freight", table.where("freight_share"),
                      "remove it, or say how freight changes");
}

}  // namespace

void check_prefixes(const std::vector<std::string>& prefixes, const TomlTable& table, const std::string& key) {
  for (const std::string& prefix : prefixes)
    if (prefix.empty() || prefix.size() > 6 || prefix.find_first_not_of("0123456789") != std::string::npos)
      throw input_error("not the beginning of an HS code: \"" + prefix + "\"", table.where(key),
                        "give one to six digits in quotes, with a leading zero where the code has one");
}

Instrument read_instrument(const InstrumentSpec& spec, TomlTable& table,
                           const std::map<std::string, std::vector<std::string>>& tags) {
  Instrument instrument;
  instrument.kind = spec.kind;
  instrument.where = table.where();
  instrument.name = title(table);
  if (table.read("name", instrument.name) && instrument.name.empty())
    throw input_error(table.full_name("name") + " is empty", table.where("name"), "give a name, or leave the key out");
  if (spec.kind != InstrumentKind::target) {
    std::string side = "scenario";
    table.read_choice("side", side, {"scenario", "baseline", "both"});
    instrument.side = side == "scenario" ? Side::scenario : (side == "baseline" ? Side::baseline : Side::both);
    read_year(table, "from", instrument.from);
    if (spec.may_be_in_base) table.read("already_in_base", instrument.already_in_base);
  } else {
    table.read("two_way", instrument.two_way);
  }
  read_selection(spec, table, tags, instrument);
  for (const WordSpec& word : spec.words) {
    std::string value;
    if (word.choices.empty() ? table.read(word.key, value) : table.read_choice(word.key, value, word.choices)) {
      if (value.empty()) throw input_error(table.full_name(word.key) + " is empty", table.where(word.key), "say it");
      instrument.words[word.key] = value;
      instrument.selection.where[word.key] = table.where(word.key);
    }
  }
  for (const std::string& key : spec.years) {
    std::int32_t year = 0;
    if (read_year(table, key, year)) {
      instrument.years[key] = year;
      instrument.selection.where[key] = table.where(key);
    }
  }
  for (const NumberSpec& number : spec.numbers)
    if (table.has(number.key))
      instrument.numbers[number.key] = read_number(number, table);
    else {
      double absent = 0.0;
      table.read(number.key, absent);
    }  // makes the key known, for complaints of others
  // What an eligibility or `like` rests on is an assumption as a number is.
  SourcedNumber& basis = instrument.basis;
  table.read("source", basis.source);
  table.read("assumption", basis.assumption);
  basis.where = instrument.where;
  table.finish();
  check_presence(spec, table, instrument);
  check_tariff(table, instrument);
  check_cost(table, instrument);
  if ((instrument.words.count("eligibility") || instrument.words.count("like")) && basis.source.empty() &&
      !basis.assumption)
    throw input_error(title(table) + " has no source", instrument.where,
                      "give source = \"…\", or mark it: assumption = true");
  return instrument;
}

}  // namespace potentia
