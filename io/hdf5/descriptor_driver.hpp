// An HDF5 file that has no name: HDF5's own driver resolves the name of what it opens, which fails for a file that is
// only a descriptor yet.
#pragma once

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// File access properties by which H5Fcreate takes "/proc/self/fd/N" for the open descriptor N, and leaves it open. The
/// bytes of the file are those of HDF5's default driver.
PropertyList descriptor_access();

}  // namespace potentia::hdf5
