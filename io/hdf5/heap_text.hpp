// Texts of variable length, read from where HDF5 keeps them without its help.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Reads a dataset of `count` variable-length strings. The library (1.10) follows a damaged reference into memory that
/// is not its own, so the references and the heaps they point to are followed here, with every step checked.
/// @throws Error(input) when a reference or a heap is damaged
std::vector<std::string> read_heap_texts(const Dataset& dataset, std::uint64_t count);

}  // namespace potentia::hdf5
