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

/// What would cover the gap of each target, product by product.
void write_target_products(hid_t file, const World& world, const std::vector<ScenarioResult>& scenarios) {
  std::vector<std::string> of, target, product;
  std::vector<double> static_part, dynamic;
  for (const ScenarioResult& scenario : scenarios)
    for (const TargetLine& line : scenario.targets)
      for (std::size_t at = 0; at < line.product.size(); ++at) {
        of.push_back(scenario.name);
        target.push_back(line.instrument);
        product.push_back(world.products[line.product[at]].code);
        static_part.push_back(line.product_static[at]);
        dynamic.push_back(line.product_dynamic[at]);
      }
  const List list(file, "target_products", "target_product", of.size());
  list.texts("scenario", of, "name of the scenario");
  list.texts("target", target, "name of the target");
  list.texts("product", product, "product, HS code of six digits; of each target the largest first");
  list.numbers("static", static_part, "USD", "static unrealised potential, scenario");
  list.numbers("dynamic", dynamic, "USD", "dynamic unrealised potential, scenario");
}

std::string place_without_folder(const std::string& where) { return where.substr(where.rfind('/') + 1); }

}  // namespace

void write_scenario_names(hid_t file, const std::vector<ScenarioResult>& scenarios) {
  std::vector<std::string> name, description, files;
  std::vector<std::int32_t> changes;
  std::vector<double> correlation;
  for (const ScenarioResult& scenario : scenarios) {
    name.push_back(scenario.name);
    description.push_back(scenario.description);
    std::string joined;
    for (const std::string& one : scenario.files) joined += (joined.empty() ? "" : "\n") + one;
    files.push_back(joined);
    changes.push_back(!scenario.changes_nothing);
    correlation.push_back(scenario.opportunities.correlation);
  }
  const List list(file, "scenarios", "scenario_row", name.size());
  list.texts("name", name, "name of the scenario");
  list.texts("description", description, "what it is, in its own words");
  list.texts("files", files, "files that it is read from, without folders, a line each");
  list.numbers("changes", changes, "1", "0 = baseline and scenario are the same");
  if (scenarios[0].products.at_risk.empty()) return;
  list.numbers("rank_correlation", correlation, "1",
               "Spearman's rank correlation of unrealised potential by product, baseline and scenario, of the cells");
}

void write_opportunities(hid_t difference, const std::vector<std::string>& products,
                         const std::vector<ScenarioResult>& scenarios) {
  if (scenarios[0].products.at_risk.empty()) return;
  std::vector<std::string> of, product;
  std::vector<std::int32_t> was, is;
  std::vector<double> before, after;
  for (const ScenarioResult& scenario : scenarios)
    for (const RankChange& change : scenario.opportunities.changes) {
      of.push_back(scenario.name);
      product.push_back(products[change.product]);
      was.push_back(change.place_baseline);
      is.push_back(change.place_scenario);
      before.push_back(change.unrealized_baseline);
      after.push_back(change.unrealized_scenario);
    }
  const List list(difference, "opportunities", "change", of.size());
  list.texts("scenario", of, "name of the scenario");
  list.texts("product", product, "product, HS code of six digits");
  list.numbers("place_baseline", was, "1", "place by unrealised potential to the countries named, 1 = the largest");
  list.numbers("place_scenario", is, "1", "place by unrealised potential to the countries named, 1 = the largest");
  list.numbers("unrealized_baseline", before, "USD", "unrealised potential of the product, baseline");
  list.numbers("unrealized_scenario", after, "USD", "unrealised potential of the product, scenario");
}

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
  write_target_products(file, world, scenarios);
}

}  // namespace potentia
