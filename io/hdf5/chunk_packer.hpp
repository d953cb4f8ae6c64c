// Packing of one chunk: from its values to the bytes that HDF5 is to store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/codec.hpp"
#include "kernels/buffer.hpp"

namespace potentia::hdf5 {

/// What is to be stored of a chunk.
struct StoredChunk {
  const void* data = nullptr;
  std::size_t bytes = 0;
  std::uint32_t skipped_filters = 0;  ///< HDF5's filter mask: bit n set = filter n was not applied
};

/// One thread's packer. What it makes of a chunk depends on the chunk's values and the layout alone.
class ChunkPacker {
public:
  /// @param room of the size of a chunk, for packed bytes: the outcome lies there or in `values`
  StoredChunk pack(const ChunkGrid& grid, const Layout& layout, const void* values, void* room);

private:
  std::size_t pack_planes(const ChunkGrid& grid, const Layout& layout, const void* values, void* room);
  void pack_zeros(const void* values, std::size_t bytes);
  Compressor& compressor();

  Buffer<char> planes_;
  std::vector<char> zeros_;        ///< a packed chunk of nothing but zeros …
  std::size_t zeros_packed_ = 0;   ///< … of so many
  std::optional<Compressor> compressor_;
};

}  // namespace potentia::hdf5
