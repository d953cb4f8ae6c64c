// See chunk_packer.hpp.
#include "io/hdf5/chunk_packer.hpp"

#include <cstring>

namespace potentia::hdf5 {

StoredChunk ChunkPacker::pack(const ChunkGrid& grid, const Layout& layout, const void* values, void* room) {
  const std::size_t bytes = grid.chunk_bytes();
  const bool shuffled = layout.packing == Packing::shuffle_deflate;
  if (layout.packing == Packing::none) return {values, bytes, 0};
  const StoredChunk plain{values, bytes, shuffled ? 3u : 1u};
  const double zeros = zero_share(values, bytes);
  std::size_t packed = 0;
  if (zeros >= 1.0) {
    if (zeros_packed_ != bytes) pack_zeros(values, bytes);
    packed = zeros_.size();
    if (packed != 0) std::memcpy(room, zeros_.data(), packed);
  } else if (shuffled) {
    packed = pack_planes(grid, layout, values, room);
  } else if (zeros >= layout.least_zeros) {
    packed = compressor().compress(values, bytes, room, bytes - 1);
  }
  return packed == 0 ? plain : StoredChunk{room, packed, 0};  // 0: would not get smaller
}

std::size_t ChunkPacker::pack_planes(const ChunkGrid& grid, const Layout& layout, const void* values, void* room) {
  const std::size_t plane = grid.chunk_elements(), bytes = grid.chunk_bytes();
  if (planes_.size() < bytes) planes_ = Buffer<char>(bytes);
  shuffle(values, planes_.data(), plane, grid.element_size);
  std::size_t kept = 0;
  while (kept + 1 < grid.element_size && zero_share(planes_.data() + kept * plane, plane) < layout.least_zeros) ++kept;
  return compressor().compress_after(kept * plane, planes_.data(), bytes, room, bytes - 1);
}

// All chunks of nothing but zeros have the same bytes.
void ChunkPacker::pack_zeros(const void* values, std::size_t bytes) {
  zeros_.resize(bytes);
  zeros_.resize(compressor().compress(values, bytes, zeros_.data(), bytes - 1));
  zeros_packed_ = bytes;
}

Compressor& ChunkPacker::compressor() {
  if (!compressor_) compressor_.emplace();
  return *compressor_;
}

}  // namespace potentia::hdf5
