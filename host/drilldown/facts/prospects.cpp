// See prospects.hpp.
#include "host/drilldown/facts/prospects.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <utility>

#include "host/drilldown/facts/pair_sums.hpp"
#include "host/statistics/ranks.hpp"
#include "kernels/error.hpp"

namespace potentia::drilldown {
namespace {

/// The pair's cells as a list along the solution's axes, whose only exporter is the pair's.
CellList cells_of_pair(const Context& context) {
  CellList cells;
  const std::size_t products = context.solution->axes.products.size();
  cells.offsets = {0, products};
  cells.market.assign(products, context.market.members[0]);
  for (std::size_t product = 0; product < products; ++product) cells.product.push_back(static_cast<std::int32_t>(product));
  cells.columns = context.pair.columns;
  return cells;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  std::sort(values.begin(), values.end());
  return statistics::quantile_of_sorted(values, 0.5);
}

void look_at_products(const Context& context, Prospects& prospects) {
  CellOutlook outlook = context.solution->cell_outlook(cells_of_pair(context));
  prospects.chance = std::move(outlook.chance);
  prospects.expected = std::move(outlook.expected);
  prospects.low = std::move(outlook.low);
  prospects.high = std::move(outlook.high);
  const std::vector<double>& potential = context.pair.columns[column_potential];
  const std::vector<double>& actual = context.pair.columns[column_actual];
  for (const std::int32_t product : ranked_products(context, column_potential))
    if (!(actual[product] > 0.0) && prospects.chance[product] >= 0.0) prospects.without_trade.push_back(product);
  std::vector<double> chances, potentials;
  for (std::size_t n = 0; n < std::min(quadrant_products, prospects.without_trade.size()); ++n) {
    chances.push_back(prospects.chance[prospects.without_trade[n]]);
    potentials.push_back(potential[prospects.without_trade[n]]);
  }
  prospects.middle_chance = median_of(chances);
  prospects.middle_potential = median_of(potentials);
}

void find_drawn(const Context& context, Prospects& prospects) {
  std::map<std::string, std::int32_t> positions;
  for (std::size_t at = 0; at < prospects.draws->cells.size(); ++at)
    positions[prospects.draws->cells[at].product] = static_cast<std::int32_t>(at);
  for (const std::int32_t product : context.solution->axes.products) {
    const auto found = positions.find(context.world->products[product].code);
    prospects.drawn.push_back(found == positions.end() ? -1 : found->second);
  }
}

}  // namespace

Prospects find_prospects(const Context& context, std::optional<PairDraws> draws, const OutlookModels* outlook) {
  Prospects prospects;
  const auto note = [&](const char* role, const std::string& path, const std::string& digest) {
    prospects.files.push_back({role, std::filesystem::path(path).filename().string(), digest, 0});
  };
  if (outlook != nullptr) note("outlook", outlook->file, outlook->digest);
  if (draws) note("draws", draws->file, draws->digest);
  const Solution& solution = *context.solution;
  prospects.has_outlook = solution.pair_outlook.has_value();
  if (prospects.has_outlook) {
    const std::size_t markets = solution.axes.markets.size();
    for (std::size_t exporter = 0; exporter < context.exporter.members.size(); ++exporter)
      for (const std::int32_t market : context.market.members) {
        prospects.expected_of_pair += solution.pair_outlook->expected[exporter * markets + market];
        prospects.starts_of_pair += solution.pair_outlook->expected_starts[exporter * markets + market];
      }
    if (context.exporter.members.size() == 1 && context.market.members.size() == 1) look_at_products(context, prospects);
  }
  prospects.draws = std::move(draws);
  if (prospects.draws) find_drawn(context, prospects);
  return prospects;
}

void check_years(const PairDraws& draws, const Settings& settings) {
  const std::vector<std::int64_t> base(settings.world.base_years.begin(), settings.world.base_years.end());
  if (draws.base_years != base || draws.horizon_year != settings.world.horizon_year)
    throw input_error("the draws are of other years than the report", draws.file, "draw with the same settings: potentia draws");
}

}  // namespace potentia::drilldown
