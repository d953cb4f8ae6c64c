// One walk over the cells of every pair: the largest products of each pair, and each product's largest exporters
// against its largest markets. Cells come from the engine and are forgotten at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/atlas/site_data.hpp"

namespace potentia::atlas {

/// Columns of what is listed by product, and of cells where they are listed once more.
inline constexpr std::array<Column, 6> compact_columns = {column_actual,     column_potential, column_realized,
                                                          column_unrealized, column_static,    column_dynamic};

/// Of one exporter: the largest cells of every pair.
struct PairProducts {
  std::vector<std::int32_t> market, product;
  std::array<std::vector<double>, compact_columns.size()> columns;
};

/// Each product's exporters against its markets.
class ProductMatrices {
public:
  explicit ProductMatrices(const SiteData& site);

  /// Countries along the two sides, largest of exports and potential first. [products][≤ product_countries], of which
  /// the first matrix_side are in the matrix
  const std::vector<std::int32_t>& exporters(std::size_t k) const { return exporters_[k]; }
  const std::vector<std::int32_t>& markets(std::size_t k) const { return markets_[k]; }
  double actual(std::size_t k, std::size_t row, std::size_t column) const { return actual_[at(k, row, column)]; }
  double potential(std::size_t k, std::size_t row, std::size_t column) const { return potential_[at(k, row, column)]; }

  /// Products in whose matrix the exporter has a row. Ascending
  const std::vector<std::int32_t>& products_of(std::size_t exporter) const { return products_of_[exporter]; }
  /// Takes what concerns the matrices from the cells of a pair. Pairs of different exporters may come at the same time.
  void take(std::size_t exporter, std::size_t market, const double* cells);

private:
  std::size_t at(std::size_t k, std::size_t row, std::size_t column) const {
    return (k * matrix_side + row) * matrix_side + column;
  }

  std::size_t products_;
  std::vector<std::vector<std::int32_t>> exporters_, markets_, products_of_;
  std::vector<std::int8_t> row_, column_;  // [countries, products] -1 = not in the matrix
  std::vector<double> actual_, potential_;
};

/// Walks over an exporter's pairs with trade or potential.
/// @param cells room for column_count × products values
PairProducts walk_exporter(const SiteData& site, std::size_t exporter, ProductMatrices& matrices, double* cells);

}  // namespace potentia::atlas
