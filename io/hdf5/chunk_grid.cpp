// The chunks of an array.
#include "io/hdf5/chunk_grid.hpp"

#include <algorithm>
#include <cstring>

namespace potentia::hdf5 {
namespace {

// Calls copy(array offset, chunk offset, elements) for every row of the part of a chunk that lies inside the array.
template <class Copy>
void each_row(const ChunkGrid& grid, const Shape& first, const Shape& inside, Copy copy) {
  const std::size_t rank = grid.shape.size();
  Shape at(rank, 0);
  while (true) {
    std::uint64_t in_array = 0, in_chunk = 0;
    for (std::size_t d = 0; d < rank; ++d) {
      in_array = in_array * grid.shape[d] + first[d] + at[d];
      in_chunk = in_chunk * grid.chunk[d] + at[d];
    }
    copy(in_array, in_chunk, inside[rank - 1]);
    std::size_t d = rank - 1;  // count up all axes but the last
    while (d > 0 && ++at[d - 1] == inside[d - 1]) at[--d] = 0;
    if (d == 0) return;
  }
}

}  // namespace

std::uint64_t ChunkGrid::count() const {
  std::uint64_t chunks = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) chunks *= (shape[d] + chunk[d] - 1) / chunk[d];
  return chunks;
}

std::uint64_t ChunkGrid::chunk_elements() const {
  std::uint64_t elements = 1;
  for (const hsize_t extent : chunk) elements *= extent;
  return elements;
}

void ChunkGrid::locate(std::uint64_t index, Shape& first, Shape& inside) const {
  const std::size_t rank = shape.size();
  first.resize(rank);
  inside.resize(rank);
  for (std::size_t d = rank; d-- > 0;) {
    const std::uint64_t along = (shape[d] + chunk[d] - 1) / chunk[d];
    first[d] = index % along * chunk[d];
    inside[d] = std::min<hsize_t>(chunk[d], shape[d] - first[d]);
    index /= along;
  }
}

std::int64_t ChunkGrid::run_begin(const Shape& first, const Shape& inside) const {
  if (inside != chunk) return -1;
  const std::size_t rank = shape.size();
  std::size_t d = 0;  // unbroken if: extent 1 along leading axes, any along one, whole along the rest
  while (d < rank && chunk[d] == 1) ++d;
  for (std::size_t rest = d + 1; rest < rank; ++rest)
    if (chunk[rest] != shape[rest]) return -1;
  std::uint64_t offset = 0;
  for (std::size_t axis = 0; axis < rank; ++axis) offset = offset * shape[axis] + first[axis];
  return static_cast<std::int64_t>(offset);
}

void ChunkGrid::gather(const void* array, const Shape& first, const Shape& inside, void* chunk_data) const {
  const auto* from = static_cast<const char*>(array);
  auto* to = static_cast<char*>(chunk_data);
  each_row(*this, first, inside, [&](std::uint64_t in_array, std::uint64_t in_chunk, std::uint64_t elements) {
    std::memcpy(to + in_chunk * element_size, from + in_array * element_size, elements * element_size);
  });
}

void ChunkGrid::scatter(const void* chunk_data, const Shape& first, const Shape& inside, void* array) const {
  const auto* from = static_cast<const char*>(chunk_data);
  auto* to = static_cast<char*>(array);
  each_row(*this, first, inside, [&](std::uint64_t in_array, std::uint64_t in_chunk, std::uint64_t elements) {
    std::memcpy(to + in_array * element_size, from + in_chunk * element_size, elements * element_size);
  });
}

}  // namespace potentia::hdf5
