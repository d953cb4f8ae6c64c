#include "host/batch/division.hpp"

#include <algorithm>
#include <cmath>

namespace potentia {
namespace {

/// What a product costs, in cells. Rows of exporters without trade are skipped, and of n flows there are about 2.7 √n
/// exporters (real trade of 2024: within 15 % for all but the smallest tenth). The rest was measured there: a flow costs
/// as much as eight cells, the tables of a product as much as a quarter of its cells would if everybody exported it.
double product_cost(double countries, double flows) {
  const double exporters = std::min(countries, 2.7 * std::sqrt(flows));
  return countries * exporters + 8.0 * flows + 0.25 * countries * countries;
}

}  // namespace

bool Division::continues_after(std::size_t part) const {
  const std::int32_t next = cuts[part + 1];
  if (next == 0 || next >= static_cast<std::int32_t>(segments.size())) return false;
  return segments[next].sector == segments[next - 1].sector;
}

Division divide(const World& world, const std::vector<std::int32_t>& products, const std::vector<std::uint64_t>& flows,
                int parts) {
  const auto sectors = static_cast<std::int32_t>(world.sectors.size());
  // A file under way may name a sector that does not exist: that is noticed when all of it has been read.
  const auto sector_of = [&](std::int32_t product) { return std::clamp(world.products[product].sector, 0, sectors - 1); };
  std::vector<std::int32_t> ordered = products, sector_begin(sectors + 1, 0);
  std::stable_sort(ordered.begin(), ordered.end(), [&](std::int32_t a, std::int32_t b) { return sector_of(a) < sector_of(b); });
  for (const std::int32_t product : ordered) ++sector_begin[sector_of(product) + 1];
  for (std::int32_t sector = 0; sector < sectors; ++sector) sector_begin[sector + 1] += sector_begin[sector];

  Division division;
  division.segments = make_segments(sector_begin.data(), sectors);
  std::vector<double> until = {0.0};  // cost of the segments before each
  for (const Segment& segment : division.segments) {
    double cost = 0.0;
    for (std::int32_t at = segment.first; at < segment.last; ++at)
      cost += product_cost(static_cast<double>(world.country_count()), static_cast<double>(flows[ordered[at]]));
    until.push_back(until.back() + cost);
  }
  division.cuts = {0};
  for (int part = 1; part < parts; ++part) {
    const double wanted = until.back() * part / parts;
    std::int32_t cut = static_cast<std::int32_t>(std::lower_bound(until.begin(), until.end(), wanted) - until.begin());
    if (cut > 0 && wanted - until[cut - 1] < until[cut] - wanted) --cut;
    // The first part is never empty: its process puts everything together and needs the world's terms.
    const std::int32_t least = std::max(division.cuts.back(), std::min<std::int32_t>(1, static_cast<std::int32_t>(division.segments.size())));
    division.cuts.push_back(std::max(cut, least));
  }
  division.cuts.push_back(static_cast<std::int32_t>(division.segments.size()));

  division.owner.assign(world.product_count(), -1);
  for (int part = 0; part < parts; ++part)
    for (std::int32_t s = division.cuts[part]; s < division.cuts[part + 1]; ++s)
      for (std::int32_t at = division.segments[s].first; at < division.segments[s].last; ++at)
        division.owner[ordered[at]] = part;
  return division;
}

std::vector<std::uint64_t> flows_by_product(const World& world, const std::vector<std::int32_t>& years) {
  std::vector<std::uint64_t> flows(world.product_count(), 0);
  for (const TradeYear& trade : world.trade) {
    if (!std::binary_search(years.begin(), years.end(), trade.year)) continue;
    for (std::size_t k = 0; k < flows.size(); ++k) flows[k] += trade.product_offset[k + 1] - trade.product_offset[k];
  }
  return flows;
}

}  // namespace potentia
