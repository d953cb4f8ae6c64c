// What base trade says of a cell, beside its potential: what chances and growth are regressed on (METHOD.md, "Does it come
// true?"). Back-tests fit models on them, outlooks apply these models.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Tables of base trade, over the products that take part; logarithms of nothing are −∞.
struct CellFacts {
  std::int32_t countries = 0, products = 0;
  std::vector<double> log_exports;      ///< [exporter, product] ln x_ik
  std::vector<double> log_imports;      ///< [product, market] ln m_jk
  std::vector<double> log_between;      ///< [exporter, market] ln v_ij
  std::vector<double> log_world;        ///< [product] ln x_k
  std::vector<std::uint16_t> shared;    ///< [exporter, market] n_ij, products between the pair
  std::vector<std::uint16_t> markets;   ///< [exporter, product] n_ik, markets of the exporter
  std::vector<std::uint16_t> suppliers; ///< [product, market] n_jk, suppliers of the market
};

/// @param tables of the problem, as its backend has made them
CellFacts make_cell_facts(const Problem& problem, const Tables& tables, int threads);

/// ln EP, ln x_ik, ln m_jk, ln v_ij, ln x_k, ln(1 + n_ij), ln(1 + n_ik), ln(1 + n_jk)
enum PlainRegressor : int {
  on_potential, on_exports, on_imports, on_between, on_world, on_shared, on_markets, on_suppliers, plain_regressors
};
const std::vector<std::string>& plain_names();

/// What goes before them where a cell has trade: ln v0.
inline constexpr const char* trade_name = "ln trade";

/// [65536] ln(1 + n)
const double* log_counts();

}  // namespace potentia
