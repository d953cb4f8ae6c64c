// out (column, product) = Σ over markets of Σ over exporters of the cell's value columns, each in the order given.
//
// Towards many markets, rows of eight at a time; towards a few, where most of such a row would be thrown away, cell by
// cell. Products are independent of each other, so threads share them.
#include "kernels/cpu/group_cells.hpp"

#include <algorithm>

#include "kernels/cpu/cell_row.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::size_t row_costs = 16;  // so many markets of a row take as long as one cell alone

struct Group {
  const Tables& tables;
  const std::vector<std::int32_t>&exporters, &markets;

  /// Whether an exporter sells the product to anyone: else all of its cells are 0.
  bool sells(std::int32_t exporter, std::int32_t product) const {
    return tables.view.exports[static_cast<std::size_t>(product) * tables.view.stride + exporter] > 0.0;
  }

  /// @param rows [column][stride] working memory
  void by_rows(CellRow& cells, std::vector<double>& rows, std::int32_t product, double* sums) const {
    std::fill(rows.begin(), rows.end(), 0.0);
    for (const std::int32_t exporter : exporters)
      if (sells(exporter, product)) cells.add_columns(product, exporter, rows.data());
    for (int c = 0; c < column_count; ++c)
      for (const std::int32_t market : markets) sums[c] += rows[static_cast<std::size_t>(c) * tables.view.stride + market];
  }

  void by_cells(const CellRow& cells, std::int32_t product, double* sums) const {
    for (const std::int32_t market : markets) {
      double of_market[column_count] = {};
      for (const std::int32_t exporter : exporters) {
        if (!sells(exporter, product)) continue;
        double value[column_count];
        cells.columns(product, exporter, market, value);
        for (int c = 0; c < column_count; ++c) of_market[c] += value[c];
      }
      for (int c = 0; c < column_count; ++c) sums[c] += of_market[c];
    }
  }
};

}  // namespace

void group_cells(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& exporters,
                 const std::vector<std::int32_t>& markets, int threads, double* out) {
  const Group group{tables, exporters, markets};
  const bool rows_pay = markets.size() * row_costs > static_cast<std::size_t>(tables.view.stride);
#pragma omp parallel num_threads(threads)
  {
    CellRow cells(problem, tables);
    std::vector<double> rows(rows_pay ? static_cast<std::size_t>(column_count) * tables.view.stride : 0);
#pragma omp for schedule(dynamic, 8)
    for (std::int32_t product = 0; product < problem.products; ++product) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      double sums[column_count] = {};
      if (rows_pay)
        group.by_rows(cells, rows, product, sums);
      else
        group.by_cells(cells, product, sums);
      for (int c = 0; c < column_count; ++c)
        out[static_cast<std::size_t>(c) * problem.products + problem.product_column[product]] = sums[c];
    }
  }
  check_interrupted();
}

}  // namespace potentia
