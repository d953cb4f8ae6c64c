// The origin: who might start, who trades already, and what the world of then says of them.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "host/backtest/windows.hpp"
#include "host/model/cell_facts.hpp"
#include "kernels/backend.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia::backtest {

/// Cells of one exporter, by product of the problem and market. Thirteen bytes for each that might start; its regressors are
/// looked up whenever a row is read.
struct Cells {
  std::vector<std::uint16_t> product, market;
  std::vector<double> log_potential;

  std::size_t size() const { return product.size(); }
};
struct Candidates : Cells {
  std::vector<std::uint8_t> started;
  std::vector<double> log_after;   ///< ln v1 of those that started, in their order
};
struct Flows : Cells {
  std::vector<double> log_before, log_after;  ///< ln v0, ln v1

  bool survived(std::size_t cell) const { return log_after[cell] > -HUGE_VAL; }
};

/// What the origin's trade says of a cell, and one more thing to rank cells by.
struct Facts : CellFacts {
  std::vector<double> advantage;        ///< [exporter, product] revealed comparative advantage, (x_ik / x_i) / (x_k / x)
};

struct Origin {
  Facts facts;
  std::vector<Candidates> candidates;  ///< [exporter]
  std::vector<Flows> flows;            ///< [exporter]
  std::uint64_t candidate_count = 0, start_count = 0, flow_count = 0, survivor_count = 0;
};

/// @param problem the origin's, with its tables as the backend has made them
/// @param product_of [products of the problem] indices into World::products
Origin look_at_origin(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& product_of,
                      const Outcome& outcome, int threads);

}  // namespace potentia::backtest
