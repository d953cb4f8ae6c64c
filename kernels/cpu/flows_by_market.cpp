#include "kernels/cpu/flows_by_market.hpp"

namespace potentia {

void FlowsByMarket::require(const std::vector<std::int32_t>& markets, int threads) {
  std::vector<std::int32_t> place(problem_.countries, -1);
  std::vector<MarketFlows*> wanted;
  for (const std::int32_t market : markets) {
    std::unique_ptr<MarketFlows>& flows = known_[market];
    if (flows) continue;
    flows = std::make_unique<MarketFlows>();
    flows->begin.assign(problem_.products + 1, 0);
    place[market] = static_cast<std::int32_t>(wanted.size());
    wanted.push_back(flows.get());
  }
  if (wanted.empty()) return;

  const std::uint16_t* market = problem_.flows.market;
  const std::int64_t products = problem_.products, countries = problem_.countries;
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product)
    for (std::uint64_t flow = problem_.flows.product_begin[product]; flow < problem_.flows.product_end[product];
         ++flow) {
      const std::int32_t at = place[market[flow]];
      if (at >= 0) ++wanted[at]->begin[product + 1];
    }
  for (MarketFlows* flows : wanted) {
    for (std::int64_t product = 0; product < products; ++product) flows->begin[product + 1] += flows->begin[product];
    flows->exporter.resize(flows->begin.back());
    flows->value.resize(flows->begin.back());
  }
#pragma omp parallel num_threads(threads)
  {
    std::vector<std::uint32_t> next(wanted.size());
#pragma omp for schedule(dynamic, 64)
    for (std::int64_t product = 0; product < products; ++product) {
      for (std::size_t at = 0; at < wanted.size(); ++at) next[at] = wanted[at]->begin[product];
      const std::uint32_t* row = tables_.row_begin.data() + product * (countries + 1);
      const std::uint64_t first = problem_.flows.product_begin[product];
      for (std::int64_t exporter = 0; exporter < countries; ++exporter)
        for (std::uint64_t flow = first + row[exporter]; flow < first + row[exporter + 1]; ++flow) {
          const std::int32_t at = place[market[flow]];
          if (at < 0) continue;
          wanted[at]->exporter[next[at]] = static_cast<std::uint16_t>(exporter);
          wanted[at]->value[next[at]++] = problem_.flows.value[flow];
        }
    }
  }
}

}  // namespace potentia
