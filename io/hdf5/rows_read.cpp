// Reading some rows of a column: only the chunks that have them.
#include <algorithm>
#include <cstring>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/parallel_reader.hpp"

namespace potentia::hdf5 {

std::uint64_t RowChoice::count() const {
  std::uint64_t rows_in_all = 0;
  for (const auto& [first, last] : rows) rows_in_all += last - first;
  return rows_in_all;
}

namespace {

/// Copies what the rows [first, first + count) at `values` have of the chosen ones.
void copy_chosen(const RowChoice& choice, std::uint64_t first, std::uint64_t count, const char* values,
                 std::size_t element_size, char* out) {
  std::uint64_t before = 0;
  for (const auto& [begin, end] : choice.rows) {
    const std::uint64_t from = std::max(begin, first), to = std::min(end, first + count);
    if (from < to)
      std::memcpy(out + (before + from - begin) * element_size, values + (from - first) * element_size,
                  (to - from) * element_size);
    before += end - begin;
  }
}

bool wants(const RowChoice& choice, std::uint64_t first, std::uint64_t last) {
  return std::any_of(choice.rows.begin(), choice.rows.end(),
                     [&](const auto& run) { return run.first < last && first < run.second; });
}

}  // namespace

void read_rows(const Dataset& dataset, hid_t memory_type, void* out, const RowChoice& choice) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  ChunkGrid grid;
  grid.shape = shape_of(space, name);
  const std::size_t element_size = H5Tget_size(memory_type);
  char* const to = static_cast<char*>(out);
  const std::string written =
      has_attribute(dataset, fingerprint_attribute) ? read_text_attribute(dataset, fingerprint_attribute) : "";
  Pipeline pipeline;
  if (grid.shape.size() == 1 && element_count(grid.shape) > 0 && H5Tequal(type, memory_type) > 0 &&
      our_grid(type, properties, name, grid, pipeline) && (written.empty() || box_of(written, name) == grid.chunk)) {
    const std::uint64_t rows = grid.shape[0], step = grid.chunk[0];
    std::vector<std::uint64_t> chunks;
    for (std::uint64_t index = 0; index < grid.count(); ++index) {
      const std::uint64_t first = index * step, last = std::min(rows, first + step);
      if (wants(choice, first, last) || (choice.also && choice.also(index, first, last))) chunks.push_back(index);
    }
    std::vector<Hash> hashes(grid.count(), Hash{});
    const ParallelReader::TakeChunk take = [&](std::uint64_t index, const char* values) {
      if (!written.empty()) hashes[index] = hash_of(values, grid.chunk_bytes());
      copy_chosen(choice, index * step, step, values, element_size, to);
    };
    if (ParallelReader(dataset, grid, pipeline, name).read(take, &chunks)) {
      if (written.empty()) return;
      if (choice.complete) choice.complete(hashes);
      if (fingerprint_of(grid.chunk, hashes) != written) throw_changed(name);
      return;
    }
  }
  // Small, or another program's: read whole by everyone.
  const std::uint64_t elements = element_count(grid.shape);
  Buffer<char> values(elements * element_size);
  read_array(dataset, memory_type, values.data(), elements);
  copy_chosen(choice, 0, elements, values.data(), element_size, to);
}

}  // namespace potentia::hdf5
