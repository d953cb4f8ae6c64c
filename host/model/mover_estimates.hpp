// The parts of a change that no two axes of a result measure: averages over estimated cells (see movers.hpp).
#pragma once

#include "host/model/mover_tables.hpp"

namespace potentia {

/// The cell of exporter i, market j and product k is taken as w_ijk = L(EP_ij) · S_ik D_jk / Σ_k S_ik D_jk, where S and
/// D are logarithmic means of the two results' S⁰ and D⁰. What a factor changes there is w · ln(after / before); USD
/// all.
struct MoverEstimates {
  struct Pairs {
    Buffer<double> supply, supply_growth, imports, income;  ///< [E, M] sums over products
  } pairs;
  struct Products {
    Buffer<double> supply, supply_growth, imports, income, population, ease;  ///< [K] sums over pairs
  } products;
};

/// @param product_mean [K] USD: logarithmic means of each product's potential, which its cells are scaled to; empty
///                     where products are not asked for
MoverEstimates estimate_movers(const MoverTables& tables, const Buffer<double>& product_mean);

/// Logarithmic mean of two values ≥ 0: (b − a) / ln(b / a); a where they are equal, 0 where one of them is.
double logarithmic_mean(double a, double b);

}  // namespace potentia
