// Numbers of whatever width a file holds, as the width that the program works with.
#pragma once

#include <cstdint>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Reads a whole dataset of `elements` numbers, whose extent checked_shape() has given, into `out`. T is uint16_t,
/// int32_t, uint64_t or double; for the integers the file must hold integers (or h5py's bool), of any width, sign and
/// byte order, that fit.
/// @throws Error(input) for another type, a number that does not fit, a damaged file; Error(interrupted)
template <class T>
void read_numbers(const Dataset& dataset, T* out, std::uint64_t elements);

/// The same of some rows of a column, one run after the other; uint16_t or double.
template <class T>
void read_chosen_numbers(const Dataset& dataset, T* out, const RowChoice& choice);

extern template void read_numbers(const Dataset&, std::uint16_t*, std::uint64_t);
extern template void read_numbers(const Dataset&, std::int32_t*, std::uint64_t);
extern template void read_numbers(const Dataset&, std::uint64_t*, std::uint64_t);
extern template void read_numbers(const Dataset&, double*, std::uint64_t);
extern template void read_chosen_numbers(const Dataset&, std::uint16_t*, const RowChoice&);
extern template void read_chosen_numbers(const Dataset&, double*, const RowChoice&);

}  // namespace potentia::hdf5
