// Creating datasets and writing arrays.
#include <algorithm>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/packing_line.hpp"

namespace potentia::hdf5 {
namespace {

constexpr unsigned deflate_level = 1;  // as it is told to readers, who need not know it

ChunkGrid grid_of(const Dataset& dataset, const Layout& layout) {
  const std::string name = where(dataset);
  const Space space(check_write(H5Dget_space(dataset), name));
  const Type type(check_write(H5Dget_type(dataset), name));
  ChunkGrid grid;
  grid.shape.resize(check_write(H5Sget_simple_extent_ndims(space), name));
  check_write(H5Sget_simple_extent_dims(space, grid.shape.data(), nullptr), name);
  grid.chunk = layout.chunk;
  grid.element_size = H5Tget_size(type);
  return grid;
}

}  // namespace

Layout row_layout(const Shape& shape, std::size_t element_size, Packing packing, std::size_t target_bytes) {
  std::uint64_t bytes = element_size;
  for (const hsize_t extent : shape) bytes *= extent;
  Layout layout;
  if (packing == Packing::none || bytes < 4096) return layout;
  layout.packing = packing;
  layout.chunk = shape;
  for (std::size_t d = 0; d < shape.size() && bytes > target_bytes; ++d) {  // split the leading axes first
    const std::uint64_t slice = bytes / shape[d];                           // bytes of one index along this axis
    layout.chunk[d] = std::max<std::uint64_t>(1, std::min<std::uint64_t>(shape[d], target_bytes / slice));
    bytes = slice * layout.chunk[d];
  }
  return layout;
}

Dataset create_dataset(hid_t location, const std::string& name, hid_t type, const Shape& shape, const Layout& layout) {
  const std::string place = where(location, name);
  const PropertyList properties(check_write(H5Pcreate(H5P_DATASET_CREATE), place));
  check_write(H5Pset_obj_track_times(properties, false), place);
  if (H5Tis_variable_str(type) <= 0) check_write(H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER), place);
  check_write(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), place);
  if (!layout.chunk.empty()) {
    check_write(H5Pset_chunk(properties, static_cast<int>(layout.chunk.size()), layout.chunk.data()), place);
    if (layout.packing == Packing::shuffle_deflate) check_write(H5Pset_shuffle(properties), place);
    if (layout.packing != Packing::none)
      check_write(H5Pset_deflate(properties, deflate_level), place);
  }
  const Space space(check_write(
      shape.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
      place));
  return Dataset(
      check_write(H5Dcreate2(location, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), place));
}

void write_chunks(const Dataset& dataset, const Layout& layout, const FillChunk& fill, const ChunkProgress& progress) {
  const ChunkGrid grid = grid_of(dataset, layout);
  PackingLine line;
  line.add(grid.shape, grid.element_size, layout, made_by(fill));
  line.write(dataset, progress);
}

void write_array(const Dataset& dataset, hid_t memory_type, const void* data, const Layout& layout) {
  const ChunkGrid grid = grid_of(dataset, layout);
  if (layout.chunk.empty()) {
    check_write(H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), where(dataset));
    std::uint64_t bytes = H5Tget_size(memory_type);
    for (const hsize_t extent : grid.shape) bytes *= extent;
    write_fixed_attribute(dataset, fingerprint_attribute, fingerprint_of({}, {hash_of(data, bytes)}));
    return;
  }
  PackingLine line;
  line.add(grid.shape, grid.element_size, layout, cut_from(data));
  line.write(dataset);
}

}  // namespace potentia::hdf5
