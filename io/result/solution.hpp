// The answer of a solve, in the order and with the labels in which result.h5 shows it.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <optional>
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

/// What the models of a back-test expect of pairs: sums over all cells.
struct PairOutlook {
  Buffer<double> expected;         ///< [exporter, market] exports at the horizon, USD
  Buffer<double> expected_starts;  ///< [exporter, market] number of flows expected to start
};

/// What they expect of listed cells. NaN = missing: nothing says it.
struct CellOutlook {
  std::vector<double> chance;      ///< [cells] that a flow starts where there is no trade, that it goes on where there is
  std::vector<double> expected;    ///< exports at the horizon, USD; of a cell without trade chance times size
  std::vector<double> low, high;   ///< 90 % interval of a cell with trade, USD
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
  /// With an outlook alone.
  std::optional<PairOutlook> pair_outlook;
  std::function<CellOutlook(const CellList&)> cell_outlook;  ///< of cells along these axes

  /// The list while it is being made; `cells` is empty then.
  std::shared_future<CellList> cells_to_come;
  /// Waits for it. @throws what making it throws
  const CellList& listed() const { return cells_to_come.valid() ? cells_to_come.get() : cells; }
};

}  // namespace potentia
