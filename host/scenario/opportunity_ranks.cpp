#include "host/scenario/opportunity_ranks.hpp"

#include "host/model/ranking.hpp"

namespace potentia {
namespace {

/// Changes of rank among these are of interest: nobody reads a list to its end.
constexpr std::size_t top_of_list = 100;
constexpr std::size_t most_changes = 20;

}  // namespace

void rank_opportunities(ScenarioResult& result) {
  const std::vector<double>& before = result.products.baseline[column_unrealized];
  const std::vector<double>& after = result.products.scenario[column_unrealized];
  if (before.empty()) return;
  OpportunityRanks& ranks = result.opportunities;
  ranks.correlation = rank_correlation(before, after);
  const std::vector<std::size_t> was = places_of(before), is = places_of(after);
  std::vector<std::size_t> moved = largest_moves(before, after, top_of_list);
  if (moved.size() > most_changes) moved.resize(most_changes);
  for (const std::size_t product : moved)
    ranks.changes.push_back({static_cast<std::int32_t>(product), static_cast<std::int32_t>(was[product]),
                             static_cast<std::int32_t>(is[product]), before[product], after[product]});
}

}  // namespace potentia
