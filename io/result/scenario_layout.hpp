// How tables of several scenarios lie in the file.
#pragma once

#include <vector>

#include "io/hdf5/chunks.hpp"

namespace potentia {

/// Scenarios mostly differ from their baseline, and from each other, in few numbers, and full mantissas do not shrink
/// but where they come again. So chunks of a table of several scenarios hold the same small part of all of them, side
/// by side, where deflate finds them again: a hundred times what one takes becomes little more than once.
/// @param shape of the table; @param scenarios in front of it, 1 = no axis of scenarios
/// @param values of the table: where fewer than half of them are those of the scenario before, rows as in result.h5
hdf5::Layout scenario_layout(const hdf5::Shape& shape, std::size_t scenarios, const std::vector<double>& values);

}  // namespace potentia
