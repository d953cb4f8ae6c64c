// The chunks of an array: which indices each covers, and copies between a chunk and the array.
#pragma once

#include <cstdint>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Chunks of an array in row-major order.
struct ChunkGrid {
  Shape shape;  ///< of the array
  Shape chunk;  ///< of one chunk
  std::size_t element_size = 0;

  std::uint64_t count() const;  ///< chunks in all
  std::uint64_t chunk_elements() const;
  std::uint64_t chunk_bytes() const { return chunk_elements() * element_size; }
  /// First index of chunk `index` along each axis, and how many of its indices lie inside the array.
  void locate(std::uint64_t index, Shape& first, Shape& inside) const;
  /// Where the chunk starts in the array if it is one unbroken, complete run of it, else -1. In elements.
  std::int64_t run_begin(const Shape& first, const Shape& inside) const;
  /// Copies the inside part between a chunk and the whole array.
  void gather(const void* array, const Shape& first, const Shape& inside, void* chunk_data) const;
  void scatter(const void* chunk_data, const Shape& first, const Shape& inside, void* array) const;
};

}  // namespace potentia::hdf5
