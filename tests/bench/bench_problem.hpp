// A problem with the size and the sparsity of the real world, made in memory.
#pragma once

#include <cstdint>
#include <memory>

#include "kernels/problem.hpp"

namespace potentia::bench {

struct BenchShape {
  std::int32_t countries = 226, products = 5079, sectors = 16;
  double density = 0.04;
  bool tariffs = false;
};

/// A problem that owns its tables, the same for the same shape. Countries and products differ in how widely they trade
/// as in BACI, so that rows are as full and as empty as those.
std::shared_ptr<const Problem> make_bench_problem(const BenchShape& shape);

/// Cells of exporters that sell the product at all: those that must be evaluated.
std::uint64_t live_cells(const Problem& problem);

}  // namespace potentia::bench
