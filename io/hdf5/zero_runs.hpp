// Deflate that packs runs of zeros and nothing else. Tables of a result are full mantissas, which no deflate shrinks, and
// zeros, which come in runs: looking for anything else takes five times as long, and the file gets no smaller for it.
#pragma once

#include <cstddef>

namespace potentia::hdf5 {

/// Packs values of eight bytes into a zlib stream: runs of zero values as repetitions, all else stored as it is. The same
/// bytes on every machine.
/// @param bytes a multiple of eight
/// @return bytes of the stream, 0 if it does not fit into `capacity`
std::size_t pack_zero_runs(const void* values, std::size_t bytes, void* out, std::size_t capacity);

}  // namespace potentia::hdf5
