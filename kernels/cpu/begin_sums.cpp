// An evaluation of which nothing is done yet.
#include "kernels/cpu/evaluate.hpp"
#include "kernels/margins.hpp"

namespace potentia {
namespace {

/// [segment][row] for how many of a segment's products has(product, country) holds.
template <class Has>
std::vector<std::uint32_t> count_entries(const std::vector<Segment>& segments, const std::vector<std::int32_t>& countries,
                                         Has has) {
  std::vector<std::uint32_t> count(segments.size() * countries.size(), 0);
  std::uint32_t* own = count.data();
  for (const Segment& segment : segments) {
    for (std::int32_t product = segment.first; product < segment.last; ++product)
      for (std::size_t row = 0; row < countries.size(); ++row) own[row] += has(product, countries[row]) ? 1 : 0;
    own += countries.size();
  }
  return count;
}

void make_sparse(const std::vector<Segment>& segments, const TableView& view, PartialSums& sums) {
  const bool tariffs = view.tariff_rows > 0;
  if (sums.by_exporter_product) {
    const std::size_t stride = view.stride;
    const auto sells = [&](std::int32_t product, std::size_t i) { return view.exports[product * stride + i] > 0.0; };
    sums.exporter_sums = std::make_shared<ProductSums>(count_entries(segments, sums.exporters, sells),
                                                       std::vector<CellSums>(sums.exporters.size()), tariffs);
  }
  if (!sums.by_market_product) return;
  std::vector<CellSums> nothing;
  for (const std::int32_t market : sums.markets) nothing.push_back(market_sums_of_nothing(view, market));
  const auto buys = [&](std::int32_t product, std::size_t j) { return market_has_sums(view, product, j); };
  sums.market_sums = std::make_shared<ProductSums>(count_entries(segments, sums.markets, buys), nothing, tariffs);
}

}  // namespace

std::vector<std::int32_t> listed_or_all(const std::vector<std::int32_t>& listed, std::int32_t countries) {
  if (!listed.empty()) return listed;
  std::vector<std::int32_t> all(countries);
  for (std::int32_t country = 0; country < countries; ++country) all[country] = country;
  return all;
}

PartialSums begin_sums(const Problem& problem, const TableView& view, const Rows& rows, const AskedSums& asked) {
  PartialSums sums;
  sums.exporters = listed_or_all(rows.exporters, problem.countries);
  sums.markets = listed_or_all(rows.markets, problem.countries);
  sums.asked = asked;
  sums.by_exporter_product = rows.markets.empty() && !asked.exporter_product.empty();
  sums.by_market_product = rows.exporters.empty() && !asked.market_product.empty();
  sums.terms = PairTerms::of(view, asked.terms());
  const std::size_t exporters = sums.exporters.size(), products = problem.products;
  const std::vector<Segment> segments = make_segments(problem.sector_begin, problem.sectors);
  sums.pairs = PairPieces(segments.size());
  if (asked.sparse) make_sparse(segments, view, sums);
  if (sums.by_exporter_product && !sums.exporter_sums) make_columns(sums.exporter_product, exporters * products, asked.exporter_product);
  if (sums.by_market_product && !sums.market_sums) make_columns(sums.market_product, sums.markets.size() * products, asked.market_product);
  if (asked.world && !sums.exporter_sums)
    sums.world = {sums.exporters, Buffer<double>(exporters * products), Buffer<double>(exporters * products)};
  return sums;
}

}  // namespace potentia
