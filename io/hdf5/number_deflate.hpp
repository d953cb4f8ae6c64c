// Deflate for tables of eight-byte numbers of which many are zero: ten times as fast as a general compressor, because
// nothing is searched for. Any reader of zlib streams inflates it.
//
// One block with a code that is fixed: a number's bytes are literals, a run of up to 32 zero numbers is a zero byte and
// a match of the rest at distance 1. The stream depends on the numbers alone, not on a library's version.
#pragma once

#include <cstddef>

namespace potentia::hdf5 {

/// @param in `numbers` values of eight bytes, at any alignment
/// @return size of the zlib stream, 0 if it might not fit into `capacity`
std::size_t deflate_numbers(const void* in, std::size_t numbers, void* out, std::size_t capacity) noexcept;

}  // namespace potentia::hdf5
