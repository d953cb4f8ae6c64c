// Chunks about scenarios: what they rest on and what they change. See chunks.hpp.
#include <array>
#include <cmath>
#include <numeric>

#include "host/atlas/chunks.hpp"

namespace potentia::atlas {
namespace {

/// Columns that are shown of baseline and scenario; what is realised is the rest of the potential.
constexpr std::array<Column, 3> compared = {column_potential, column_static, column_dynamic};
constexpr std::size_t shown_pairs = 200;  ///< pairs of a scenario's own page, largest change first

using Places = std::vector<std::size_t>;

/// Whether a scenario leaves a pair as it is.
bool changes(const ScenarioResult& result, std::size_t pair) {
  for (const Column column : compared)
    if (result.baseline_pair.columns[column][pair] != result.scenario_pair.columns[column][pair]) return true;
  return result.at_risk[pair] > 0.0;
}

/// "before" and "after": lists of the columns compared, each added up over pairs; "risk", "instruments" likewise.
template <class Sum>
void write_changes(Chunk& chunk, const ScenarioResult& result, std::size_t rows, const Sum& sum) {
  for (const auto& [name, margin] : {std::make_pair("before", &result.baseline_pair), {"after", &result.scenario_pair}}) {
    chunk.key(name).open_list();
    for (const Column column : compared)
      chunk.column(rows, [&, from = margin](std::size_t row) { return sum(row, from->columns[column].data()); });
    chunk.close_list();
  }
  chunk.numbers("risk", rows, [&](std::size_t row) { return sum(row, result.at_risk.data()); });
  const std::size_t pairs = result.at_risk.size();
  chunk.key("instruments").open_list();
  for (std::size_t n = 0; n < result.instruments.size(); ++n)
    chunk.column(rows, [&](std::size_t row) { return sum(row, result.by_instrument.data() + n * pairs); });
  chunk.close_list();
}

void write_assumptions(Chunk& chunk, const std::vector<AssumptionLine>& lines) {
  chunk.key("assumptions").open_list();
  for (const AssumptionLine& line : lines)
    chunk.open_list()
        .text(line.instrument)
        .text(line.kind)
        .text(line.side)
        .text(line.says)
        .text(line.applies_to)
        .integer(line.assumption)
        .text(line.source)
        .integer(line.acts)
        .integer(line.already_in_base)
        .close_list();
  chunk.close_list();
}

void write_targets(Chunk& chunk, const std::vector<TargetLine>& targets) {
  const auto codes = [&](const std::vector<std::int32_t>& countries) {
    chunk.open_list();
    for (const std::int32_t country : countries) chunk.integer(country);
    chunk.close_list();
  };
  chunk.key("targets").open_list();
  for (const TargetLine& target : targets) {
    chunk.open_list().text(target.instrument);
    codes(target.exporters);
    codes(target.markets);
    chunk.integer(target.two_way).integer(target.year).number(target.value).number(target.actual);
    chunk.number(target.baseline).number(target.potential).integer(target.reached);
    chunk.number(target.required_growth).number(target.potential_growth).close_list();
  }
  chunk.close_list();
}

}  // namespace

std::string scenario_chunk(const SiteData& site, std::size_t number) {
  const ScenarioResult& result = (*site.scenarios)[number];
  const std::size_t countries = site.countries();
  Chunk chunk("scenario/" + std::to_string(number));
  chunk.texts("files", result.files.size(), [&](std::size_t at) -> const std::string& { return result.files[at]; });
  chunk.texts("players", result.instruments.size(),
              [&](std::size_t at) -> const std::string& { return result.instruments[at]; });
  write_assumptions(chunk, result.assumptions);
  write_targets(chunk, result.targets);
  for (const bool by_exporter : {true, false}) {
    chunk.key(by_exporter ? "exporters" : "markets").open_object();
    write_changes(chunk, result, countries, [&](std::size_t country, const double* values) {
      double sum = 0.0;
      for (std::size_t partner = 0; partner < countries; ++partner)
        sum += values[by_exporter ? country * countries + partner : partner * countries + country];
      return sum;
    });
    chunk.close_object();
  }
  const auto& before = result.baseline_pair.columns[column_potential];
  const auto& after = result.scenario_pair.columns[column_potential];
  const std::vector<std::int32_t> pairs =
      largest(before.size(), shown_pairs, [&](std::size_t pair) { return std::abs(after[pair] - before[pair]); });
  chunk.key("pairs").open_object();
  chunk.integers("exporter", pairs.size(), [&](std::size_t at) { return pairs[at] / countries; });
  chunk.integers("market", pairs.size(), [&](std::size_t at) { return pairs[at] % countries; });
  write_changes(chunk, result, pairs.size(), [&](std::size_t row, const double* values) { return values[pairs[row]]; });
  chunk.close_object();
  return chunk.finish();
}

void write_scenarios(Chunk& chunk, const SiteData& site, std::size_t country, bool as_exporter) {
  if (site.scenarios->empty()) return;
  const std::size_t countries = site.countries();
  chunk.key("scenarios").open_list();
  for (const ScenarioResult& result : *site.scenarios) {
    const auto pair = [&](std::size_t partner) {
      return as_exporter ? country * countries + partner : partner * countries + country;
    };
    Places partners;
    for (std::size_t partner = 0; partner < countries; ++partner)
      if (changes(result, pair(partner))) partners.push_back(partner);
    chunk.open_object();
    chunk.integers("country", partners.size(), [&](std::size_t at) { return partners[at]; });
    write_changes(chunk, result, partners.size(),
                  [&](std::size_t row, const double* values) { return values[pair(partners[row])]; });
    chunk.close_object();
  }
  chunk.close_list();
}

}  // namespace potentia::atlas
