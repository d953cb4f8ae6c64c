// See table_line.hpp.
#include "io/result/table_line.hpp"

#include <utility>

#include "io/hdf5/file.hpp"

namespace potentia::result {
namespace {

// Full float64 mantissas do not shrink; zeros do, and a plain chunk costs next to nothing.
constexpr double worthwhile_zeros = 0.5;

std::size_t width_of(const hdf5::Shape& shape) {
  std::size_t width = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) width *= shape[axis];
  return width;
}

/// A chunk holds whole rows, or a piece of a single one (row_layout() cuts leading axes first).
TableBox box_of(const hdf5::Shape& shape, const hdf5::Shape& chunk, const hdf5::Shape& first, const hdf5::Shape& inside) {
  TableBox box;
  box.first_row = first[0];
  box.rows = inside[0];
  box.stride = width_of(chunk);
  std::size_t columns_in = width_of(shape);
  box.columns = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) {
    columns_in /= shape[axis];
    box.first_column += first[axis] * columns_in;
    box.columns *= inside[axis];
  }
  return box;
}

hdf5::ChunkSource source_of(const PlannedTable& table, const hdf5::Layout& layout) {
  if (!table.part) return hdf5::cut_from(table.values);
  return hdf5::made_by([part = table.part, shape = table.shape, chunk = layout.chunk](
                           const hdf5::Shape& first, const hdf5::Shape& inside, void* out) {
    part(box_of(shape, chunk, first, inside), static_cast<double*>(out));
  });
}

}  // namespace

hdf5::Layout table_layout(const hdf5::Shape& shape) {
  hdf5::Layout layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
  layout.least_zeros = worthwhile_zeros;
  return layout;
}

void TableLine::plan(PlannedTable table) {
  planned_.push_back(std::move(table));
  announce();
}

// As far as tables can be begun before it is their turn.
void TableLine::announce() {
  for (; announced_ < planned_.size() && !planned_[announced_].whole; ++announced_) {
    const PlannedTable& table = planned_[announced_];
    const hdf5::Layout layout = table_layout(table.shape);
    if (!layout.chunk.empty()) line_.add(table.shape, sizeof(double), layout, source_of(table, layout));
  }
}

hdf5::Dataset TableLine::write(hid_t group, const char* name) {
  if (planned_.empty()) throw Error(ErrorKind::internal, "a table is written that was not planned", hdf5::where(group, name));
  PlannedTable& table = planned_.front();
  Buffer<double> made;
  const auto expect = [&](std::size_t size) {
    if (size != hdf5::element_count(table.shape))
      throw Error(ErrorKind::internal, "a table has another size than its axes", hdf5::where(group, name));
  };
  if (table.whole) {
    made = table.whole();
    expect(made.size());
    table.values = made.data();
    table.whole = nullptr;
    announce();
  }
  const hdf5::Layout layout = table_layout(table.shape);
  hdf5::Dataset dataset = hdf5::create_dataset(group, name, H5T_NATIVE_DOUBLE, table.shape, layout);
  if (!layout.chunk.empty()) {
    line_.write(dataset);
  } else {
    if (table.part) {
      made = Buffer<double>(hdf5::element_count(table.shape));
      const std::size_t width = width_of(table.shape);
      if (made.size() != 0) table.part({0, table.shape[0], 0, width, width}, made.data());
      table.values = made.data();
    }
    hdf5::write_array(dataset, H5T_NATIVE_DOUBLE, table.values, layout);
  }
  planned_.pop_front();
  --announced_;
  return dataset;
}

}  // namespace potentia::result
