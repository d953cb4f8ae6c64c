// Deflate in pieces: each is packed by itself, in any thread, and all of them in order are one stream, as gzip and zip
// want it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/in_order.hpp"

namespace potentia {

/// A piece of text, packed; its memory serves the next piece too.
struct DeflatedPiece {
  TextPiece packed;        ///< raw deflate, ending at a byte
  std::uint32_t crc = 0;   ///< CRC-32 of the text
  std::size_t length = 0;  ///< its bytes

  /// @throws Error(resources)
  void pack(std::string_view text);
};

/// What ends a stream of pieces: an empty last block.
inline constexpr char deflate_end[] = {3, 0};

/// What gzip and zip say of a stream.
struct DeflatedSums {
  std::uint32_t crc = 0;     ///< CRC-32 of all texts
  std::uint64_t length = 0;  ///< bytes of text
  std::uint64_t packed = 0;  ///< bytes of the stream, without its end

  void add(const DeflatedPiece& piece);
};

}  // namespace potentia
