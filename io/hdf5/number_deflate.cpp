// See number_deflate.hpp; the format is RFC 1950 and 1951.
#include "io/hdf5/number_deflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace potentia::hdf5 {
namespace {

constexpr int literals = 256, end_of_block = 256, symbols = 286;
constexpr int longest_run = 32;  // zero numbers: 256 bytes, of which a match covers all but the first
constexpr int longest_code = 9;

/// Bits, to be put from the lowest on.
struct Code {
  std::uint32_t bits = 0;
  std::int32_t length = 0;
};

// Symbol 257 + n of deflate is a match of shortest[n] bytes or, with its extra bits, up to the next one.
constexpr int match_lengths = 29;
constexpr int shortest[match_lengths] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                         31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr int extra_bits[match_lengths] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

int match_of(int bytes) {
  int match = match_lengths - 1;
  while (shortest[match] > bytes) --match;
  return match;
}

/// Lengths of the code, made for what tables of US dollars hold: exponents of amounts (bytes 0x3e to 0x41), short runs
/// of zeros, and mantissas of which whole dollars end with zero bytes. All others get nine bits, as many as there is
/// room for get eight, so that the code is complete.
std::array<std::uint8_t, symbols> code_lengths() {
  std::array<std::uint8_t, symbols> lengths{};
  std::fill(lengths.begin(), lengths.begin() + literals, std::uint8_t{longest_code});
  lengths[0x00] = 3;
  lengths[0x40] = 4;
  lengths[0x41] = 5;
  lengths[0x3f] = 6;
  lengths[0x3e] = 7;
  lengths[end_of_block] = longest_code;
  for (int run = 1; run <= longest_run; ++run) lengths[257 + match_of(8 * run - 1)] = longest_code;
  lengths[257 + match_of(7)] = 7;
  lengths[257 + match_of(15)] = 8;

  constexpr int whole = 1 << longest_code;
  int used = 0;
  for (const int length : lengths) used += length == 0 ? 0 : whole >> length;
  const auto shorten = [&](int symbol) {
    if (lengths[symbol] < longest_code || used == whole) return;
    --lengths[symbol];
    ++used;
  };
  for (int byte = 0x20; byte < literals; byte += 0x20) shorten(byte);  // ends of short mantissas
  shorten(0xbf);
  for (int byte = 0; byte < literals; ++byte) shorten(byte);
  return lengths;
}

std::uint32_t reversed(std::uint32_t bits, int length) {
  std::uint32_t result = 0;
  for (int bit = 0; bit < length; ++bit) result |= (bits >> bit & 1u) << (length - 1 - bit);
  return result;
}

/// Collects bits; at most 57 between two calls of flush().
class BitWriter {
public:
  explicit BitWriter(std::uint8_t* to) : to_(to) {}
  void put(Code code) { put(code.bits, code.length); }
  void put(std::uint64_t bits, int length) {
    bits_ |= bits << count_;
    count_ += length;
  }
  /// Writes eight bytes, of which the next call overwrites what was not full.
  void flush() {
    std::memcpy(to_, &bits_, sizeof bits_);
    to_ += count_ >> 3;
    bits_ >>= count_ & ~7;
    count_ &= 7;
  }
  std::uint8_t* at() const { return to_; }
  int pending() const { return count_; }

private:
  std::uint8_t* to_;
  std::uint64_t bits_ = 0;
  int count_ = 0;
};

/// The fixed code and the header of its block.
struct Alphabet {
  std::array<Code, literals> literal;
  std::array<Code, longest_run + 1> zeros;  ///< [zero numbers]
  Code end;
  std::array<std::uint8_t, 256> header{};   ///< of stream and block; its last bits are `rest`
  std::size_t header_bytes = 0;
  Code rest;

  Alphabet() {
    const auto lengths = code_lengths();
    std::array<Code, symbols> codes;
    std::uint32_t next = 0;
    for (int length = 1; length <= longest_code; ++length, next <<= 1)
      for (int symbol = 0; symbol < symbols; ++symbol)
        if (lengths[symbol] == length) codes[symbol] = {reversed(next++, length), length};
    std::copy_n(codes.begin(), literals, literal.begin());
    end = codes[end_of_block];
    for (int run = 1; run <= longest_run; ++run) {
      const int bytes = 8 * run - 1, match = match_of(bytes);
      const Code first = codes[0], length = codes[257 + match];
      const std::uint32_t extra = static_cast<std::uint32_t>(bytes - shortest[match]);
      zeros[run].bits = first.bits | length.bits << first.length | extra << (first.length + length.length);
      zeros[run].length = first.length + length.length + extra_bits[match] + 1;  // distance 1 is the bit 0
    }
    write_header(lengths);
  }

private:
  // The lengths themselves are coded by four bits each: all of the lengths 0 to 15, no repetitions.
  void write_header(const std::array<std::uint8_t, symbols>& lengths) {
    constexpr int order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    constexpr int distances = 2;  // codes of one bit, so that this code is complete, too
    BitWriter out(header.data());
    out.put(0x78, 8);  // deflate, window of 32 KiB
    out.put(0x01, 8);  // fastest level; makes these two bytes a multiple of 31
    out.put(1, 1);     // the last block
    out.put(2, 2);     // with a code of its own
    out.put(symbols - 257, 5);
    out.put(distances - 1, 5);
    out.put(19 - 4, 4);
    out.flush();
    for (const int length : order) {
      out.put(length < 16 ? 4 : 0, 3);
      out.flush();
    }
    for (const int length : lengths) {
      out.put(reversed(static_cast<std::uint32_t>(length), 4), 4);
      out.flush();
    }
    for (int distance = 0; distance < distances; ++distance) out.put(reversed(1, 4), 4);
    out.flush();
    header_bytes = static_cast<std::size_t>(out.at() - header.data());
    rest = {*out.at() & ((1u << out.pending()) - 1), out.pending()};
  }
};

}  // namespace

std::size_t deflate_numbers(const void* in, std::size_t numbers, void* out, std::size_t capacity) noexcept {
  static const Alphabet alphabet;
  // Room is looked at once a round: of so many numbers of at most nine bytes, and what comes at the end.
  constexpr std::size_t round = 64, most = round * longest_code + 32;
  const auto* const from = static_cast<const std::uint8_t*>(in);
  auto* const begin = static_cast<std::uint8_t*>(out);
  if (capacity < alphabet.header.size() + most) return 0;
  std::memcpy(begin, alphabet.header.data(), alphabet.header_bytes);
  BitWriter to(begin + alphabet.header_bytes);
  to.put(alphabet.rest);

  const auto number = [from](std::size_t at) {
    std::uint64_t value;
    std::memcpy(&value, from + at * sizeof value, sizeof value);
    return value;
  };
  for (std::size_t at = 0; at < numbers;) {
    if (static_cast<std::size_t>(to.at() - begin) + most > capacity) return 0;
    const std::size_t last = std::min(numbers, at + round);
    while (at < last) {
      const std::uint64_t value = number(at);
      if (value == 0) {
        std::size_t run = 1;
        while (run < longest_run && at + run < numbers && number(at + run) == 0) ++run;
        to.put(alphabet.zeros[run]);
        to.flush();
        at += run;
        continue;
      }
      for (int byte = 0; byte < 4; ++byte) to.put(alphabet.literal[value >> (8 * byte) & 255]);
      to.flush();
      for (int byte = 4; byte < 8; ++byte) to.put(alphabet.literal[value >> (8 * byte) & 255]);
      to.flush();
      ++at;
    }
  }
  to.put(alphabet.end);
  to.flush();
  auto* tail = to.at() + (to.pending() > 0 ? 1 : 0);
  const std::uint32_t checksum = libdeflate_adler32(1, in, numbers * sizeof(std::uint64_t));
  for (int shift = 24; shift >= 0; shift -= 8) *tail++ = static_cast<std::uint8_t>(checksum >> shift);
  return static_cast<std::size_t>(tail - begin);
}

}  // namespace potentia::hdf5
