// How the tables of a world are stored, and the labels of their axes.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/world/world.hpp"

namespace potentia::world_file {

/// How a column of whole numbers or dollars is stored. Deflate alone does best on bytes; wider numbers are shuffled so
/// that their zero bytes lie together; planes of which less than half is zero, the lowest digits of values, go into the
/// stream as they are: they shrink by a few hundredths and took most of the time, here and when they are read.
inline hdf5::Layout column_layout(std::size_t rows, std::size_t element_size) {
  constexpr hsize_t chunk_rows = 131072;  // a chunk is then 128 KiB to 1 MiB
  hdf5::Layout layout;
  if (rows * element_size < 4096) return layout;
  layout.chunk = {std::min<hsize_t>(rows, chunk_rows)};
  layout.packing = element_size == 1 ? hdf5::Packing::deflate : hdf5::Packing::shuffle_deflate;
  if (element_size > 1) layout.least_zeros = 0.5;
  return layout;
}

template <class T>
hdf5::Dataset column(hid_t group, const char* name, const std::vector<T>& values) {
  return hdf5::write_dataset(group, name, values.data(), {values.size()}, column_layout(values.size(), sizeof(T)));
}

inline hdf5::Dataset table(hid_t group, const char* name, const std::vector<double>& values, const hdf5::Shape& shape) {
  return hdf5::write_dataset(group, name, values.data(), shape,
                             hdf5::row_layout(shape, sizeof(double), hdf5::Packing::shuffle_deflate));
}

/// Labels the axes of a dataset, one scale for each.
inline hdf5::Dataset along(hdf5::Dataset dataset, std::initializer_list<const hdf5::Dataset*> scales) {
  unsigned axis = 0;
  for (const hdf5::Dataset* scale : scales) hdf5::attach_scale(dataset, *scale, axis++);
  return dataset;
}

/// A dataset that labels its own axis.
inline hdf5::Dataset as_scale(hdf5::Dataset dataset, const char* name) {
  hdf5::make_scale(dataset, name);
  return dataset;
}

inline void units(const hdf5::Dataset& dataset, const char* text) { hdf5::write_attribute(dataset, "units", text); }

/// Tables that no formula reads: /logistics, /utilization and /provenance, where the world has them.
void write_report_tables(const World& world, const hdf5::File& file);

}  // namespace potentia::world_file
