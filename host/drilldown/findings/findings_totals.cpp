// Findings on the pair as a whole, its market and its sectors.
#include <algorithm>

#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

bool is_whole_world(const Facts& facts) {
  return facts.context.market.members.size() == facts.context.world->country_count();
}

std::string potential(const Facts& facts) {
  const double whole = facts.pair[column_potential], untapped = facts.pair[column_unrealized];
  if (!(whole > 0.0)) return "";
  const std::string begin = "The potential of exports from " + facts.exporter + " to " + facts.market + " in " +
                            facts.horizon + " is estimated at " + in_dollars(whole) + "; ";
  if (!(untapped > 0.0)) return begin + "exports of the base period already realise all of it.";
  return begin + in_dollars(untapped) + " of it, or " + in_percent(untapped, whole) + ", is unrealised.";
}

std::string no_potential(const Facts& facts) {
  if (facts.pair[column_potential] > 0.0) return "";
  if (facts.pair[column_actual] > 0.0)
    return "No potential can be estimated from " + facts.exporter + " to " + facts.market + ", although they trade.";
  return "No potential can be estimated from " + facts.exporter + " to " + facts.market +
         ": the base period shows no trade in products in scope that would tell how easily they trade.";
}

std::string exporter(const Facts& facts) {
  const double whole = facts.world[column_potential], untapped = facts.world[column_unrealized];
  if (!(whole > 0.0) || is_whole_world(facts)) return "";
  return "To all markets together, " + facts.exporter + " exported " + in_dollars(facts.world[column_actual]) +
         " of products in scope; the potential in " + facts.horizon + " is " + in_dollars(whole) +
         (untapped > 0.0
              ? ", of which " + in_dollars(untapped) + " or " + in_percent(untapped, whole) + " is unrealised."
              : ", all of it realised.");
}

std::string market_rank(const Facts& facts) {
  const double untapped = facts.pair[column_unrealized], whole = facts.world[column_unrealized];
  const std::vector<std::int32_t>& members = facts.context.market.members;
  if (!(untapped > 0.0) || is_whole_world(facts)) return "";
  const auto untapped_in = [&](std::int32_t j) { return facts.by_market[j][column_unrealized]; };
  if (members.size() > 1) {
    const std::int32_t largest = *std::max_element(members.begin(), members.end(), [&](std::int32_t a, std::int32_t b) {
      return untapped_in(a) < untapped_in(b);
    });
    return facts.market + " accounts for " + in_percent(untapped, whole) + " of the unrealised potential of " +
           facts.exporter + " in all markets; among its members, " + facts.context.world->countries[largest].name +
           " accounts for most (" + in_percent(untapped_in(largest), untapped) + " of " + in_dollars(untapped) + ").";
  }
  std::uint64_t rank = 1, markets = 0;
  for (const Sums& sums : facts.by_market) {
    rank += sums[column_unrealized] > untapped;
    markets += sums[column_unrealized] > 0.0;
  }
  const std::string place = rank == 1 ? "the largest" : "the " + ordinal(rank) + " largest";
  return facts.market + " accounts for " + in_percent(untapped, whole) + " of the unrealised potential of " +
         facts.exporter + " in all markets" +
         (markets == 1 ? "" : ", " + place + " share of " + counted(markets, "market", "markets")) + ".";
}

std::string frictions(const Facts& facts) {
  const double untapped = facts.pair[column_unrealized], still = facts.pair[column_static];
  if (!(untapped > 0.0)) return "";
  const double growth = facts.pair[column_dynamic];
  if (!(growth > 0.0))
    return "Frictions of the base period explain all of what is untapped; growth and tariff change add nothing.";
  if (!(still > 0.0))
    return "None of what is untapped is due to frictions of the base period; all of it comes from growth and tariff "
           "change up to " +
           facts.horizon + ".";
  return "Frictions explain " + in_percent(still, untapped) + " of what is untapped (" + in_dollars(still) +
         ", static); growth and tariff change up to " + facts.horizon + " explain the other " + in_dollars(growth) +
         " (dynamic).";
}

std::string leading_sectors(const Facts& facts) {
  const double untapped = facts.pair[column_unrealized];
  if (!(untapped > 0.0)) return "";
  std::vector<std::string> items;
  for (const std::int32_t s : ranked(facts.by_sector, column_unrealized)) {
    const double value = facts.by_sector[s][column_unrealized];
    if (items.size() == 3 || !(value > 0.0)) break;
    items.push_back(facts.context.world->sectors[s] + " (" + in_dollars(value) + ", " + in_percent(value, untapped) +
                    ")");
  }
  if (items.size() == 1) return "All untapped potential lies in one sector: " + items[0] + ".";
  return "The sectors with most untapped potential are " + listed(items) + ".";
}

std::string realized_sectors(const Facts& facts) {
  struct Entry {
    std::int32_t sector;
    double share;
  };
  std::vector<Entry> entries;
  for (std::size_t s = 0; s < facts.by_sector.size(); ++s) {
    const Sums& sums = facts.by_sector[s];
    if (sums[column_potential] > 0.0 && sums[column_potential] >= main_sector_share * facts.pair[column_potential])
      entries.push_back({static_cast<std::int32_t>(s), sums[column_realized] / sums[column_potential]});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.share > b.share; });
  if (entries.size() < 2 || !(entries.front().share > entries.back().share)) return "";
  const auto share = [&](const Entry& entry) {
    const Sums& sums = facts.by_sector[entry.sector];
    return in_percent(sums[column_realized], sums[column_potential]);
  };
  const std::vector<std::string>& names = facts.context.world->sectors;
  return "Of the sectors that matter most, " + names[entries.front().sector] +
         " has realised the largest share of its " + "potential (" + share(entries.front()) + "), " +
         names[entries.back().sector] + " the smallest (" + share(entries.back()) + ").";
}

}  // namespace

std::vector<FindingRule> total_rules() {
  return {
      {{"potential", "The pair has potential.", "Potential at the horizon, unrealised potential and its share in it."},
       potential},
      {{"no_potential", "The pair has no potential at all.", "That nothing can be estimated, and why."}, no_potential},
      {{"exporter", "The exporter has potential somewhere, and the market is not the whole world.",
        "Exports in scope, potential and unrealised potential in all markets together."},
       exporter},
      {{"market_rank", "The pair has unrealised potential, and the market is not the whole world.",
        "The market's share in the exporter's unrealised potential; its rank among countries, or the member of the "
        "group "
        "that holds most."},
       market_rank},
      {{"frictions", "The pair has unrealised potential.",
        "Static unrealised potential as a share of all unrealised potential, and the dynamic rest."},
       frictions},
      {{"leading_sectors", "The pair has unrealised potential.",
        "The three sectors with most of it, with their shares in the unrealised potential of all products."},
       leading_sectors},
      {{"realized_sectors",
        "At least two sectors hold 5 % or more of the pair's potential, and their shares realised differ.",
        "Which of these sectors has realised the largest share of its potential, and which the smallest."},
       realized_sectors},
  };
}

}  // namespace potentia::drilldown
