// Chunks of arrays of any shape: each element lies in one chunk, and copies there and back change nothing.
#include "io/hdf5/chunk_grid.hpp"

#include <cstring>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  fuzz::Input input(data, size);
  hdf5::ChunkGrid grid;
  const std::size_t rank = input.number(1, 4);
  std::size_t elements = 1;
  for (std::size_t d = 0; d < rank; ++d) {
    grid.shape.push_back(input.number(1, 9));
    grid.chunk.push_back(input.number(1, 12));
    elements *= grid.shape.back();
  }
  grid.element_size = input.number(1, 8);
  std::vector<char> array(elements * grid.element_size), back(array.size(), '\x5a');
  for (std::size_t i = 0; i < array.size(); ++i) array[i] = static_cast<char>(input.byte() ^ i * 37);

  std::size_t covered = 0;
  for (std::uint64_t n = 0; n < grid.count(); ++n) {
    hdf5::Shape first, inside;
    grid.locate(n, first, inside);
    std::size_t part = 1;
    for (std::size_t d = 0; d < rank; ++d) {
      fuzz::require(inside[d] >= 1 && inside[d] <= grid.chunk[d], "a chunk holds something along each axis");
      fuzz::require(first[d] % grid.chunk[d] == 0 && first[d] + inside[d] <= grid.shape[d], "within the array");
      part *= inside[d];
    }
    covered += part;
    std::vector<char> chunk(grid.chunk_bytes(), '\x33');
    grid.gather(array.data(), first, inside, chunk.data());
    grid.scatter(chunk.data(), first, inside, back.data());
    const std::int64_t run = grid.run_begin(first, inside);
    if (run < 0) continue;
    const std::size_t begin = static_cast<std::size_t>(run) * grid.element_size;
    fuzz::require(begin + chunk.size() <= array.size(), "an unbroken chunk lies within the array");
    fuzz::require(std::memcmp(array.data() + begin, chunk.data(), chunk.size()) == 0, "an unbroken chunk is a copy");
  }
  fuzz::require(covered == elements, "every element lies in one chunk");
  fuzz::require(array == back, "copies there and back change nothing");
  return 0;
}
