// The tables of two results on common axes: what movers.hpp shares changes out from.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// Codes of either result, ascending, and who has them.
struct MoverAxis {
  std::vector<std::string> codes, names;
  std::vector<char> in_before, in_after;  ///< 0 or 1

  std::size_t size() const { return codes.size(); }
  bool is_common(std::size_t n) const { return in_before[n] != 0 && in_after[n] != 0; }
};

/// One result on the axes of both, 0 where it has no such country or product. E exporters, M markets, K products.
struct MoverSide {
  using Columns = std::array<Buffer<double>, column_count>;
  Columns pair;                  ///< [E, M]
  Columns exporter_product;      ///< [E, K]; the columns that are needed
  Columns market_product;        ///< [M, K]; likewise
  Columns product;               ///< [K] sums over exporters or markets
  Buffer<double> supply_now;     ///< [E, K] S⁰
  Buffer<double> supply_growth;  ///< [E, K] ln(S / S⁰), 0 where there is no supply
  Buffer<double> demand_now;     ///< [M, K] D⁰
  Buffer<double> population;     ///< [M] ln P
  Buffer<double> income;         ///< [M, K] ln(D / D⁰) − ln P, 0 where there is no demand
  Buffer<double> ease;           ///< [E, M]
};

struct MoverTables {
  MoverAxis exporters, markets, products;
  bool has_exporter_product = false, has_market_product = false;  ///< in both results
  MoverSide before, after;
};

/// @throws Error(input), Error(interrupted)
MoverTables read_mover_tables(const std::string& before, const std::string& after);

}  // namespace potentia
