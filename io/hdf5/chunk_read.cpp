// Reading arrays: HDF5 hands over the chunks as they lie in the file, threads inflate them.
#include <algorithm>
#include <limits>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/parallel_reader.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::uint64_t deflate_ratio = 1040;   // deflate cannot do better than about 1032:1
constexpr std::uint64_t free_bytes = 64 << 10;  // so much may be declared without being stored (fill values)
constexpr const char* remedy = "make the file again, it may be damaged or truncated";

Pipeline pipeline_of(const PropertyList& properties, const std::string& name) {
  Pipeline pipeline;
  const int filters = check_read(H5Pget_nfilters(properties), name);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t parameters = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &parameters, nullptr, 0, nullptr, nullptr);
    if (filter == H5Z_FILTER_SHUFFLE && i == 0) {
      pipeline.shuffle_at = i;
    } else if (filter == H5Z_FILTER_DEFLATE && pipeline.deflate_at < 0 && i == filters - 1) {
      pipeline.deflate_at = i;
    } else {
      pipeline.ours = false;
      if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32)
        pipeline.known = false;
    }
  }
  return pipeline;
}

std::uint64_t times(std::uint64_t a, std::uint64_t b, const std::string& name) {
  if (b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b)
    throw input_error("declares an absurd size", name, remedy);
  return a * b;
}

/// Most bytes that `stored` bytes in the file can stand for.
std::uint64_t most_bytes(std::uint64_t stored) {
  const std::uint64_t limit = (std::numeric_limits<std::uint64_t>::max() - free_bytes) / deflate_ratio;
  return std::min(stored, limit) * deflate_ratio + free_bytes;
}

}  // namespace

Shape shape_of(const Space& space, const std::string& name) {
  if (H5Sget_simple_extent_type(space) == H5S_NULL) throw input_error("holds nothing", name, "write its values");
  Shape shape(check_read(H5Sget_simple_extent_ndims(space), name));
  if (!shape.empty()) check_read(H5Sget_simple_extent_dims(space, shape.data(), nullptr), name);
  return shape;
}

std::uint64_t element_count(const Shape& shape) {
  std::uint64_t elements = 1;
  for (const hsize_t extent : shape) elements = times(elements, extent, "dataset");
  return elements;
}

Shape checked_shape(const Dataset& dataset) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  Shape shape = shape_of(space, name);

  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties) != 0)
    throw input_error("keeps its values in another file", name, "store them in this one");
  if (layout == H5D_CHUNKED && !pipeline_of(properties, name).known)
    throw input_error("needs a filter plugin", name, "store it with gzip or without compression");

  std::uint64_t bytes = H5Tget_size(type);
  for (const hsize_t extent : shape) bytes = times(bytes, extent, name);
  hsize_t file_bytes = 0;
  const File file(check_read(H5Iget_file_id(dataset), name));
  check_read(H5Fget_filesize(file, &file_bytes), name);
  const std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(dataset), file_bytes);
  const bool compressed = layout == H5D_CHUNKED && H5Pget_nfilters(properties) > 0;
  if (bytes > (compressed ? most_bytes(stored) : stored + free_bytes))
    throw input_error("declares more values than the file holds", name, remedy);
  if (layout == H5D_CHUNKED) {
    Shape chunk(shape.size());
    check_read(H5Pget_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), name);
    std::uint64_t chunk_bytes = H5Tget_size(type);
    for (const hsize_t extent : chunk) chunk_bytes = times(chunk_bytes, extent, name);
    if (chunk_bytes > most_bytes(stored)) throw input_error("declares an absurd chunk size", name, remedy);
  }
  return shape;
}

bool our_grid(const Type& type, const PropertyList& properties, const std::string& name,
              ChunkGrid& grid, Pipeline& pipeline) {
  if (H5Pget_layout(properties) != H5D_CHUNKED) return false;
  pipeline = pipeline_of(properties, name);
  grid.element_size = H5Tget_size(type);
  grid.chunk.resize(grid.shape.size());
  check_read(H5Pget_chunk(properties, static_cast<int>(grid.chunk.size()), grid.chunk.data()), name);
  return pipeline.ours;
}

void read_array(const Dataset& dataset, hid_t memory_type, void* out, std::uint64_t elements) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  ChunkGrid grid;
  grid.shape = shape_of(space, name);
  if (element_count(grid.shape) != elements)
    throw input_error("has another size than expected", name, "see io/README.md for its shape");
  if (elements == 0) return;

  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  Pipeline pipeline;
  const bool whole = H5Tequal(type, memory_type) > 0 && our_grid(type, properties, name, grid, pipeline) &&
                     ParallelReader(dataset, grid, pipeline, name).read(out);
  if (!whole) {
    check_interrupted();
    check_read(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out), name);
  }
  check_fingerprint(dataset, grid.shape, H5Tget_size(memory_type), out);
}

void look_over(const Dataset& dataset) {
  const std::string name = where(dataset);
  if (H5Dget_storage_size(dataset) == 0) return;  // an axis without labels may be as long as it likes
  ChunkGrid grid;
  grid.shape = checked_shape(dataset);
  const Type type(check_read(H5Dget_type(dataset), name));
  const std::uint64_t elements = element_count(grid.shape);
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  if (elements == 0) return;
  Pipeline pipeline;
  bool ours = our_grid(type, properties, name, grid, pipeline);
  Shape first, inside;
  for (std::uint64_t index = 0; ours && index < grid.count(); ++index) {
    grid.locate(index, first, inside);
    hsize_t stored = 0;
    ours = H5Dget_chunk_storage_size(dataset, first.data(), &stored) >= 0 && stored > 0;
  }
  const bool is_text = H5Tget_class(type) == H5T_STRING;
  if (is_text && grid.shape.size() == 1 && H5Tis_variable_str(type) > 0) return;  // heap_text.cpp follows them itself
  if (is_text) {
    read_strings(dataset);
  } else if (!ours) {
    const Type native(check_read(H5Tget_native_type(type, H5T_DIR_ASCEND), name));
    Buffer<char> values(elements * H5Tget_size(native));
    check_read(H5Dread(dataset, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
  }
}

void check_values(const Dataset& dataset) {
  const std::string name = where(dataset);
  const Shape shape = checked_shape(dataset);
  const std::string written = read_text_attribute(dataset, fingerprint_attribute);
  const Type type(check_read(H5Dget_type(dataset), name));
  if (H5Tget_class(type) == H5T_STRING) {
    read_strings(dataset);
    return;
  }
  const std::uint64_t elements = element_count(shape);
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  ChunkGrid grid;
  grid.shape = shape;
  Pipeline pipeline;
  // Chunk by chunk where the file's chunks are the boxes of the fingerprint: cubes need not fit into memory then.
  if (elements > 0 && our_grid(type, properties, name, grid, pipeline) && box_of(written, name) == grid.chunk) {
    std::vector<Hash> hashes(grid.count());
    const ParallelReader::TakeChunk hash = [&](std::uint64_t index, const char* values) {
      hashes[index] = hash_of(values, grid.chunk_bytes());
    };
    if (ParallelReader(dataset, grid, pipeline, name).read(hash)) {
      if (fingerprint_of(grid.chunk, hashes) != written) throw_changed(name);
      return;
    }
  }
  const Type native(check_read(H5Tget_native_type(type, H5T_DIR_ASCEND), name));
  Buffer<char> values(elements * H5Tget_size(native));
  read_array(dataset, native, values.data(), elements);
}

}  // namespace potentia::hdf5
