// HDF5 files, groups, texts and attributes: what both file kinds need besides large arrays.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Creates an HDF5 file (truncating what is there), without time stamps, members listed in the order of creation.
File create_file(const std::string& path);
/// Opens an HDF5 file for reading.
/// @throws Error(input) when it does not exist, is not HDF5, is truncated, or has other groups, datasets or attributes
///         than its digest was made of (contents.hpp); what datasets hold is compared when it is read
File open_file(const std::string& path);
/// Writes the digest of the contents and closes the file. @throws Error(resources) when the disk could not take the rest of it
void close_file(File& file, const std::string& target);

Group create_group(hid_t location, const std::string& name);

/// Whether `path` leads to something below `location`. Links to other files and soft links are refused, not followed.
/// @throws Error(input) for such a link
bool exists(hid_t location, const std::string& path);
/// Opens a dataset. @throws Error(input) naming it when it is missing, no dataset, or behind an external or soft link
Dataset open_dataset(hid_t location, const std::string& path);
/// Opens a group; as open_dataset.
Group open_group(hid_t location, const std::string& path);

/// Writes texts as variable-length UTF-8, which every reader of HDF5 and netCDF shows as text. @param shape
/// [texts.size()]
Dataset write_strings(hid_t location, const std::string& name, const std::vector<std::string>& texts);
/// One text without a dimension.
Dataset write_string(hid_t location, const std::string& name, const std::string& text);
/// Reads a one-dimensional dataset of fixed- or variable-length strings (a scalar gives one text).
/// @throws Error(input)
std::vector<std::string> read_strings(const Dataset& dataset);

void write_attribute(hid_t object, const std::string& name, const std::string& text);
void write_attribute(hid_t object, const std::string& name, const char* text);
/// A text of fixed length, which lies in the object's header instead of a heap: for fingerprints.
void write_fixed_attribute(hid_t object, const std::string& name, const std::string& text);
void write_attribute(hid_t object, const std::string& name, std::int64_t value);
void write_attribute(hid_t object, const std::string& name, double value);
void write_attribute(hid_t object, const std::string& name, const std::vector<std::int64_t>& values);
void write_attribute(hid_t object, const std::string& name, const std::vector<double>& values);

bool has_attribute(hid_t object, const std::string& name);
/// Attributes of an expected type; numbers are converted, a scalar and an array of one are the same.
/// @throws Error(input) naming object and attribute when it is missing, misshapen or no such type
std::string read_text_attribute(hid_t object, const std::string& name);
std::int64_t read_integer_attribute(hid_t object, const std::string& name);
double read_real_attribute(hid_t object, const std::string& name);
/// @param most refused when the attribute holds more values
std::vector<std::int64_t> read_integers_attribute(hid_t object, const std::string& name, std::uint64_t most = 4096);

}  // namespace potentia::hdf5
