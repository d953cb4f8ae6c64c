#include "host/scenario/target.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "kernels/cpu/listing.hpp"
#include "kernels/real_math.hpp"
#include "kernels/tables.hpp"

namespace potentia {
namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

/// Each pair once, whatever the parties share.
Pairs pairs_of(const TargetLine& target) {
  const auto in = [](const std::vector<std::int32_t>& list, std::int32_t country) {
    return std::binary_search(list.begin(), list.end(), country);
  };
  std::vector<std::int32_t> parties;
  std::set_union(target.exporters.begin(), target.exporters.end(), target.markets.begin(), target.markets.end(),
                 std::back_inserter(parties));
  Pairs pairs;
  for (const std::int32_t exporter : parties)
    for (const std::int32_t market : parties) {
      const bool one_way = in(target.exporters, exporter) && in(target.markets, market);
      const bool other_way = target.two_way && in(target.exporters, market) && in(target.markets, exporter);
      if (exporter != market && (one_way || other_way)) pairs.emplace_back(exporter, market);
    }
  return pairs;
}

std::vector<std::int32_t> marked(const std::vector<char>& marks) {
  std::vector<std::int32_t> list;
  for (std::size_t at = 0; at < marks.size(); ++at)
    if (marks[at]) list.push_back(static_cast<std::int32_t>(at));
  return list;
}

/// Trade of the pairs in one year, of products in scope.
double trade_of(const World& world, const TradeYear& trade, const Pairs& pairs) {
  const std::size_t countries = world.country_count();
  std::vector<char> wanted(countries * countries, 0);
  for (const auto& [exporter, market] : pairs) wanted[exporter * countries + market] = 1;
  double total = 0.0;
  for (std::size_t product = 0; product < world.product_count(); ++product) {
    if (!world.products[product].in_scope) continue;
    for (std::uint64_t flow = trade.product_offset[product]; flow < trade.product_offset[product + 1]; ++flow)
      if (wanted[trade.exporter[flow] * countries + trade.market[flow]]) total += trade.value[flow];
  }
  return total;
}

/// Unrealised potential by product, largest first, until it covers the gap.
void cover_gap(const TargetPart& target, const std::vector<std::int32_t>& products, TargetLine& line) {
  const std::vector<double>& unrealized = target.unrealized;
  std::vector<std::size_t> order(unrealized.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return unrealized[a] > unrealized[b]; });
  const double gap = line.value - line.actual;
  double covered = 0.0;
  for (const std::size_t column : order) {
    if (covered >= gap || !(unrealized[column] > 0.0)) break;
    line.product.push_back(products[column]);
    line.product_static.push_back(target.static_part[column]);
    line.product_dynamic.push_back(unrealized[column] - target.static_part[column]);
    covered += unrealized[column];
  }
  line.covered = covered >= gap;
}

}  // namespace

double growth_a_year(double from, double to, double years) {
  if (!(years > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  if (!(from > 0.0)) return to > 0.0 ? infinity() : 0.0;
  return to > 0.0 ? pow(to / from, 1.0 / years) - 1.0 : -1.0;
}

TargetPart target_part(const SolvedWorld& solved, const ResolvedInstrument& target, const Problem& problem,
                       const Tables& tables) {
  const Instrument& instrument = *target.instrument;
  TargetPart part;
  TargetLine& line = part.line;
  line.instrument = instrument.name;
  line.exporters = marked(target.exporters);
  line.markets = marked(target.markets);
  line.two_way = instrument.two_way;
  line.year = instrument.years.at("year");
  line.compared_year = solved.built.settings.world.horizon_year;
  line.value = instrument.number("value");
  const Pairs pairs = pairs_of(line);
  const World& world = solved.whole == nullptr || solved.whole->trade == nullptr ? solved.world : *solved.whole->trade;
  const TradeYear &first = world.trade.front(), &last = world.trade.back();
  line.past_first = first.year;
  line.past_last = last.year;
  if (!world.is_share)
    line.past_growth =
        growth_a_year(trade_of(world, first, pairs), trade_of(world, last, pairs), last.year - first.year);

  const std::size_t products = problem.products;
  std::vector<double> cells(column_count * products);
  part.unrealized.assign(products, 0.0);
  part.static_part.assign(products, 0.0);
  for (const auto& [exporter, market] : pairs) {
    pair_cells(problem, tables, exporter, market, cells.data());
    for (std::size_t column = 0; column < products; ++column) {
      part.unrealized[column] += cells[column_unrealized * products + column];
      part.static_part[column] += cells[column_static * products + column];
    }
  }
  return part;
}

TargetLine judge_target(const TargetPart& target, const std::vector<std::int32_t>& products, std::int32_t base_year,
                        std::size_t countries, const ScenarioResult& result) {
  TargetLine line = target.line;
  for (const auto& [exporter, market] : pairs_of(line)) {
    const std::size_t at = exporter * countries + market;
    line.actual += result.baseline_pair.columns[column_actual][at];
    line.baseline += result.baseline_pair.columns[column_potential][at];
    line.potential += result.scenario_pair.columns[column_potential][at];
    line.static_part += result.scenario_pair.columns[column_static][at];
    line.dynamic += result.scenario_pair.columns[column_dynamic][at];
  }
  line.required_growth = growth_a_year(line.actual, line.value, line.year - base_year);
  line.potential_growth = growth_a_year(line.actual, line.potential, line.compared_year - base_year);
  line.reached = line.potential >= line.value;
  cover_gap(target, products, line);
  return line;
}

}  // namespace potentia
