#include "host/scenario/csv.hpp"

#include "io/export/csv_field.hpp"

namespace potentia {
namespace {

/// Lines of comma-separated fields.
class Csv {
public:
  explicit Csv(const char* header) : text_(std::string(header) + "\n") {}
  Csv& add(const std::string& field) {
    text_ += (begun_ ? "," : "") + csv_text(field);
    begun_ = true;
    return *this;
  }
  Csv& add(double value) {
    char field[longest_number];
    return add(std::string(field, write_number(field, value)));
  }
  void end() {
    text_ += '\n';
    begun_ = false;
  }
  std::string take() { return std::move(text_); }

private:
  std::string text_;
  bool begun_ = false;
};

std::string assumptions(const std::vector<ScenarioResult>& results) {
  Csv csv("scenario,kind,instrument,side,what,source,assumption,acts");
  for (const ScenarioResult& result : results)
    for (const AssumptionLine& line : result.assumptions) {
      csv.add(result.name).add(line.kind).add(line.instrument).add(line.side).add(line.what).add(line.source);
      csv.add(line.assumption ? "yes" : "no").add(line.acts ? "yes" : "no").end();
    }
  return csv.take();
}

constexpr const char* value_header =
    "actual,potential_baseline,potential_scenario,difference,unrealized_baseline,unrealized_scenario,at_risk";

std::string pairs(const World& world, const std::vector<ScenarioResult>& results) {
  Csv csv((std::string("scenario,exporter,market,") + value_header).c_str());
  const std::size_t countries = world.country_count();
  for (const ScenarioResult& result : results)
    for (std::size_t at = 0; at < countries * countries; ++at) {
      const auto before = [&](Column column) { return result.baseline_pair.columns[column][at]; };
      const auto after = [&](Column column) { return result.scenario_pair.columns[column][at]; };
      if (before(column_potential) == after(column_potential)) continue;
      csv.add(result.name).add(world.countries[at / countries].iso3).add(world.countries[at % countries].iso3);
      csv.add(before(column_actual)).add(before(column_potential)).add(after(column_potential));
      csv.add(after(column_potential) - before(column_potential))
          .add(before(column_unrealized))
          .add(after(column_unrealized));
      csv.add(result.at_risk[at]).end();
    }
  return csv.take();
}

std::string instruments(const World& world, const std::vector<ScenarioResult>& results) {
  Csv csv("scenario,instrument,exporter,market,difference");
  const std::size_t countries = world.country_count(), square = countries * countries;
  for (const ScenarioResult& result : results)
    for (std::size_t n = 0; n < result.instruments.size(); ++n)
      for (std::size_t at = 0; at < square; ++at) {
        const double part = result.by_instrument[n * square + at];
        if (part == 0.0) continue;
        csv.add(result.name).add(result.instruments[n]).add(world.countries[at / countries].iso3);
        csv.add(world.countries[at % countries].iso3).add(part).end();
      }
  return csv.take();
}

std::string cells(const SolvedWorld& solved, const std::vector<ScenarioResult>& results) {
  const World& world = solved.world;
  Csv csv((std::string("scenario,exporter,market,product,name,") + value_header + ",instrument,by_instrument").c_str());
  for (const ScenarioResult& result : results)
    for (std::size_t at = 0; at < result.cells.exporter.size(); ++at) {
      const ScenarioCells& list = result.cells;
      const double before = list.baseline[column_potential][at], after = list.scenario[column_potential][at];
      if (before == after) continue;
      const Product& product = world.products[solved.built.products[list.product[at]]];
      // A row for each instrument, so that tables can be turned.
      for (std::size_t n = 0; n < result.instruments.size(); ++n) {
        csv.add(result.name).add(world.countries[list.exporter[at]].iso3).add(world.countries[list.market[at]].iso3);
        csv.add(product.code)
            .add(product.name)
            .add(list.baseline[column_actual][at])
            .add(before)
            .add(after)
            .add(after - before);
        csv.add(list.baseline[column_unrealized][at]).add(list.scenario[column_unrealized][at]).add(list.at_risk[at]);
        csv.add(result.instruments[n]).add(list.by_instrument[n][at]).end();
      }
    }
  return csv.take();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> scenario_csvs(const SolvedWorld& solved,
                                                               const std::vector<ScenarioResult>& results) {
  std::vector<std::pair<std::string, std::string>> files = {{"assumptions.csv", assumptions(results)},
                                                            {"pairs.csv", pairs(solved.world, results)},
                                                            {"instruments.csv", instruments(solved.world, results)}};
  if (!results[0].cells.exporter.empty()) files.emplace_back("cells.csv", cells(solved, results));
  return files;
}

}  // namespace potentia
