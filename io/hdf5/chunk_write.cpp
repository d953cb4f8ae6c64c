// Creating datasets and writing arrays: compression in threads, HDF5 calls one at a time and in the file's order.
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/codec.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/number_deflate.hpp"
#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

/// Gives a chunk's values: either makes them in `scratch` or points at them where they are.
using Source = std::function<const void*(const Shape& first, const Shape& inside, void* scratch)>;

/// A chunk on its way: from its values to what HDF5 is to store.
struct Slot {
  Buffer<char> values, packed;
  Shape first, inside;
  const void* data = nullptr;
  std::size_t bytes = 0;
  std::uint32_t skipped_filters = 0;  // HDF5's filter mask: bit n set = filter n was not applied
  bool ready = false;
};

/// One thread's packing of chunks.
class Packer {
public:
  Packer(const ChunkGrid& grid, const Layout& layout)
      : grid_(grid),
        layout_(layout),
        planes_(layout.packing == Packing::shuffle_deflate ? grid.chunk_bytes() : 0),
        compressor_(layout.level) {}

  void pack(const void* values, Slot& slot) {
    const std::size_t bytes = grid_.chunk_bytes();
    const bool shuffled = layout_.packing == Packing::shuffle_deflate;
    slot.data = values;
    slot.bytes = bytes;
    slot.skipped_filters = shuffled ? 3u : 1u;
    if (layout_.packing == Packing::none) {
      slot.skipped_filters = 0;
      return;
    }
    const double zeros = zero_share(values, bytes);
    if (zeros >= 1.0) {
      const std::size_t packed = pack_zeros(values);
      return use(packed, zeros_.data(), slot);
    }
    std::size_t packed = 0;
    if (shuffled) {
      packed = pack_planes(values, slot.packed.data());
    } else if (zeros >= layout_.least_zeros) {
      packed = grid_.element_size == sizeof(std::uint64_t)
                   ? deflate_numbers(values, grid_.chunk_elements(), slot.packed.data(), bytes - 1)
                   : compressor_.compress(values, bytes, slot.packed.data(), bytes - 1);
    }
    use(packed, slot.packed.data(), slot);
  }

private:
  static void use(std::size_t packed, const void* data, Slot& slot) {
    if (packed == 0) return;  // would not get smaller: stays as it is
    slot.data = data;
    slot.bytes = packed;
    slot.skipped_filters = 0;
  }

  std::size_t pack_planes(const void* values, void* out) {
    const std::size_t plane = grid_.chunk_elements();
    shuffle(values, planes_.data(), plane, grid_.element_size);
    std::size_t kept = 0;
    while (kept + 1 < grid_.element_size && zero_share(planes_.data() + kept * plane, plane) < layout_.least_zeros)
      ++kept;
    return compressor_.compress_after(kept * plane, planes_.data(), grid_.chunk_bytes(), out, grid_.chunk_bytes() - 1);
  }

  // All chunks of nothing but zeros have the same bytes.
  std::size_t pack_zeros(const void* values) {
    if (zeros_.empty()) {
      zeros_.resize(grid_.chunk_bytes());
      zeros_.resize(compressor_.compress(values, zeros_.size(), zeros_.data(), zeros_.size() - 1));
    }
    return zeros_.size();
  }

  const ChunkGrid& grid_;
  const Layout& layout_;
  Buffer<char> planes_;
  std::vector<char> zeros_;
  Compressor compressor_;
};

/// Threads pack chunks into a ring of slots; whoever finishes the next one in the file's order writes it, and all
/// finished ones behind it, while the others go on packing. Waiting threads sleep.
class ParallelWriter {
public:
  ParallelWriter(const Dataset& dataset, const ChunkGrid& grid, const Layout& layout)
      : dataset_(dataset),
        grid_(grid),
        name_(where(dataset)),
        chunks_(grid.count()),
        threads_(static_cast<int>(std::max<std::uint64_t>(1, std::min<std::uint64_t>(chunks_, omp_get_max_threads())))),
        slots_(std::min<std::uint64_t>(chunks_, 4 * static_cast<std::uint64_t>(threads_))),
        hashes_(chunks_) {
    packers_.reserve(threads_);
    for (int t = 0; t < threads_; ++t) packers_.emplace_back(grid_, layout);
    for (Slot& slot : slots_) {
      slot.values = Buffer<char>(grid.chunk_bytes());
      if (layout.packing != Packing::none) slot.packed = Buffer<char>(grid.chunk_bytes());
    }
  }

  void write(const Source& source, const ChunkProgress& progress) {
#pragma omp parallel num_threads(threads_)
    {
      const int thread = omp_get_thread_num();
      H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
      try {
        for (std::uint64_t index = next_++; index < chunks_; index = next_++) {
          Slot* const slot = wait_for_slot(index);
          if (slot == nullptr) break;
          grid_.locate(index, slot->first, slot->inside);
          const void* const values = source(slot->first, slot->inside, slot->values.data());
          hashes_[index] = hash_of(values, grid_.chunk_bytes());
          packers_[thread].pack(values, *slot);
          write_ready(*slot);
          if (thread == 0 && progress) progress(written_ * grid_.chunk_bytes(), chunks_ * grid_.chunk_bytes());
        }
      } catch (...) {
        fail(std::current_exception());
      }
    }
    if (failure_) std::rethrow_exception(failure_);
    check_interrupted();
    write_fixed_attribute(dataset_, fingerprint_attribute, fingerprint_of(grid_.chunk, hashes_));
    if (progress) progress(chunks_ * grid_.chunk_bytes(), chunks_ * grid_.chunk_bytes());
  }

private:
  /// The slot of chunk `index` once it is free, or nothing when the work is to end.
  Slot* wait_for_slot(std::uint64_t index) {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto ended = [this] { return failure_ != nullptr || stop_requested.load(std::memory_order_relaxed); };
    moved_.wait(lock, [&] { return index < written_ + slots_.size() || ended(); });
    if (!ended()) return &slots_[index % slots_.size()];
    moved_.notify_all();
    return nullptr;
  }

  void write_ready(Slot& finished) {
    std::unique_lock<std::mutex> lock(mutex_);
    finished.ready = true;
    if (writing_) return;  // who writes now will come to it
    writing_ = true;
    while (!failure_) {
      Slot& slot = slots_[written_ % slots_.size()];
      if (!slot.ready) break;
      lock.unlock();
      check_write(H5Dwrite_chunk(dataset_, H5P_DEFAULT, slot.skipped_filters, slot.first.data(), slot.bytes, slot.data),
                  name_);
      lock.lock();
      slot.ready = false;
      ++written_;
      moved_.notify_all();
    }
    writing_ = false;
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    moved_.notify_all();
  }

  const Dataset& dataset_;
  const ChunkGrid& grid_;
  const std::string name_;
  const std::uint64_t chunks_;
  const int threads_;
  std::vector<Packer> packers_;
  std::vector<Slot> slots_;
  std::vector<Hash> hashes_;
  std::atomic<std::uint64_t> next_{0};
  std::mutex mutex_;
  std::condition_variable moved_;
  std::atomic<std::uint64_t> written_{0};  // chunks in the file; changes under the mutex
  bool writing_ = false;
  std::exception_ptr failure_;
};

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
  return Dataset(
      check_write(H5Dcreate2(location, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), place));
}

void write_chunks(const Dataset& dataset, const Layout& layout, const FillChunk& fill, const ChunkProgress& progress) {
  const ChunkGrid grid = grid_of(dataset, layout);
  const auto make = [&](const Shape& first, const Shape& inside, void* scratch) -> const void* {
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    fill(first, inside, scratch);
    return scratch;
  };
  ParallelWriter(dataset, grid, layout).write(make, progress);
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
  const auto* bytes = static_cast<const char*>(data);
  const auto cut = [&](const Shape& first, const Shape& inside, void* scratch) -> const void* {
    const std::int64_t run = grid.run_begin(first, inside);
    if (run >= 0) return bytes + static_cast<std::size_t>(run) * grid.element_size;
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    grid.gather(data, first, inside, scratch);
    return scratch;
  };
  ParallelWriter(dataset, grid, layout).write(cut, {});
}

}  // namespace potentia::hdf5
