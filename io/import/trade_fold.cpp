// See trade_fold.hpp.
#include "io/import/trade_fold.hpp"

#include <algorithm>
#include <tuple>

namespace potentia {
namespace {

struct Flow {
  std::uint16_t exporter, market;
  std::uint16_t exporter_code, market_code;
  double value;
};

}  // namespace

bool has_further_codes(const std::vector<TradeBlock>& blocks, std::size_t countries) {
  return std::any_of(blocks.begin(), blocks.end(), [countries](const TradeBlock& block) {
    return std::any_of(block.runs.begin(), block.runs.end(), [countries](const TradeRun& run) {
      return run.exporter >= countries || run.market >= countries;
    });
  });
}

std::map<std::uint16_t, std::uint64_t> fold_codes(TradeYear& year, const std::vector<std::uint16_t>& country_of,
                                                  std::size_t countries) {
  std::map<std::uint16_t, std::uint64_t> summed;
  std::vector<Flow> flows;
  std::uint64_t to = 0, begin = 0;
  for (std::size_t k = 0; k + 1 < year.product_offset.size(); ++k) {
    const std::uint64_t end = year.product_offset[k + 1];
    flows.clear();
    for (std::uint64_t i = begin; i < end; ++i) {
      flows.push_back({country_of[year.exporter[i]], country_of[year.market[i]], year.exporter[i], year.market[i],
                       year.value[i]});
    }
    std::sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
      return std::tie(a.exporter, a.market, a.exporter_code, a.market_code) <
             std::tie(b.exporter, b.market, b.exporter_code, b.market_code);
    });
    const std::uint64_t first = to;
    for (const Flow& flow : flows) {
      if (to > first && year.exporter[to - 1] == flow.exporter && year.market[to - 1] == flow.market) {
        year.value[to - 1] += flow.value;
        if (flow.exporter_code >= countries) ++summed[flow.exporter];
        if (flow.market_code >= countries) ++summed[flow.market];
        continue;
      }
      year.exporter[to] = flow.exporter;
      year.market[to] = flow.market;
      year.value[to] = flow.value;
      ++to;
    }
    begin = end;
    year.product_offset[k] = first;
  }
  year.product_offset.back() = to;
  Buffer<std::uint16_t> exporter(to), market(to);
  Buffer<double> value(to);
  std::copy_n(year.exporter.data(), to, exporter.data());
  std::copy_n(year.market.data(), to, market.data());
  std::copy_n(year.value.data(), to, value.data());
  year.exporter = std::move(exporter);
  year.market = std::move(market);
  year.value = std::move(value);
  return summed;
}

}  // namespace potentia
