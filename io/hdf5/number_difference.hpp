// Numbers of two datasets of one shape, compared.
#pragma once

#include "io/hdf5/difference.hpp"
#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Fills in counts and places of `difference`. Datasets of different types of numbers are compared as float64.
/// @throws Error(input) when a dataset is damaged or holds no numbers, Error(interrupted)
void compare_numbers(const Dataset& first, const Dataset& second, const Shape& shape, const CompareOptions& options,
                     DatasetDifference& difference);

}  // namespace potentia::hdf5
