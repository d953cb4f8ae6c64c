// Rows that estimates are made of: tens of millions, read block by block as often as they are wanted, never held as a
// matrix.
//
// Rows belong to clusters (exporters). Every sum runs over a cluster's rows in order, in eight lanes (row modulo 8), and
// then over clusters in order: a property of the data, never of threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/buffer.hpp"

namespace potentia::statistics {

inline constexpr std::int32_t block_rows = 256;

/// How far apart columns of a block are: a power of two of bytes would have them drive each other out of the cache.
inline constexpr std::int32_t column_stride = block_rows + 8;

class RowStream {
public:
  virtual ~RowStream() = default;

  virtual std::int32_t clusters() const = 0;
  virtual std::uint64_t rows(std::int32_t cluster) const = 0;
  virtual const std::vector<std::string>& columns() const = 0;  ///< names of the regressors, without the constant

  /// Reads rows [first, first + count) of a cluster, count at most `block_rows`. Called from several threads at once.
  /// @param x [column][column_stride]
  /// @param y [block_rows]
  virtual void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const = 0;

  /// Rows of a cluster in which y is above 0; by reading them all, where a stream does not know it.
  virtual std::uint64_t events(std::int32_t cluster) const;
};

/// Columns less their mean over all rows, in units of their population standard deviation.
struct Scaling {
  std::vector<double> mean, deviation;  ///< [columns]
};

/// @throws Error(input) where there is no row, or naming a column that is the same in all rows
/// @param where what the rows are, for the error
Scaling scaling_of(const RowStream& stream, int threads, const std::string& where);

/// Every `stride`-th block of a cluster, scaled: `sink(first row, count, x, y)`. Entries of x and y behind the last row,
/// up to a multiple of eight, are 0.
template <class Sink>
void for_blocks(const RowStream& stream, const Scaling& scaling, std::int32_t cluster, std::uint64_t stride, double* x,
                double* y, const Sink& sink);

std::uint64_t all_rows(const RowStream& stream);

/// Working memory of for_blocks().
struct BlockMemory {
  explicit BlockMemory(std::size_t columns)
      : x(Buffer<double>::zeroed(columns * column_stride)), y(Buffer<double>::zeroed(block_rows)) {}
  Buffer<double> x, y;  // in lines of the cache, as vectors of eight are
};

template <class Sink>
void for_blocks(const RowStream& stream, const Scaling& scaling, std::int32_t cluster, std::uint64_t stride, double* x,
                double* y, const Sink& sink) {
  const std::uint64_t rows = stream.rows(cluster);
  for (std::uint64_t first = 0; first < rows; first += stride * block_rows) {
    const auto count = static_cast<std::int32_t>(rows - first < block_rows ? rows - first : block_rows);
    stream.read(cluster, first, count, x, y);
    const std::int32_t padded = (count + 7) / 8 * 8;
    for (std::size_t column = 0; column < scaling.mean.size(); ++column) {
      double* values = x + column * column_stride;
      const double mean = scaling.mean[column], inverse = 1.0 / scaling.deviation[column];
      for (std::int32_t row = 0; row < count; ++row) values[row] = (values[row] - mean) * inverse;
      for (std::int32_t row = count; row < padded; ++row) values[row] = 0.0;
    }
    for (std::int32_t row = count; row < padded; ++row) y[row] = 0.0;
    sink(first, count, x, y);
  }
}

}  // namespace potentia::statistics
