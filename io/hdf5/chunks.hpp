// Large arrays to and from HDF5 on all cores: chunks are shuffled and deflated here, in threads, and handed to HDF5 as
// they lie in the file. What is written is plain shuffle + deflate that every HDF5 reader knows.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

enum class Packing { none, deflate, shuffle_deflate };

/// How a dataset lies in the file. An empty `chunk` means contiguous (then packing must be none).
struct Layout {
  Shape chunk;
  Packing packing = Packing::none;
  /// Chunks with a smaller share of zero bytes than this are stored as they are; with shuffle, the leading byte
  /// planes are, but never the last. Full mantissas hardly shrink and cost more time than all else. 0 = deflate all.
  double least_zeros = 0.0;
};

/// A deflated layout for an array of this shape: whole rows, about `target_bytes` a chunk. Depends on the shape alone,
/// so the same array always lies the same way in the file. Small arrays (below 4 KiB) stay contiguous.
Layout row_layout(const Shape& shape, std::size_t element_size, Packing packing,
                  std::size_t target_bytes = std::size_t{1} << 18);

/// Creates a dataset, without time stamps and without filling it.
/// @param type file type, e.g. H5T_IEEE_F64LE; @param name path below `location`, whose groups exist
Dataset create_dataset(hid_t location, const std::string& name, hid_t type, const Shape& shape, const Layout& layout);

/// Makes one chunk: `first` is its first index along each axis, `count` how many indices of it lie inside the array
/// (the chunk's own size except at the edges). `chunk` has room for the whole chunk, row-major over the *chunk's*
/// shape, already zeroed where `count` falls short. Called from several threads.
using FillChunk = std::function<void(const Shape& first, const Shape& count, void* chunk)>;
/// Called from the calling thread now and then: bytes done, bytes in all.
using ChunkProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Fills a chunked dataset chunk by chunk, in the order of the file, whatever the threads.
/// The element type in the file must be the machine's own.
/// @throws Error(resources) for a full disk, Error(interrupted)
void write_chunks(const Dataset& dataset, const Layout& layout, const FillChunk& fill,
                  const ChunkProgress& progress = {});

/// Writes a whole array in one go, of the machine's type `memory_type`.
void write_array(const Dataset& dataset, hid_t memory_type, const void* data, const Layout& layout);

/// Creates and writes a dataset of the machine's own number type. @return it, for its attributes
template <class T>
Dataset write_dataset(hid_t location, const std::string& name, const T* data, const Shape& shape,
                      const Layout& layout = {}) {
  Dataset dataset = create_dataset(location, name, native_type<T>(), shape, layout);
  write_array(dataset, native_type<T>(), data, layout);
  return dataset;
}

/// Extent of a dataset, after refusing what a file must not make us do: external or virtual storage, filters other
/// than deflate, shuffle and fletcher32, and sizes that the bytes in the file cannot amount to. Call it, compare the
/// extent with what is expected, and only then allocate.
/// @throws Error(input)
Shape checked_shape(const Dataset& dataset);

/// Reads a whole array of checked_shape() into `out`, converting to `memory_type`; in threads where it is chunked with
/// deflate (+ shuffle) only and needs no conversion, else through HDF5.
/// @param elements room in `out`, which must be the dataset's size
/// @throws Error(input) when the file is damaged, Error(interrupted)
void read_array(const Dataset& dataset, hid_t memory_type, void* out, std::uint64_t elements);

/// Some rows of a long column, for a process that reads its share of them.
struct RowChoice {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> rows;  ///< [first, last) runs to read, ascending, apart
  /// Whether this process also looks at a chunk of rows [first, last) of which it wants none, so that together all are.
  std::function<bool(std::uint64_t chunk, std::uint64_t first, std::uint64_t last)> also;
  /// Makes the hashes of chunks that this process has not read (all zero) those of the others; empty = nobody else.
  std::function<void(std::vector<std::array<unsigned char, 16>>& hashes)> complete;

  std::uint64_t count() const;  ///< rows in all
};

/// As read_array, of one dimension and only the chosen rows, one run after the other. Reads no chunk that it need not,
/// where chunks are deflated (+ shuffled) only, as this program writes them; compares the fingerprint with the others'
/// help where there is one by chunks.
void read_rows(const Dataset& dataset, hid_t memory_type, void* out, const RowChoice& choice);

/// Reads a dataset that has a fingerprint, and compares; keeps nothing.
/// @throws Error(input) naming the dataset when it holds other values than were written
void check_values(const Dataset& dataset);

/// Makes HDF5 do all that reading the dataset will ask of it, short of handing over chunks that we decode ourselves.
/// @throws Error(input)
void look_over(const Dataset& dataset);

template <class T>
void read_dataset(const Dataset& dataset, T* out, std::uint64_t elements) {
  read_array(dataset, native_type<T>(), out, elements);
}

/// Number of elements of a shape. @throws Error(input) when it overflows
std::uint64_t element_count(const Shape& shape);

}  // namespace potentia::hdf5
