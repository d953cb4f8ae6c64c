// The cells of one exporter and product, one by one: for lists and dense cubes.
#pragma once

#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/cell.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Product in each column of the result's tables.
std::vector<std::int32_t> products_by_column(const Problem& problem);

/// Working memory for rows of cells; one per thread.
class CellRow {
public:
  CellRow(const Problem& problem, const Tables& tables);

  /// Potential and unrealised of every market.
  void compute(std::int32_t product, std::int32_t exporter);
  const double* potential() const { return potential_.data(); }
  const double* unrealized() const { return unrealized_.data(); }

  /// All twelve columns of one cell.
  void columns(std::int32_t product, std::int32_t exporter, std::int32_t market, double* value) const;

  /// Adds all twelve columns of every market to `sums` [column][stride].
  void add_columns(std::int32_t product, std::int32_t exporter, double* sums);

  /// One column of every market as float32, `out` [stride].
  void dense(Column column, std::int32_t product, std::int32_t exporter, float* out);

private:
  void set_actual(std::int32_t product, std::int32_t exporter);
  double actual_at(std::int32_t product, std::int32_t exporter, std::int32_t market) const;
  void clear_actual();
  void set_access(std::int32_t product, std::int32_t exporter);

  const Problem& problem_;
  const Tables& tables_;
  const std::uint16_t* traded_begin_ = nullptr;
  const std::uint16_t* traded_end_ = nullptr;
  Buffer<double> actual_, access_now_, access_, access_growth_, potential_, unrealized_;
};

}  // namespace potentia
