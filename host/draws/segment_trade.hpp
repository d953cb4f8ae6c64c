// Trade of a run of products with every base year beside the others, so that the weights of a draw give its flows at
// once.
#pragma once

#include <cstdint>
#include <vector>

#include "host/model/problem_builder.hpp"
#include "kernels/problem.hpp"

namespace potentia {

class SegmentTrade {
public:
  /// @param first,last products in the problem's order
  SegmentTrade(const World& world, const BuiltProblem& built, std::int32_t first, std::int32_t last);

  std::size_t flows() const { return exporter_.size(); }

  /// The flows of a draw, to the bits that merging the base years with these weights gives.
  /// @param weights [base years]; @param out [flows]
  void values(const std::vector<double>& weights, double* out) const;

  /// These flows with values from elsewhere; product counts from the run's first.
  FlowView view(const double* values) const {
    return {begin_.data(), begin_.data() + 1, exporter_.data(), market_.data(), values, exporter_.size()};
  }

private:
  std::vector<std::uint64_t> begin_;  ///< [products + 1]
  std::vector<std::uint16_t> exporter_, market_;
  std::size_t years_;
  std::vector<std::vector<double>> by_year_;  ///< [base year][flow], 0 where the year has no record of the flow
  std::vector<std::uint32_t> pattern_;        ///< [flow] which of `patterns_`
  std::vector<std::vector<char>> patterns_;   ///< [pattern][base year] whether there is a record
  bool skip_missing_;
};

}  // namespace potentia
