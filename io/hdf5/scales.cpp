// Dimension scales.
#include "io/hdf5/scales.hpp"

#include <hdf5_hl.h>

#include <cstdio>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"

namespace potentia::hdf5 {

void describe(const Dataset& dataset, const std::string& units, const std::string& long_name) {
  write_attribute(dataset, "units", units);
  write_attribute(dataset, "long_name", long_name);
}

void make_scale(const Dataset& dataset, const std::string& name) {
  check_write(H5DSset_scale(dataset, name.c_str()), where(dataset));
}

Dataset write_label_scale(hid_t location, const std::string& name, const std::vector<std::string>& labels,
                          const std::string& long_name) {
  Dataset scale = write_strings(location, name, labels);
  describe(scale, "1", long_name);
  make_scale(scale, name);
  return scale;
}

Dataset write_bare_scale(hid_t location, const std::string& name, hsize_t length) {
  Dataset scale = create_dataset(location, name, H5T_IEEE_F32BE, {length}, {});
  describe(scale, "1", "a dimension without labels");
  char mark[80];  // netCDF recognises this text, with the length in ten places
  std::snprintf(mark, sizeof mark, "This is a netCDF dimension but not a netCDF variable. %10llu",
                static_cast<unsigned long long>(length));
  check_write(H5DSset_scale(scale, mark), where(scale));
  return scale;
}

void attach_scale(const Dataset& array, const Dataset& scale, unsigned axis) {
  check_write(H5DSattach_scale(array, scale, axis), where(array));
}

}  // namespace potentia::hdf5
