// Dimension scales: the labels of an array's axes, as h5py, netCDF and xarray understand them.
#pragma once

#include <string>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Writes `units` and `long_name`.
void describe(const Dataset& dataset, const std::string& units, const std::string& long_name);

/// Makes a dataset of one dimension the labels of the axis that is called as it is.
void make_scale(const Dataset& dataset, const std::string& name);

/// Writes labels as a string dataset that is the scale of the axis `name`.
Dataset write_label_scale(hid_t location, const std::string& name, const std::vector<std::string>& labels,
                          const std::string& long_name);

/// An axis without labels, as netCDF marks one: it has a name and a length, and stores nothing.
Dataset write_bare_scale(hid_t location, const std::string& name, hsize_t length);

/// Makes `scale` the labels of an axis of `array`.
void attach_scale(const Dataset& array, const Dataset& scale, unsigned axis);

}  // namespace potentia::hdf5
