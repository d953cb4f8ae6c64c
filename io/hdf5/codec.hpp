// Shuffle and deflate of one chunk, byte for byte what HDF5's own filters make of it, only faster.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

struct libdeflate_compressor;
struct libdeflate_decompressor;

namespace potentia::hdf5 {

/// Byte planes: all first bytes of the elements, then all second bytes … @param out not overlapping `in`
void shuffle(const void* in, void* out, std::size_t elements, std::size_t element_size);
/// The inverse of shuffle.
void unshuffle(const void* in, void* out, std::size_t elements, std::size_t element_size);

/// One thread's compressor (zlib format).
class Compressor {
public:
  explicit Compressor(int level);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  Compressor& operator=(Compressor&&) = delete;
  /// @return compressed size, 0 if it does not fit into `capacity`
  std::size_t compress(const void* in, std::size_t bytes, void* out, std::size_t capacity) noexcept;

private:
  libdeflate_compressor* state_;
};

/// One thread's decompressor.
class Decompressor {
public:
  Decompressor();
  ~Decompressor();
  Decompressor(Decompressor&&) noexcept;
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
  Decompressor& operator=(Decompressor&&) = delete;
  /// @return whether `in` is whole and inflates to exactly `out_bytes`
  bool decompress(const void* in, std::size_t bytes, void* out, std::size_t out_bytes) noexcept;

private:
  libdeflate_decompressor* state_;
};

}  // namespace potentia::hdf5
