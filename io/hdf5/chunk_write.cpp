// Creating datasets and writing arrays: compression in threads, HDF5 calls one at a time and in the file's order.
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/codec.hpp"
#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::uint64_t batch_chunks = 64;  // between two looks at the stop flag

/// Gives a chunk's values: either makes them in `scratch` or points at them where they are.
using Source = std::function<const void*(const Shape& first, const Shape& inside, void* scratch)>;

struct Worker {
  Buffer<char> values, planes, packed;
  std::vector<char> packed_zeros;  // a chunk of nothing but zeros, once it was needed
  Compressor compressor;
  Shape first, inside;
  Worker(const ChunkGrid& grid, const Layout& layout)
      : values(grid.chunk_bytes()),
        planes(layout.packing == Packing::shuffle_deflate ? grid.chunk_bytes() : 0),
        packed(layout.packing == Packing::none ? 0 : grid.chunk_bytes()),
        compressor(layout.level) {}
};

struct PackedChunk {
  const void* data;
  std::size_t bytes;
  std::uint32_t skipped_filters;  // HDF5's filter mask: bit n set = filter n was not applied
};

PackedChunk pack(const ChunkGrid& grid, const Layout& layout, const void* values, Worker& worker) {
  const std::size_t bytes = grid.chunk_bytes();
  if (layout.packing == Packing::none) return {values, bytes, 0};
  const bool shuffled = layout.packing == Packing::shuffle_deflate;
  const PackedChunk as_is{values, bytes, shuffled ? 3u : 1u};
  const double zeros = zero_share(values, bytes);
  if (zeros >= 1.0) {  // the same bytes for every such chunk
    if (worker.packed_zeros.empty()) {
      worker.packed_zeros.resize(bytes);
      worker.packed_zeros.resize(worker.compressor.compress(values, bytes, worker.packed_zeros.data(), bytes - 1));
    }
    return worker.packed_zeros.empty() ? as_is : PackedChunk{worker.packed_zeros.data(), worker.packed_zeros.size(), 0};
  }
  std::size_t packed = 0;
  if (shuffled) {
    const std::size_t plane = grid.chunk_elements();
    shuffle(values, worker.planes.data(), plane, grid.element_size);
    std::size_t kept = 0;
    while (kept < grid.element_size / 2 && zero_share(worker.planes.data() + kept * plane, plane) < layout.least_zeros)
      ++kept;
    packed = worker.compressor.compress_after(kept * plane, worker.planes.data(), bytes, worker.packed.data(), bytes - 1);
  } else if (zeros >= layout.least_zeros) {
    packed = worker.compressor.compress(values, bytes, worker.packed.data(), bytes - 1);
  }
  return packed == 0 ? as_is : PackedChunk{worker.packed.data(), packed, 0};  // 0: would not get smaller
}

void write_from(const Dataset& dataset, const ChunkGrid& grid, const Layout& layout, const Source& source,
                const ChunkProgress& progress) {
  const std::uint64_t chunks = grid.count();
  const int threads = static_cast<int>(std::max<std::uint64_t>(1, std::min<std::uint64_t>(chunks, omp_get_max_threads())));
  std::vector<Worker> workers;
  workers.reserve(threads);
  for (int t = 0; t < threads; ++t) workers.emplace_back(grid, layout);
  Worker* const worker_of = workers.data();
  const std::string name = where(dataset);
  std::exception_ptr failure;
  std::atomic<bool> failed{false};

  for (std::uint64_t begin = 0; begin < chunks; begin += batch_chunks) {
    check_interrupted();
    const std::uint64_t end = std::min(chunks, begin + batch_chunks);
#pragma omp parallel num_threads(threads)
    {
      Worker& worker = worker_of[omp_get_thread_num()];
      H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
#pragma omp for ordered schedule(dynamic, 1)
      for (std::uint64_t index = begin; index < end; ++index) {
        PackedChunk packed{};
        std::exception_ptr mine;
        try {
          if (!failed.load()) {
            grid.locate(index, worker.first, worker.inside);
            packed = pack(grid, layout, source(worker.first, worker.inside, worker.values.data()), worker);
          }
        } catch (...) {
          mine = std::current_exception();
        }
#pragma omp ordered
        if (!failed.load()) {
          try {
            if (mine) std::rethrow_exception(mine);
            check_write(H5Dwrite_chunk(dataset, H5P_DEFAULT, packed.skipped_filters, worker.first.data(), packed.bytes,
                                       packed.data),
                        name);
          } catch (...) {
            failure = std::current_exception();
            failed = true;
          }
        }
      }
    }
    if (failure) std::rethrow_exception(failure);
    if (progress) progress(end * grid.chunk_bytes(), chunks * grid.chunk_bytes());
  }
}

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
      check_write(H5Pset_deflate(properties, static_cast<unsigned>(layout.level)), place);
  }
  const Space space(check_write(
      shape.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
      place));
  return Dataset(check_write(
      H5Dcreate2(location, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), place));
}

void write_chunks(const Dataset& dataset, const Layout& layout, const FillChunk& fill, const ChunkProgress& progress) {
  const ChunkGrid grid = grid_of(dataset, layout);
  write_from(dataset, grid, layout, [&](const Shape& first, const Shape& inside, void* scratch) -> const void* {
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    fill(first, inside, scratch);
    return scratch;
  }, progress);
}

void write_array(const Dataset& dataset, hid_t memory_type, const void* data, const Layout& layout) {
  if (layout.chunk.empty()) {
    check_write(H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), where(dataset));
    return;
  }
  const ChunkGrid grid = grid_of(dataset, layout);
  const auto* bytes = static_cast<const char*>(data);
  write_from(dataset, grid, layout, [&](const Shape& first, const Shape& inside, void* scratch) -> const void* {
    const std::int64_t run = grid.run_begin(first, inside);
    if (run >= 0) return bytes + static_cast<std::size_t>(run) * grid.element_size;
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    grid.gather(data, first, inside, scratch);
    return scratch;
  }, {});
}

}  // namespace potentia::hdf5
