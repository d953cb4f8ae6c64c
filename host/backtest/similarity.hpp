// Which countries are alike as markets and as exporters, and how many such are already there.
#pragma once

#include <cstdint>
#include <vector>

#include "host/backtest/origin.hpp"

namespace potentia::backtest {

/// Two markets are as similar as the sets of (exporter, product) are from which they buy, two exporters as the sets of
/// (market, product) to which they sell: what both have over what either has (Jaccard).
struct Similarity {
  std::vector<double> markets, exporters;  ///< [country, country], 0 on the diagonal
};
Similarity similarity_of(const Problem& problem, int threads);

/// Of every cell that might start: how many are there already, each counted by its similarity over the mean similarity
/// (of this market, of this exporter) to all others: ln(1 + an effective number), in four bytes.
struct SimilarThere {
  std::vector<std::vector<float>> markets;    ///< [exporter][candidate] markets that the exporter serves, by similarity to this one
  std::vector<std::vector<float>> exporters;  ///< suppliers of the market, by similarity to this exporter
};
SimilarThere similar_there(const Problem& problem, const Similarity& similarity, const std::vector<Candidates>& candidates,
                           int threads);

}  // namespace potentia::backtest
