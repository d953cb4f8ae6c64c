// Arrays on their way into a file: threads pack the chunks of all that were announced, ahead of the one thread that
// creates the datasets and writes the chunks, in the order of the file, whatever the threads. So nobody waits at the end
// of an array, nor while HDF5 is busy with attributes.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunk_packer.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/fingerprint.hpp"

namespace potentia::hdf5 {

/// Gives the values of a chunk, row-major over the whole chunk and zero outside the array: either points at them where
/// they are or makes them in `scratch`. Called from several threads.
using ChunkSource = std::function<const void*(const ChunkGrid&, const Shape& first, const Shape& inside, void* scratch)>;

/// Chunks of an array in memory. @param array lives until it has been written
ChunkSource cut_from(const void* array);
/// Chunks that `fill` makes.
ChunkSource made_by(FillChunk fill);

class PackingLine {
public:
  /// @param threads at most, the writing one included; 0 = as many as OpenMP would use
  explicit PackingLine(int threads = 0);
  PackingLine(const PackingLine&) = delete;
  PackingLine& operator=(const PackingLine&) = delete;
  ~PackingLine();

  /// Announces the next array, which is chunked: its chunks are packed from now on.
  void add(const Shape& shape, std::size_t element_size, const Layout& layout, ChunkSource source);

  /// Writes the first array not yet written, and its fingerprint. What it was made of may go then.
  /// @param dataset created for it
  /// @throws Error(resources) for a full disk, Error(interrupted), whatever a source throws
  void write(const Dataset& dataset, const ChunkProgress& progress = {});

private:
  struct Array {
    ChunkGrid grid;
    Layout layout;
    ChunkSource source;
    std::uint64_t begin, count;  ///< its chunks, counted over all arrays
    std::vector<Hash> hashes;
  };
  /// A chunk on its way; what it holds serves the next one, too.
  struct Slot {
    Buffer<char> values, room;
    Shape first, inside;
    StoredChunk stored;
    bool ready = false;
  };

  bool may_pack() const { return packed_ < added_ && packed_ < written_ + slots_.size(); }
  void pack_next(std::unique_lock<std::mutex>& lock, ChunkPacker& packer);
  Slot& wait_for(std::uint64_t chunk);
  void start_threads();
  void work();

  const int threads_;
  std::vector<Slot> slots_;          ///< chunk c is in slot c mod slots
  std::deque<Array> arrays_;         ///< not yet written
  ChunkPacker packer_;               ///< of the writing thread
  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t added_ = 0, packed_ = 0, written_ = 0;  ///< chunks; packed_ counts those taken up
  bool ended_ = false;
  std::exception_ptr failure_;
};

}  // namespace potentia::hdf5
