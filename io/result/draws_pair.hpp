// What draws.h5 says of one exporter and one market.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "io/result/draws_result.hpp"

namespace potentia {

/// Quantiles over draws, by draw_probabilities: 5, 25, 50, 75, 95 %. USD
using DrawQuantiles = std::array<double, draw_probabilities.size()>;

struct PairDraws {
  std::string file, digest, world_digest;  ///< of the file, and of the world that was drawn
  std::vector<std::int64_t> base_years;
  std::int64_t draws = 0, horizon_year = 0;
  DrawQuantiles potential{}, unrealized{};  ///< of the pair

  /// A listed cell of the pair.
  struct Cell {
    std::string product;                    ///< code
    DrawQuantiles potential{}, unrealized{};
    double in_top10 = 0.0, in_top50 = 0.0;  ///< share of draws, among the exporter's listed cells
  };
  std::vector<Cell> cells;

  /// How much of the variance of the pair's unrealised potential a group of inputs is behind; none without --sensitivity.
  struct Group {
    std::string name, meaning;              ///< "sigma"; what its spread is the standard deviation of
    double spread = 0.0;
    double first = 0.0, total = 0.0, first_error = 0.0, total_error = 0.0;
  };
  std::vector<Group> groups;
};

/// @param exporter,market ISO3
/// @throws Error(input) when the file is no draws.h5, is damaged, or has no such countries
PairDraws read_pair_draws(const std::string& path, const std::string& exporter, const std::string& market);

}  // namespace potentia
