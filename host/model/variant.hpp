// A variant: the baseline's inputs with some of them replaced, as plain data (METHOD.md, "Variants").
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernels/cpu/variant_tables.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// Products are in the problem's order. What is empty stays the baseline's; an empty variant is the baseline itself.
struct Variant {
  // Growth until the horizon
  std::vector<double> gdp_growth;         ///< [countries]
  std::vector<double> population_growth;  ///< [countries]
  std::vector<double> income_elasticity;  ///< [market, product]
  std::vector<double> sigma;  ///< [products] of the horizon; supply's correction and EP⁰ keep the baseline's

  // Costs at the horizon: rows behind those of the baseline, and who is on them
  std::int32_t rows = 0;
  std::vector<double> rate;               ///< [rows, products] c of 1 + c, above −1
  std::vector<double> multiplier;         ///< [rows, products] of a cell's potential; empty = 1
  std::vector<std::int32_t> row_horizon;  ///< [exporter, market]; empty = the baseline's
  std::vector<std::int32_t> row_now;      ///< likewise; only where an ease is given, to keep EP⁰ what it was
  std::vector<double> ease;               ///< [exporter, market], NaN = as trade says; empty = nowhere

  TouchedInputs touched;

  bool empty() const {
    return gdp_growth.empty() && population_growth.empty() && income_elasticity.empty() && sigma.empty() && rows == 0 &&
           row_horizon.empty() && ease.empty();
  }
};

/// The problem of a variant: it looks into the baseline's memory for all that is not replaced, and keeps it alive.
std::shared_ptr<const Problem> apply_variant(std::shared_ptr<const Problem> baseline, const Variant& variant);

}  // namespace potentia
