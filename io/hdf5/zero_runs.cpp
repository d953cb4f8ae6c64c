// See zero_runs.hpp. The format is RFC 1950 and RFC 1951.
#include "io/hdf5/zero_runs.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace potentia::hdf5 {
namespace {

constexpr std::size_t word = sizeof(std::uint64_t);
constexpr std::size_t least_run = 4;      // words: a run takes some ten bytes
constexpr std::size_t repeated = 256;     // bytes a repetition: of 8 n − 1 bytes that leaves 7, 15 … or 255, all allowed
constexpr std::size_t longest_stored = 65535;

/// Bits as they follow each other in the stream.
struct Bits {
  std::uint32_t value;
  int count;
};

/// "Repeat the byte before `length` times", of a block with fixed codes: a length, its extra bits, and distance 1.
constexpr Bits repetition(std::uint32_t length) {
  const std::uint32_t past = length - 3;
  int extra = 0;
  while (past >> extra >= 8) ++extra;
  const std::uint32_t symbol = 257 + 4 * static_cast<std::uint32_t>(extra) + (past >> extra);
  const int size = symbol < 280 ? 7 : 8;
  const std::uint32_t code = symbol < 280 ? symbol - 256 : 0xC0 + symbol - 280;
  std::uint32_t value = 0;  // codes begin with their highest bit, numbers with their lowest
  for (int bit = 0; bit < size; ++bit) value |= (code >> bit & 1) << (size - 1 - bit);
  value |= (past & ((std::uint32_t{1} << extra) - 1)) << size;
  return {value, size + extra + 5};
}

constexpr std::array<Bits, repeated + 1> repetitions() {
  std::array<Bits, repeated + 1> all{};
  for (std::uint32_t length = 3; length <= repeated; ++length) all[length] = repetition(length);
  return all;
}
constexpr std::array<Bits, repeated + 1> repetition_of = repetitions();

/// The stream under way. Once something did not fit it stays too long.
class Stream {
public:
  Stream(std::uint8_t* out, std::size_t capacity) : out_(out), capacity_(capacity) {
    if (!has_room(2)) return;
    out_[size_++] = 0x78;  // deflate, window of 32 KiB
    out_[size_++] = 0x01;  // fastest level; makes the header a multiple of 31
  }

  bool fits() const { return fits_; }
  std::size_t size() const { return fits_ ? size_ : 0; }

  void store(const std::uint8_t* from, std::size_t bytes, bool last = false) {
    do {
      const std::size_t length = std::min(longest_stored, bytes);
      if (!has_room(length + 5)) return;
      if (!begun_) out_[size_++] = last ? 1 : 0;
      begun_ = false;
      for (const std::size_t number : {length, ~length}) {
        out_[size_++] = static_cast<std::uint8_t>(number);
        out_[size_++] = static_cast<std::uint8_t>(number >> 8);
      }
      if (length > 0) std::memcpy(out_ + size_, from, length);
      size_ += length;
      from += length;
      bytes -= length;
    } while (bytes > 0);
  }

  /// @param bytes a multiple of eight
  void add_zeros(std::size_t bytes) {
    if (!has_room(bytes / repeated * 3 + 16)) return;
    if (begun_) store(nullptr, 0);
    put({2, 3});     // a block of fixed codes, not the last one
    put({0x0C, 8});  // a zero
    for (std::size_t left = bytes - 1; left > 0; left -= std::min(left, repeated)) put(repetition_of[std::min(left, repeated)]);
    put({0, 7});     // end of the block
    put({0, 3});     // a stored block, not the last one, begins at the next whole byte
    if (pending_.count > 0) put({0, 8 - pending_.count});
    begun_ = true;
  }

  void end(const void* values, std::size_t bytes) {
    if (begun_) store(nullptr, 0);
    store(nullptr, 0, true);
    if (!has_room(4)) return;
    const std::uint32_t checksum = libdeflate_adler32(1, values, bytes);
    for (int shift = 24; shift >= 0; shift -= 8) out_[size_++] = static_cast<std::uint8_t>(checksum >> shift);
  }

private:
  bool has_room(std::size_t bytes) { return fits_ = fits_ && capacity_ - size_ >= bytes; }

  void put(Bits bits) {
    pending_.value |= bits.value << pending_.count;
    for (pending_.count += bits.count; pending_.count >= 8; pending_.count -= 8) {
      out_[size_++] = static_cast<std::uint8_t>(pending_.value);
      pending_.value >>= 8;
    }
  }

  std::uint8_t* const out_;
  const std::size_t capacity_;
  std::size_t size_ = 0;
  Bits pending_{0, 0};   ///< fewer than eight bits that do not fill a byte yet
  bool begun_ = false;   ///< a stored block has begun, of which length and bytes are to come
  bool fits_ = true;
};

bool is_zero(const std::uint8_t* at) {
  std::uint64_t value;
  std::memcpy(&value, at, word);
  return value == 0;
}

}  // namespace

std::size_t pack_zero_runs(const void* values, std::size_t bytes, void* out, std::size_t capacity) {
  const auto* const from = static_cast<const std::uint8_t*>(values);
  Stream stream(static_cast<std::uint8_t*>(out), capacity);
  std::size_t stored = 0;  // how much of the values is in the stream
  for (std::size_t at = 0; at < bytes && stream.fits();) {
    if (!is_zero(from + at)) {
      at += word;
      continue;
    }
    const std::size_t begin = at;
    while (at < bytes && is_zero(from + at)) at += word;
    if (at - begin < least_run * word) continue;
    if (begin > stored) stream.store(from + stored, begin - stored);
    stream.add_zeros(at - begin);
    stored = at;
  }
  if (bytes > stored) stream.store(from + stored, bytes - stored);
  stream.end(values, bytes);
  return stream.size();
}

}  // namespace potentia::hdf5
