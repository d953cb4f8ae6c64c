// The base trade of single markets, by product: what a problem has by product and exporter.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "kernels/tables.hpp"

namespace potentia {

/// Flows into one market.
struct MarketFlows {
  std::vector<std::uint32_t> begin;     ///< [products + 1] first flow of each product
  std::vector<std::uint16_t> exporter;  ///< ascending within a product
  std::vector<double> value;            ///< USD
};

/// Made when first asked for and kept: variants of one world ask for the same markets again and again, and to find a
/// market's flows takes a look at all flows.
class FlowsByMarket {
public:
  /// @param problem, tables whose flows these are; must outlive this
  FlowsByMarket(const Problem& problem, const Tables& tables) : problem_(problem), tables_(tables) {}

  /// Not from several threads at once. @param markets country indices, each once
  void require(const std::vector<std::int32_t>& markets, int threads);
  /// @pre required before
  const MarketFlows& of(std::int32_t market) const { return *known_.at(market); }

private:
  const Problem& problem_;
  const Tables& tables_;
  std::map<std::int32_t, std::unique_ptr<MarketFlows>> known_;
};

}  // namespace potentia
