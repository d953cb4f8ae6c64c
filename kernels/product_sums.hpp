// Value columns by product without the entries that are nothing: of exporters and products sold, of markets and products
// bought. More than half of a real world's other entries would be written as zeros, page after page, to be read again
// when the result is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/margins.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// The columns of one margin, row by row, of each the entries in the order in which segments evaluate them; those that
/// it has not are `nothing` of the row. Different segments may be put in by different threads.
class ProductSums {
public:
  /// @param live [segment][row] how many entries of each row a segment is going to put in
  /// @param nothing [row] what an entry is that is not put in; dynamic follows from the others
  /// @param tariffs false = the tariff's part is 0 everywhere
  ProductSums(const std::vector<std::uint32_t>& live, const std::vector<CellSums>& nothing, bool tariffs);

  /// The number in its row of the first entry that a segment puts in.
  std::uint32_t first(std::size_t segment, std::size_t row) const { return first_[segment * rows() + row]; }

  void put(std::size_t row, std::uint32_t number, std::int32_t product_column, const CellSums& sums) {
    const std::size_t begin = begin_[row], count = begin_[row + 1] - begin;
    product_column_[begin + number] = product_column;
    double value[column_count];
    value_columns(sums, value);
    double* to = values_.data() + begin * slots_ + number;
    for (int c = 0; c < column_count; ++c) {
      if (c == column_dynamic || (c == column_change_tariff && !tariffs_)) continue;
      *to = value[c];
      to += count;
    }
  }

  /// out[at - first] = the entry of product column `at`, for `count` columns from `first` on.
  void row(Column column, std::size_t row, std::size_t first, std::size_t count, double* out) const;

private:
  std::size_t rows() const { return nothing_.size(); }
  /// Values of a row that are kept, in the order of `product_column_`; null for a column that is not.
  const double* kept(int column, std::size_t row) const;

  bool tariffs_;
  std::size_t slots_;                       ///< columns that are kept
  std::vector<CellSums> nothing_;
  std::vector<std::uint32_t> first_;        ///< [segment][row]
  std::vector<std::size_t> begin_;          ///< [row + 1] entries of the rows before
  Buffer<std::int32_t> product_column_;     ///< [entry]
  Buffer<double> values_;                   ///< row by row: [column kept][entry of the row]
};

}  // namespace potentia
