// See packing_line.hpp.
#include "io/hdf5/packing_line.hpp"

#include <omp.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "io/hdf5/file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {

ChunkSource cut_from(const void* array) {
  return [array](const ChunkGrid& grid, const Shape& first, const Shape& inside, void* scratch) -> const void* {
    const std::int64_t run = grid.run_begin(first, inside);
    if (run >= 0) return static_cast<const char*>(array) + static_cast<std::size_t>(run) * grid.element_size;
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    grid.gather(array, first, inside, scratch);
    return scratch;
  };
}

ChunkSource made_by(FillChunk fill) {
  return [fill = std::move(fill)](const ChunkGrid& grid, const Shape& first, const Shape& inside, void* scratch) {
    if (inside != grid.chunk) std::memset(scratch, 0, grid.chunk_bytes());
    fill(first, inside, scratch);
    return static_cast<const void*>(scratch);
  };
}

PackingLine::PackingLine(int threads)
    : threads_(std::max(1, threads > 0 ? threads : omp_get_max_threads())), slots_(4 * static_cast<std::size_t>(threads_)) {}

PackingLine::~PackingLine() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
  }
  moved_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void PackingLine::add(const Shape& shape, std::size_t element_size, const Layout& layout, ChunkSource source) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Array array{{shape, layout.chunk, element_size}, layout, std::move(source), added_, 0, {}};
    array.count = array.grid.count();
    array.hashes.resize(array.count);
    arrays_.push_back(std::move(array));
    added_ += arrays_.back().count;
  }
  start_threads();
  moved_.notify_all();
}

// As many as there is work for, beside the writing thread.
void PackingLine::start_threads() {
  const std::uint64_t wanted = std::min<std::uint64_t>(static_cast<std::uint64_t>(threads_), added_ - written_);
  while (workers_.size() + 1 < wanted) {
    try {
      workers_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
      return;
    }
  }
}

void PackingLine::work() {
  ChunkPacker packer;
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    moved_.wait(lock, [this] { return may_pack() || ended_ || failure_; });
    if (ended_ || failure_) return;
    pack_next(lock, packer);
  }
}

// Takes up a chunk; the lock is open while it is packed.
void PackingLine::pack_next(std::unique_lock<std::mutex>& lock, ChunkPacker& packer) {
  const std::uint64_t chunk = packed_++;
  Array& array = *std::find_if(arrays_.begin(), arrays_.end(),
                               [&](const Array& one) { return chunk < one.begin + one.count; });
  Slot& slot = slots_[chunk % slots_.size()];
  lock.unlock();
  std::exception_ptr failure;
  try {
    const std::size_t bytes = array.grid.chunk_bytes();
    if (slot.values.size() < bytes) slot.values = Buffer<char>(bytes);
    if (slot.room.size() < bytes) slot.room = Buffer<char>(bytes);
    array.grid.locate(chunk - array.begin, slot.first, slot.inside);
    const void* const values = array.source(array.grid, slot.first, slot.inside, slot.values.data());
    array.hashes[chunk - array.begin] = hash_of(values, bytes);
    slot.stored = packer.pack(array.grid, array.layout, values, slot.room.data());
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  slot.ready = !failure;
  if (failure && !failure_) failure_ = failure;
  moved_.notify_all();
}

/// Packs, too, as long as the chunk is not there.
PackingLine::Slot& PackingLine::wait_for(std::uint64_t chunk) {
  Slot& slot = slots_[chunk % slots_.size()];
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    if (failure_) std::rethrow_exception(failure_);
    check_interrupted();
    if (slot.ready) return slot;
    if (may_pack())
      pack_next(lock, packer_);
    else
      moved_.wait(lock);
  }
}

void PackingLine::write(const Dataset& dataset, const ChunkProgress& progress) {
  const std::string name = where(dataset);
  if (arrays_.empty()) throw Error(ErrorKind::internal, "no array was announced for this dataset", name);
  const Array& array = arrays_.front();  // changes of the deque at its end leave it where it is
  const std::uint64_t bytes = array.grid.chunk_bytes();
  for (std::uint64_t chunk = 0; chunk < array.count; ++chunk) {
    Slot& slot = wait_for(array.begin + chunk);
    check_write(H5Dwrite_chunk(dataset, H5P_DEFAULT, slot.stored.skipped_filters, slot.first.data(), slot.stored.bytes,
                               slot.stored.data),
                name);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      slot.ready = false;
      ++written_;
    }
    moved_.notify_all();
    if (progress) progress((chunk + 1) * bytes, array.count * bytes);
  }
  check_interrupted();
  write_fixed_attribute(dataset, fingerprint_attribute, fingerprint_of(array.grid.chunk, array.hashes));
  const std::lock_guard<std::mutex> lock(mutex_);
  arrays_.pop_front();
}

}  // namespace potentia::hdf5
