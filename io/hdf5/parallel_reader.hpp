// Chunks as they lie in the file, inflated in threads; what reading whole arrays, rows and fingerprints share.
#pragma once

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/codec.hpp"
#include "io/hdf5/handle.hpp"
#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {

/// Which filters a dataset uses; `shuffled` and `deflated` are set for those we undo ourselves.
struct Pipeline {
  bool known = true;    ///< nothing but shuffle, deflate, fletcher32
  bool ours = true;     ///< at most one shuffle, then at most one deflate
  int shuffle_at = -1;  ///< position, which is the bit in a chunk's filter mask
  int deflate_at = -1;
};

/// The grid of a chunked dataset whose filters we undo ourselves; false for any other.
/// @param grid has its shape already
bool our_grid(const Type& type, const PropertyList& properties, const std::string& name, ChunkGrid& grid,
              Pipeline& pipeline);

/// @throws Error(input) for a dataset that holds nothing
Shape shape_of(const Space& space, const std::string& name);

/// One thread's room for a chunk.
struct ChunkRoom {
  Buffer<char> stored, planes, values;
  Decompressor decompressor;
  Shape first, inside;
  explicit ChunkRoom(std::uint64_t chunk_bytes) : stored(chunk_bytes), planes(chunk_bytes), values(chunk_bytes) {}
};

/// Reads one dataset once.
class ParallelReader {
public:
  ParallelReader(const Dataset& dataset, ChunkGrid grid, Pipeline pipeline, std::string name)
      : dataset_(dataset), grid_(std::move(grid)), pipeline_(pipeline), name_(std::move(name)) {}

  /// Takes a chunk's values as they are, the part outside the array with them. Called from several threads.
  using TakeChunk = std::function<void(std::uint64_t index, const char* values)>;

  /// Reads into the array `out`. @return false when a chunk is missing: then HDF5 must fill in
  bool read(void* out) {
    out_ = out;
    return read_all(grid_.count(), [](std::uint64_t n) { return n; });
  }
  /// Hands over chunks instead. @param wanted their numbers; null = all
  bool read(const TakeChunk& take, const std::vector<std::uint64_t>* wanted = nullptr) {
    take_ = &take;
    if (wanted == nullptr) return read_all(grid_.count(), [](std::uint64_t n) { return n; });
    return read_all(wanted->size(), [&](std::uint64_t n) { return (*wanted)[n]; });
  }

private:
  template <class Number>
  bool read_all(std::uint64_t chunks, const Number& number) {
    const int threads =
        static_cast<int>(std::max<std::uint64_t>(1, std::min<std::uint64_t>(chunks, omp_get_max_threads())));
    std::vector<ChunkRoom> workers;
    workers.reserve(threads);
    for (int t = 0; t < threads; ++t) workers.emplace_back(grid_.chunk_bytes());
    ChunkRoom* const worker_of = workers.data();
    for (std::uint64_t begin = 0; begin < chunks && !stop_; begin += batch_chunks) {
      check_interrupted();
      const std::uint64_t end = std::min(chunks, begin + batch_chunks);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
      for (std::uint64_t index = begin; index < end; ++index) {
        if (stop_.load()) continue;
        try {
          read_chunk(number(index), worker_of[omp_get_thread_num()]);
        } catch (...) {
          const std::lock_guard<std::mutex> lock(library_);
          failure_ = std::current_exception();
          stop_ = true;
        }
      }
    }
    if (failure_) std::rethrow_exception(failure_);
    return !missing_;
  }

  void read_chunk(std::uint64_t index, ChunkRoom& worker) {
    grid_.locate(index, worker.first, worker.inside);
    const std::uint64_t bytes = grid_.chunk_bytes();
    hsize_t stored = 0;
    std::uint32_t skipped = 0;
    bool readable = true;
    {
      const std::lock_guard<std::mutex> lock(library_);
      H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
      if (H5Dget_chunk_storage_size(dataset_, worker.first.data(), &stored) < 0) {
        H5Eclear2(H5E_DEFAULT);  // some versions of HDF5 say so of a chunk that was never written
        stored = 0;
      }
      if (stored > worker.stored.size() && stored <= most_stored()) worker.stored = Buffer<char>(stored);
      if (stored > 0 && stored <= worker.stored.size())
        readable = H5Dread_chunk(dataset_, H5P_DEFAULT, worker.first.data(), &skipped, worker.stored.data()) >= 0;
    }
    if (!readable) throw_read_error(name_);
    if (stored == 0) {
      missing_ = true;
      stop_ = true;
      return;
    }
    if (stored > most_stored()) damaged();
    const bool inflate = pipeline_.deflate_at >= 0 && (skipped >> pipeline_.deflate_at & 1) == 0;
    const bool reorder = pipeline_.shuffle_at >= 0 && (skipped >> pipeline_.shuffle_at & 1) == 0;
    if (!inflate && stored != bytes) damaged();

    const std::int64_t run = out_ == nullptr ? -1 : grid_.run_begin(worker.first, worker.inside);
    char* const straight =
        run >= 0 ? static_cast<char*>(out_) + static_cast<std::size_t>(run) * grid_.element_size : worker.values.data();
    const char* values = worker.stored.data();
    if (inflate) {
      char* const to = reorder ? worker.planes.data() : straight;
      if (!worker.decompressor.decompress(worker.stored.data(), stored, to, bytes)) damaged();
      values = to;
    }
    if (reorder) {
      unshuffle(values, straight, grid_.chunk_elements(), grid_.element_size);
      values = straight;
    }
    if (out_ == nullptr) (*take_)(index, values);
    else if (run < 0 || values != straight) grid_.scatter(values, worker.first, worker.inside, out_);
  }

  static constexpr std::uint64_t batch_chunks = 256;  // between two looks at the stop flag

  std::uint64_t most_stored() const { return grid_.chunk_bytes() + grid_.chunk_bytes() / 64 + 4096; }
  [[noreturn]] void damaged() const { throw input_error("a chunk is damaged", name_, "make the file again, it may be damaged or truncated"); }

  const Dataset& dataset_;
  ChunkGrid grid_;
  Pipeline pipeline_;
  std::string name_;
  void* out_ = nullptr;
  const TakeChunk* take_ = nullptr;  // used where `out_` is null
  std::mutex library_;  // HDF5 serves one thread at a time; sleeping beats spinning for it
  std::exception_ptr failure_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> missing_{false};
};

}  // namespace potentia::hdf5
