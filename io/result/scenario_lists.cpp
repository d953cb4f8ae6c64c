// See scenario_lists.hpp.
#include "io/result/scenario_lists.hpp"

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"

namespace potentia {
namespace {

std::vector<std::string> codes_of(const World& world, const std::vector<std::int32_t>& countries) {
  std::vector<std::string> codes;
  for (const std::int32_t country : countries) codes.push_back(world.countries[country].iso3);
  return codes;
}

/// The columns of a list.
class List {
public:
  List(hid_t parent, const char* name, const char* row, std::size_t rows)
      : group_(hdf5::create_group(parent, name)), row_(hdf5::write_bare_scale(group_, row, rows)) {}
  void texts(const char* name, const std::vector<std::string>& values, const char* long_name) const {
    finish(hdf5::write_strings(group_, name, values), "1", long_name);
  }
  template <class T>
  void numbers(const char* name, const std::vector<T>& values, const char* units, const char* long_name) const {
    finish(hdf5::write_dataset(group_, name, values.data(), {values.size()}), units, long_name);
  }

private:
  void finish(const hdf5::Dataset& dataset, const char* units, const char* long_name) const {
    hdf5::describe(dataset, units, long_name);
    hdf5::attach_scale(dataset, row_, 0);
  }
  hdf5::Group group_;
  hdf5::Dataset row_;
};

std::string place_without_folder(const std::string& where) { return where.substr(where.rfind('/') + 1); }

}  // namespace

void write_assumptions(hid_t file, const std::vector<ScenarioResult>& scenarios) {
  std::vector<std::string> of, instrument, kind, side, what, source, where;
  std::vector<std::int32_t> assumption, acts;
  for (const ScenarioResult& scenario : scenarios)
    for (const AssumptionLine& line : scenario.assumptions) {
      of.push_back(scenario.name);
      instrument.push_back(line.instrument);
      kind.push_back(line.kind);
      side.push_back(line.side);
      what.push_back(line.what);
      source.push_back(line.source);
      where.push_back(place_without_folder(line.where));
      assumption.push_back(line.assumption);
      acts.push_back(line.acts);
    }
  const List list(file, "assumptions", "assumption_row", of.size());
  list.texts("scenario", of, "name of the scenario");
  list.texts("instrument", instrument, "name of the instrument");
  list.texts("kind", kind, "kind of the instrument");
  list.texts("side", side, "scenario, baseline or both");
  list.texts("what", what, "what it says, and of whom");
  list.texts("source", source, "where it is from");
  list.numbers("assumption", assumption, "1", "1 = marked as an assumption");
  list.numbers("acts", acts, "1", "0 = its years do not include the horizon");
  list.texts("where", where, "file, line and column");
}

void write_targets(hid_t file, const World& world, const std::vector<ScenarioResult>& scenarios) {
  std::vector<std::string> of, name, exporters, markets, products;
  std::vector<double> value, actual, baseline, potential, required, possible, past, static_part, dynamic;
  std::vector<std::int32_t> year, horizon, two_way, reached, covered;
  const auto joined = [&](const std::vector<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
    return text;
  };
  for (const ScenarioResult& scenario : scenarios)
    for (const TargetLine& line : scenario.targets) {
      of.push_back(scenario.name);
      name.push_back(line.instrument);
      exporters.push_back(joined(codes_of(world, line.exporters)));
      markets.push_back(joined(codes_of(world, line.markets)));
      std::vector<std::string> codes;
      for (const std::int32_t product : line.product) codes.push_back(world.products[product].code);
      products.push_back(joined(codes));
      value.push_back(line.value);
      actual.push_back(line.actual);
      baseline.push_back(line.baseline);
      potential.push_back(line.potential);
      required.push_back(line.required_growth);
      possible.push_back(line.potential_growth);
      past.push_back(line.past_growth);
      static_part.push_back(line.static_part);
      dynamic.push_back(line.dynamic);
      year.push_back(line.year);
      horizon.push_back(line.compared_year);
      two_way.push_back(line.two_way);
      reached.push_back(line.reached);
      covered.push_back(line.covered);
    }
  if (of.empty()) return;
  const List list(file, "targets", "target", of.size());
  list.texts("scenario", of, "name of the scenario");
  list.texts("name", name, "name of the target");
  list.texts("exporters", exporters, "ISO3 codes, between spaces");
  list.texts("markets", markets, "ISO3 codes, between spaces");
  list.numbers("two_way", two_way, "1", "1 = trade both ways");
  list.numbers("year", year, "1", "year of the target");
  list.numbers("horizon", horizon, "1", "year of the potentials that it is compared with");
  list.numbers("value", value, "USD", "the target");
  list.numbers("actual", actual, "USD", "trade of the base period");
  list.numbers("potential_baseline", baseline, "USD", "potential at the horizon, baseline");
  list.numbers("potential", potential, "USD", "potential at the horizon, scenario");
  list.numbers("static", static_part, "USD", "static unrealised potential, scenario");
  list.numbers("dynamic", dynamic, "USD", "dynamic unrealised potential, scenario");
  list.numbers("required_growth", required, "1", "growth a year that leads from the base period to the target");
  list.numbers("potential_growth", possible, "1",
               "growth a year that leads from the base period to the potential at the horizon");
  list.numbers("past_growth", past, "1", "growth a year over the years of trade of the world, NaN if it has but one");
  list.numbers("reached", reached, "1", "1 = the potential at the horizon is the target or more");
  list.numbers("covered", covered, "1", "1 = unrealised potential covers what is missing");
  list.texts("products", products, "products whose unrealised potential covers what is missing, largest first");
}

}  // namespace potentia
