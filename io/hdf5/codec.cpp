// Shuffle and deflate of one chunk.
#include "io/hdf5/codec.hpp"

#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "kernels/portable.hpp"

namespace potentia::hdf5 {
namespace {

// Written so that the compiler turns each line into narrowing vector stores.
PT_CLONES void shuffle_4(const std::uint32_t* PT_RESTRICT in, std::uint8_t* PT_RESTRICT out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t x = in[i];
    out[i] = static_cast<std::uint8_t>(x);
    out[n + i] = static_cast<std::uint8_t>(x >> 8);
    out[2 * n + i] = static_cast<std::uint8_t>(x >> 16);
    out[3 * n + i] = static_cast<std::uint8_t>(x >> 24);
  }
}

PT_CLONES void shuffle_8(const std::uint64_t* PT_RESTRICT in, std::uint8_t* PT_RESTRICT out, std::size_t n) {
  for (int byte = 0; byte < 8; ++byte) {
    std::uint8_t* PT_RESTRICT plane = out + static_cast<std::size_t>(byte) * n;
    for (std::size_t i = 0; i < n; ++i) plane[i] = static_cast<std::uint8_t>(in[i] >> (8 * byte));
  }
}

PT_CLONES void unshuffle_2(const std::uint8_t* PT_RESTRICT in, std::uint16_t* PT_RESTRICT out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint16_t>(in[i] | in[n + i] << 8);
}

PT_CLONES void unshuffle_4(const std::uint8_t* PT_RESTRICT in, std::uint32_t* PT_RESTRICT out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = std::uint32_t{in[i]} | std::uint32_t{in[n + i]} << 8 | std::uint32_t{in[2 * n + i]} << 16 |
             std::uint32_t{in[3 * n + i]} << 24;
  }
}

PT_CLONES void unshuffle_8(const std::uint8_t* PT_RESTRICT in, std::uint64_t* PT_RESTRICT out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = std::uint64_t{in[i]} | std::uint64_t{in[n + i]} << 8 | std::uint64_t{in[2 * n + i]} << 16 |
             std::uint64_t{in[3 * n + i]} << 24 | std::uint64_t{in[4 * n + i]} << 32 |
             std::uint64_t{in[5 * n + i]} << 40 | std::uint64_t{in[6 * n + i]} << 48 |
             std::uint64_t{in[7 * n + i]} << 56;
  }
}

// Counts in bytes as far as a byte reaches, so that a vector register holds many counters.
PT_CLONES std::size_t count_zeros(const std::uint8_t* PT_RESTRICT in, std::size_t n) {
  constexpr std::size_t lanes = 64;
  std::size_t zeros = 0, at = 0;
  while (n - at >= lanes) {
    const std::size_t rounds = std::min<std::size_t>((n - at) / lanes, 255);
    std::uint8_t count[lanes] = {};
    for (std::size_t r = 0; r < rounds; ++r, at += lanes)
      for (std::size_t lane = 0; lane < lanes; ++lane)
        count[lane] = static_cast<std::uint8_t>(count[lane] + (in[at + lane] == 0));
    for (std::size_t lane = 0; lane < lanes; ++lane) zeros += count[lane];
  }
  for (; at < n; ++at) zeros += in[at] == 0;
  return zeros;
}

}  // namespace

void shuffle(const void* in, void* out, std::size_t elements, std::size_t element_size) {
  auto* to = static_cast<std::uint8_t*>(out);
  if (element_size == 4) return shuffle_4(static_cast<const std::uint32_t*>(in), to, elements);
  if (element_size == 8) return shuffle_8(static_cast<const std::uint64_t*>(in), to, elements);
  const auto* from = static_cast<const std::uint8_t*>(in);
  for (std::size_t byte = 0; byte < element_size; ++byte)
    for (std::size_t i = 0; i < elements; ++i) to[byte * elements + i] = from[i * element_size + byte];
}

void unshuffle(const void* in, void* out, std::size_t elements, std::size_t element_size) {
  const auto* from = static_cast<const std::uint8_t*>(in);
  if (element_size == 2) return unshuffle_2(from, static_cast<std::uint16_t*>(out), elements);
  if (element_size == 4) return unshuffle_4(from, static_cast<std::uint32_t*>(out), elements);
  if (element_size == 8) return unshuffle_8(from, static_cast<std::uint64_t*>(out), elements);
  auto* to = static_cast<std::uint8_t*>(out);
  for (std::size_t byte = 0; byte < element_size; ++byte)
    for (std::size_t i = 0; i < elements; ++i) to[i * element_size + byte] = from[byte * elements + i];
}

double zero_share(const void* in, std::size_t bytes) {
  const std::size_t zeros = count_zeros(static_cast<const std::uint8_t*>(in), bytes);
  return bytes == 0 || zeros == bytes ? 1.0 : static_cast<double>(zeros) / static_cast<double>(bytes);
}

Compressor::Compressor()
    : stream_(std::make_unique<isal_zstream>()), work_(std::make_unique<unsigned char[]>(ISAL_DEF_LVL1_DEFAULT)) {}
Compressor::Compressor(Compressor&& other) noexcept = default;
Compressor::~Compressor() = default;

std::size_t Compressor::deflate(std::uint16_t format, const void* in, std::size_t bytes, void* out, std::size_t capacity) noexcept {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  if (bytes > most) return 0;
  isal_deflate_stateless_init(stream_.get());
  stream_->level = 1;
  stream_->level_buf = work_.get();
  stream_->level_buf_size = ISAL_DEF_LVL1_DEFAULT;
  stream_->gzip_flag = format;
  stream_->end_of_stream = 1;
  stream_->flush = NO_FLUSH;
  // ISA-L only reads what it packs.
  stream_->next_in = const_cast<std::uint8_t*>(static_cast<const std::uint8_t*>(in));
  stream_->avail_in = static_cast<std::uint32_t>(bytes);
  stream_->next_out = static_cast<std::uint8_t*>(out);
  stream_->avail_out = static_cast<std::uint32_t>(std::min(capacity, most));
  return isal_deflate_stateless(stream_.get()) == COMP_OK && stream_->avail_in == 0 ? stream_->total_out : 0;
}

std::size_t Compressor::compress(const void* in, std::size_t bytes, void* out, std::size_t capacity) noexcept {
  return deflate(IGZIP_ZLIB, in, bytes, out, capacity);
}

// A zlib stream is two bytes of header, deflate blocks, and a checksum. Stored blocks start and end on whole bytes, so
// they may stand before what is made of the rest.
std::size_t Compressor::compress_after(std::size_t stored, const void* in, std::size_t bytes, void* out,
                                       std::size_t capacity) noexcept {
  constexpr std::size_t longest_block = 65535, block_header = 5, frame = 6;
  const std::size_t blocks = (stored + longest_block - 1) / longest_block;
  if (capacity < stored + blocks * block_header + frame) return 0;
  const auto* from = static_cast<const std::uint8_t*>(in);
  auto* const begin = static_cast<std::uint8_t*>(out);
  auto* to = begin;
  *to++ = 0x78;  // deflate, window of 32 KiB
  *to++ = 0x01;  // fastest level; makes the header a multiple of 31
  for (std::size_t at = 0; at < stored; at += longest_block) {
    const std::size_t length = std::min(longest_block, stored - at);
    *to++ = 0;  // not the last block, stored
    *to++ = static_cast<std::uint8_t>(length);
    *to++ = static_cast<std::uint8_t>(length >> 8);
    *to++ = static_cast<std::uint8_t>(~length);
    *to++ = static_cast<std::uint8_t>(~length >> 8);
    std::memcpy(to, from + at, length);
    to += length;
  }
  const std::size_t room = capacity - static_cast<std::size_t>(to - begin) - 4;
  const std::size_t rest = deflate(IGZIP_DEFLATE, from + stored, bytes - stored, to, room);
  if (rest == 0) return 0;
  to += rest;
  const std::uint32_t checksum = libdeflate_adler32(1, in, bytes);
  for (int shift = 24; shift >= 0; shift -= 8) *to++ = static_cast<std::uint8_t>(checksum >> shift);
  return static_cast<std::size_t>(to - begin);
}

Decompressor::Decompressor() : state_(libdeflate_alloc_decompressor()) {
  if (state_ == nullptr) throw std::bad_alloc();
}
Decompressor::Decompressor(Decompressor&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
Decompressor::~Decompressor() {
  if (state_ != nullptr) libdeflate_free_decompressor(state_);
}
bool Decompressor::decompress(const void* in, std::size_t bytes, void* out, std::size_t out_bytes) noexcept {
  return libdeflate_zlib_decompress(state_, in, bytes, out, out_bytes, nullptr) == LIBDEFLATE_SUCCESS;
}

}  // namespace potentia::hdf5
