// The method once more, as slowly and as literally as it can be written: dense arrays, plain loops, long double,
// the C library's exp, log and pow. It shares no formula with kernels/ and is what the engine is judged by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/problem.hpp"

namespace potentia::reference {

using Real = long double;
using Columns = std::array<Real, column_count>;  ///< the twelve values of a cell or of a sum of cells, USD

/// A dense row-major table of up to three axes.
template <class T>
struct Table {
  std::size_t rows = 0, columns = 0, depth = 1;
  std::vector<T> values;

  Table() = default;
  Table(std::size_t rows_, std::size_t columns_, T fill = T{}) : Table(rows_, columns_, 1, fill) {}
  Table(std::size_t rows_, std::size_t columns_, std::size_t depth_, T fill)
      : rows(rows_), columns(columns_), depth(depth_), values(rows_ * columns_ * depth_, fill) {}
  T& operator()(std::size_t row, std::size_t column, std::size_t layer = 0) {
    return values.at((row * columns + column) * depth + layer);
  }
  const T& operator()(std::size_t row, std::size_t column, std::size_t layer = 0) const {
    return values.at((row * columns + column) * depth + layer);
  }
};

/// Whose value was missing and filled by rule.
struct Fills {
  std::vector<std::int32_t> gdp;         ///< countries without a GDP ratio
  std::vector<std::int32_t> population;  ///< countries without a population ratio
  std::vector<std::int32_t> sigma;       ///< in-scope traded products (world indices) without an elasticity
};

/// Every number that a full solve reports, for all countries.
struct Answer {
  std::size_t countries = 0, sectors = 0;
  std::vector<std::int32_t> products;  ///< world indices of the in-scope traded products, ascending
  Table<Real> exports, imports;        ///< x_ik, m_jk, USD
  Table<Real> supply_now, supply, demand_now, demand, typical_distance, ease;
  Table<Real> trade;                   ///< [exporter, market, product] v_ijk, USD
  std::vector<Real> gdp, population, sigma;  ///< G and P by country, σ by product; filled
  Table<Real> elasticity;              ///< [market, product] ε, filled
  Table<Real> tariff_now, tariff_horizon;  ///< [exporter, market, product] what is paid
  Table<Columns> cells;                ///< [exporter, market, product]
  Table<Columns> pair;                 ///< [exporter, market]
  Table<Columns> pair_sector;          ///< [exporter, market, sector]
  Table<Columns> exporter_product;     ///< [exporter, product]
  Table<Columns> market_product;       ///< [market, product]
  Fills fills;
};

/// Solves the world for all exporters and markets; the settings must be sound.
Answer solve(const World& world, const Settings& settings);

}  // namespace potentia::reference
