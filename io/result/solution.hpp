// The answer of a solve, in the order and with the labels in which result.h5 shows it.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// Axes of the result. Products are those in scope with trade in the base years, in ascending order of code.
struct Axes {  // indices are into the world's tables
  std::vector<std::int32_t> exporters;  ///< country indices into World::countries that were evaluated, ascending
  std::vector<std::int32_t> markets;    ///< likewise
  std::vector<std::int32_t> products;   ///< product indices into World::products, ascending
};

/// How long a stage of the solve took.
struct Stage {
  std::string name;
  double seconds = 0.0;
};

/// One of the tables along products.
struct ProductTable {
  enum class Kind { exporter_product, market_product, factor } kind = Kind::exporter_product;
  int number = 0;  ///< of the column, or of the factor in `factor_tables`
};

/// Part of a table of rows and columns; of `pair_sector` the columns run over markets and sectors.
struct TableBox {
  std::size_t first_row = 0, rows = 0;
  std::size_t first_column = 0, columns = 0;
  std::size_t stride = 0;  ///< between rows of what is written to
};

/// Tables are row-major over the axes above; sectors are those of the world.
/// Under a restriction of exporters `margins.market_product` has empty columns, and under one of markets
/// `margins.exporter_product` has, because they would be partial sums.
struct Solution {
  Axes axes;
  Factors factors;                 ///< exporter and market axes cover *all* countries of the world, in its order
  Margins margins;                 ///< exporter and market axes are axes.exporters and axes.markets
  CellList cells;                  ///< `market` and `product` count along axes.markets and axes.products
  std::vector<Notice> notices;     ///< fills made for this solve (kind "fill"), with whose
  Settings settings;               ///< as used: base years and horizon resolved
  std::vector<Stage> stages;       ///< wall time, in the order of the stages
  bool all_exporters = true;
  bool all_markets = true;
  /// Where tables along products are in several places: puts one together when it is written. `factors` has ease alone
  /// then, and `margins` those of pairs.
  std::function<Buffer<double>(const ProductTable&)> product_tables;

  /// Tables that are made while they are written, if any: out[row * stride + column] of a part, in several threads at
  /// once. `factors` has ease alone then, and `margins.pair_sector` is empty.
  std::function<void(int factor, const TableBox&, double* out)> factor_part;  ///< a row for each country of the world
  std::function<void(Column, const TableBox&, double* out)> pair_sector_part;
  /// The columns by product; those of `margins` are empty then.
  std::function<void(const ProductTable&, const TableBox&, double* out)> product_part;
  /// The list while it is being made; `cells` is empty then.
  std::shared_future<CellList> cells_to_come;
  /// Waits for it. @throws what making it throws
  const CellList& listed() const { return cells_to_come.valid() ? cells_to_come.get() : cells; }
};

}  // namespace potentia
