// See deflated.hpp.
#include "io/export/deflated.hpp"

#include <zlib.h>

#include "kernels/error.hpp"

namespace potentia {
namespace {

// Digits hardly pack better at higher levels, which take several times as long.
constexpr int level = 2;

}  // namespace

void DeflatedPiece::pack(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw Error(ErrorKind::resources, "out of memory: no room to pack the output", "", "free memory");
  const std::size_t most = deflateBound(&stream, text.size()) + 16;  // and the mark of a flush
  const auto* from = reinterpret_cast<const Bytef*>(text.data());
  stream.next_in = const_cast<Bytef*>(from);
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.begin(most));
  stream.avail_out = static_cast<uInt>(most);
  const int status = deflate(&stream, Z_SYNC_FLUSH);
  const bool whole = status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
  packed.size = most - stream.avail_out;
  deflateEnd(&stream);
  if (!whole) throw Error(ErrorKind::internal, "zlib could not pack a piece", "");
  crc = static_cast<std::uint32_t>(crc32(0, from, static_cast<uInt>(text.size())));
  length = text.size();
}

void DeflatedSums::add(const DeflatedPiece& piece) {
  crc = static_cast<std::uint32_t>(crc32_combine(crc, piece.crc, static_cast<z_off_t>(piece.length)));
  length += piece.length;
  packed += piece.packed.size;
}

}  // namespace potentia
