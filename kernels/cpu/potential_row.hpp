// The potentials of one exporter and product that are large enough to be looked at.
#pragma once

#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// For each product, what no access term of the horizon exceeds: (1 + t)^−σ, times a multiplier in variants.
std::vector<double> largest_access(const Problem& problem, const Tables& tables, int threads);

/// Working memory for rows of potentials; one per thread.
class PotentialRow {
public:
  struct Found {
    std::int32_t market;
    double potential, unrealized;  ///< USD
  };

  /// @param largest_access see above; must outlive this
  PotentialRow(const Problem& problem, const Tables& tables, const std::vector<double>& largest_access);

  /// Markets whose potential is positive and at least `least`, ascending. Most rows are left after a glance: trade is only
  /// looked up for what is found, and tariffs only where the potential could be large enough under the lowest of them.
  const std::vector<Found>& at_least(double least, std::int32_t product, std::int32_t exporter);

private:
  const Problem& problem_;
  const Tables& tables_;
  const std::vector<double>& largest_access_;
  Buffer<double> potential_, access_now_, access_;
  std::vector<Found> found_;
};

}  // namespace potentia
