// From sums over cells to the twelve value columns of a margin.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// What is summed over cells. `weight` is the logarithmic mean; a logarithm that is constant along a sum is applied to
/// the summed weight instead of to every cell.
struct CellSums {
  double actual, potential_now, potential, realized, unrealized, static_part, overtrade;
  double change_supply, change_population, change_income, change_tariff;
};

/// The columns in the order of `Column`. Dynamic is what is left of unrealised: never negative, because both sums run
/// over the same cells in the same order and no cell's static part exceeds its unrealised part.
PT_HD void value_columns(const CellSums& sums, double* columns) {
  columns[column_actual] = sums.actual;
  columns[column_potential_now] = sums.potential_now;
  columns[column_potential] = sums.potential;
  columns[column_realized] = sums.realized;
  columns[column_unrealized] = sums.unrealized;
  columns[column_static] = sums.static_part;
  columns[column_dynamic] = sums.unrealized - sums.static_part;
  columns[column_overtrade] = sums.overtrade;
  columns[column_change_supply] = sums.change_supply;
  columns[column_change_population] = sums.change_population;
  columns[column_change_income] = sums.change_income;
  columns[column_change_tariff] = sums.change_tariff;
}

}  // namespace potentia
