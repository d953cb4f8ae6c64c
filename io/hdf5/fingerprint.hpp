// Fingerprints of what datasets hold, so that no changed number passes: written beside the values, compared when read.
//
// An array is cut into boxes (row-major, the box's shape is part of the fingerprint); a box that sticks out of the
// array is filled up with zero bytes. Each box is hashed as it lies in memory, row-major and little-endian, by
// XXH3-128; the fingerprint is XXH3-128 of these hashes in the order of the boxes. Boxes are hashed in threads and need
// not be the file's chunks. Texts are hashed one after the other, each as its length (64 bits, little-endian) and its
// bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Attribute of a dataset that holds its fingerprint: "xxh3-128 131072 0f1e…", "xxh3-128 8x5079 …"; the box of a
/// contiguous array is the array, "xxh3-128 whole …", and texts are "xxh3-128 text …".
inline constexpr const char* fingerprint_attribute = "fingerprint";

using Hash = std::array<unsigned char, 16>;  ///< XXH3-128 in canonical order

Hash hash_of(const void* bytes, std::size_t size);

/// @param box empty = the whole array; @param hashes of the boxes in row-major order
std::string fingerprint_of(const Shape& box, const std::vector<Hash>& hashes);
std::string fingerprint_of(const std::vector<std::string>& texts);

/// The boxes that a fingerprint speaks of, and the hashes of those of an array in memory, made on all cores.
/// @throws Error(input) when the fingerprint itself is damaged
Shape box_of(const std::string& fingerprint, const std::string& where);
std::vector<Hash> box_hashes(const ChunkGrid& boxes, const void* array);

/// Compares what was read with the dataset's fingerprint, if it has one.
/// @param array of the shape and in the machine's form of the file's element type
/// @throws Error(input) naming the dataset
void check_fingerprint(const Dataset& dataset, const Shape& shape, std::size_t element_size, const void* array);
void check_fingerprint(const Dataset& dataset, const std::vector<std::string>& texts);

/// "holds other values than were written": a dataset that does not match.
[[noreturn]] void throw_changed(const std::string& where);

}  // namespace potentia::hdf5
