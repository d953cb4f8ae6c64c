// The float64 tables of result.h5 on their way into the file: planned in the order of the file, made or cut into chunks
// and packed by threads ahead of the writing (hdf5/packing_line.hpp).
#pragma once

#include <cstddef>
#include <deque>
#include <functional>

#include "io/hdf5/packing_line.hpp"
#include "io/result/solution.hpp"
#include "kernels/buffer.hpp"

namespace potentia::result {

/// A table to be written. One of the three says where its values come from.
struct PlannedTable {
  hdf5::Shape shape;
  const double* values = nullptr;                        ///< in memory until it has been written
  std::function<void(const TableBox&, double*)> part;    ///< made in parts, in several threads
  std::function<Buffer<double>()> whole;                 ///< put together by the writing thread when it is its turn
};

/// How a table lies in the file.
hdf5::Layout table_layout(const hdf5::Shape& shape);

class TableLine {
public:
  void plan(PlannedTable table);
  /// Creates and writes the first planned table not yet written. @return it, for its scales
  hdf5::Dataset write(hid_t group, const char* name);

private:
  void announce();

  hdf5::PackingLine line_;
  std::deque<PlannedTable> planned_;
  std::size_t announced_ = 0;  ///< how many of `planned_` are on the line
};

}  // namespace potentia::result
