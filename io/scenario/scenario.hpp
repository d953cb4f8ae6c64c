// A scenario as its file states it: instruments, what each is restricted to, and where every number comes from.
// Nothing here knows a world: countries, sectors and regimes are words until host/scenario/ looks them up.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace potentia {

/// A number of a scenario with its origin, already in the program's units (see `instrument_specs`).
struct SourcedNumber {
  double value = 0.0;      ///< a fraction for per cent and points, days for hours, km, USD
  std::string as_written;  ///< "-20 hours"
  std::string source;      ///< where it is from; with `assumption`, why it is thought so, may then be empty
  bool assumption = false;
  std::string where;  ///< file:line:column
};

enum class InstrumentKind {
  tariff,       ///< eligibility for a regime, or its rates
  utilisation,  ///< share of eligible trade that uses a regime
  cost,         ///< ad-valorem costs of a corridor other than the tariff
  ease,         ///< ease of trade
  gdp,          ///< growth of GDP until the horizon
  population,
  income_elasticity,
  sigma,     ///< elasticity of substitution
  distance,  ///< km of the route
  target     ///< a total to be reached: changes nothing, is compared
};

/// Which of the two worlds an instrument is laid under.
enum class Side { scenario, baseline, both };

/// What an instrument is restricted to. Lists of one kind add up, kinds narrow each other; an empty list restricts
/// nothing.
struct InstrumentSelection {
  std::vector<std::string> exporters, markets, countries;  ///< codes, names or groups of countries
  std::vector<std::string> products;                       ///< HS prefixes of one to six digits
  std::vector<std::string> sectors;
  std::vector<std::string> processing;       ///< "raw", "semi-processed", "processed"
  std::vector<std::string> tags;             ///< names of the file's own [tags]
  std::map<std::string, std::string> where;  ///< place of every key that the file has

  bool restricts_products() const {
    return !products.empty() || !sectors.empty() || !processing.empty() || !tags.empty();
  }
};

struct Instrument {
  InstrumentKind kind = InstrumentKind::tariff;
  std::string name;  ///< unique within the scenario
  Side side = Side::scenario;
  bool already_in_base = false;  ///< the base trade has it in it; the scenario takes it out
  std::int32_t from = 0;         ///< first year in which it acts, 0 = the year after base
  InstrumentSelection selection;
  std::map<std::string, std::vector<std::string>>
      tag_products;  ///< HS prefixes of the tags that it names; of a cost, of "perishable" as well
  std::map<std::string, std::string> words;   ///< "regime", "eligibility", "like" …, as `instrument_specs` names them
  std::map<std::string, std::int32_t> years;  ///< "until", "year"
  bool two_way = false;                       ///< of a target
  std::map<std::string, SourcedNumber> numbers;  ///< by key
  SourcedNumber basis;                           ///< what an eligibility or `like` rests on; has no value
  std::string where;                             ///< file:line:column of the table

  bool has(const std::string& number) const { return numbers.count(number) != 0; }
  double number(const std::string& key) const { return numbers.at(key).value; }
};

/// Tariff tables of a scenario's own, as a manifest's [tariffs]; laid under baseline and scenario alike.
struct ScenarioTariffs {
  std::string rates, members;  ///< paths; both empty = none
  std::string source;
  bool assumption = false;
  std::string where;
  bool given() const { return !rates.empty(); }
};

struct Scenario {
  std::string name;
  std::string description;              ///< may be empty
  std::vector<Instrument> instruments;  ///< in an order that does not depend on that of `include`
  ScenarioTariffs tariffs;
  std::string path;                ///< the file that was asked for
  std::vector<std::string> files;  ///< it and what it includes, ascending by name
};

/// Reads a scenario and what it includes.
/// @throws Error(input) with file, line and column: not TOML; an unknown kind of instrument, key, unit or tag (naming
/// the
///         nearest known one); a number without a source that is not marked as an assumption; a key that the kind of
///         instrument does not have; two instruments of one name; files that include each other
Scenario read_scenario(const std::string& path);

/// The same from text; `name` stands for the file, and what is included lies beside it.
Scenario parse_scenario(const std::string& text, const std::string& name);

/// "tariff", as files name the kind.
const char* kind_name(InstrumentKind kind);

}  // namespace potentia
