// See chunk_packer.hpp.
#include "io/hdf5/chunk_packer.hpp"

#include <cstring>

#include "io/hdf5/zero_runs.hpp"

namespace potentia::hdf5 {

StoredChunk ChunkPacker::pack(const ChunkGrid& grid, const Layout& layout, const void* values, void* room) {
  const std::size_t bytes = grid.chunk_bytes();
  const bool shuffled = is_shuffled(layout.packing);
  if (layout.packing == Packing::none) return {values, bytes, 0};
  const StoredChunk plain{values, bytes, shuffled ? 3u : 1u};
  if (layout.packing == Packing::zero_runs || layout.packing == Packing::shuffle_zero_runs) {
    const void* const from = shuffled ? shuffled_planes(grid, values) : values;
    const std::size_t runs = pack_zero_runs(from, bytes, room, bytes - bytes / 32);  // less than that is not worth a copy
    return runs == 0 ? plain : StoredChunk{room, runs, 0};
  }
  const double zeros = zero_share(values, bytes);
  std::size_t packed = 0;
  if (zeros >= 1.0) {
    if (zeros_packed_ != bytes) pack_zeros(values, bytes);
    packed = zeros_.size();
    if (packed != 0) std::memcpy(room, zeros_.data(), packed);
  } else if (shuffled) {
    packed = pack_planes(grid, layout, values, room);
  } else if (zeros >= layout.least_zeros) {
    packed = compressor(layout.level).compress(values, bytes, room, bytes - 1);
  }
  return packed == 0 ? plain : StoredChunk{room, packed, 0};  // 0: would not get smaller
}

const void* ChunkPacker::shuffled_planes(const ChunkGrid& grid, const void* values) {
  if (planes_.size() < grid.chunk_bytes()) planes_ = Buffer<char>(grid.chunk_bytes());
  shuffle(values, planes_.data(), grid.chunk_elements(), grid.element_size);
  return planes_.data();
}

std::size_t ChunkPacker::pack_planes(const ChunkGrid& grid, const Layout& layout, const void* values, void* room) {
  const std::size_t plane = grid.chunk_elements(), bytes = grid.chunk_bytes();
  shuffled_planes(grid, values);
  std::size_t kept = 0;
  while (kept + 1 < grid.element_size && zero_share(planes_.data() + kept * plane, plane) < layout.least_zeros) ++kept;
  return compressor(layout.level).compress_after(kept * plane, planes_.data(), bytes, room, bytes - 1);
}

// All chunks of nothing but zeros have the same bytes.
void ChunkPacker::pack_zeros(const void* values, std::size_t bytes) {
  zeros_.resize(bytes);
  zeros_.resize(compressor(1).compress(values, bytes, zeros_.data(), bytes - 1));
  zeros_packed_ = bytes;
}

Compressor& ChunkPacker::compressor(int level) {
  if (!compressor_ || level_ != level) compressor_.emplace(level);
  level_ = level;
  return *compressor_;
}

}  // namespace potentia::hdf5
