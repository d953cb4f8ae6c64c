// Shuffle and deflate of one chunk, byte for byte what HDF5's own filters make of it, only faster.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

struct isal_zstream;
struct libdeflate_decompressor;

namespace potentia::hdf5 {

/// Byte planes: all first bytes of the elements, then all second bytes … @param out not overlapping `in`
void shuffle(const void* in, void* out, std::size_t elements, std::size_t element_size);
/// The inverse of shuffle.
void unshuffle(const void* in, void* out, std::size_t elements, std::size_t element_size);

/// Share of bytes that are zero, 0 to 1; 1 only if all are.
double zero_share(const void* in, std::size_t bytes);

/// One thread's compressor: zlib format, by ISA-L, whose fastest level that looks for matches packs as well as libdeflate's and three
/// times as fast. Its bytes may differ between processors; what they unpack to does not.
class Compressor {
public:
  Compressor();
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  Compressor& operator=(Compressor&&) = delete;
  /// @return compressed size, 0 if it does not fit into `capacity`
  std::size_t compress(const void* in, std::size_t bytes, void* out, std::size_t capacity) noexcept;
  /// The same, but the first `stored` bytes go into the stream as they are: for what would hardly shrink.
  std::size_t compress_after(std::size_t stored, const void* in, std::size_t bytes, void* out,
                             std::size_t capacity) noexcept;

private:
  std::size_t deflate(std::uint16_t format, const void* in, std::size_t bytes, void* out, std::size_t capacity) noexcept;

  std::unique_ptr<isal_zstream> stream_;
  std::unique_ptr<unsigned char[]> work_;
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
