// The origin: who might start, who trades already, and what the world of then says of them.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "host/backtest/windows.hpp"
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

/// Tables of the origin's trade, over the products that take part.
struct Facts {
  std::int32_t countries = 0, products = 0;
  std::vector<double> log_exports;      ///< [exporter, product] ln x_ik; ln 0 where nobody is asked
  std::vector<double> log_imports;      ///< [product, market] ln m_jk
  std::vector<double> log_between;      ///< [exporter, market] ln v_ij
  std::vector<double> log_world;        ///< [product] ln x_k
  std::vector<double> advantage;        ///< [exporter, product] revealed comparative advantage, (x_ik / x_i) / (x_k / x)
  std::vector<std::uint16_t> shared;    ///< [exporter, market] n_ij, products between the pair
  std::vector<std::uint16_t> markets;   ///< [exporter, product] n_ik, markets of the exporter
  std::vector<std::uint16_t> suppliers; ///< [product, market] n_jk, suppliers of the market
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
