// Thin ownership of HDF5 identifiers, and HDF5's failures as potentia::Error with the dataset's name.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kernels/error.hpp"

namespace potentia::hdf5 {

/// Owns one HDF5 identifier and closes it. Closing in the destructor ignores errors; call close() where they matter.
template <herr_t (*close_id)(hid_t)>
class Handle {
public:
  Handle() = default;
  explicit Handle(hid_t id) noexcept : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (id_ >= 0) close_id(id_);
  }

  hid_t id() const noexcept { return id_; }
  operator hid_t() const noexcept { return id_; }
  bool valid() const noexcept { return id_ >= 0; }
  /// Closes now. @return whether HDF5 could close (and, for a file, write what it still held)
  bool close() noexcept {
    const hid_t id = std::exchange(id_, H5I_INVALID_HID);
    return id < 0 || close_id(id) >= 0;
  }

private:
  hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Attribute = Handle<H5Aclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using PropertyList = Handle<H5Pclose>;
using Object = Handle<H5Oclose>;

using Shape = std::vector<hsize_t>;

/// Prepares the library for this thread: no exit handler (it crashes after a full disk), no filter plugins, no
/// messages of its own. Every function of this folder that opens or creates a file calls it first.
void initialise();

/// "file.h5:/group/dataset" of an open object; the name of a temporary output reads as that of its target.
std::string where(hid_t object);
/// The same of something at `path` below `location`, whether it exists or not.
std::string where(hid_t location, const std::string& path);

/// @throws Error(resources) if the pending HDF5 error comes from a full or failing disk, else Error(internal)
[[noreturn]] void throw_write_error(const std::string& where);
/// @throws Error(input) with HDF5's own innermost reason
[[noreturn]] void throw_read_error(const std::string& where);

/// Returns `result` (an identifier or status) unless it is negative.
template <class T>
T check_write(T result, const std::string& where) {
  if (result < 0) throw_write_error(where);
  return result;
}
template <class T>
T check_read(T result, const std::string& where) {
  if (result < 0) throw_read_error(where);
  return result;
}

/// HDF5's native memory type of a C++ number.
template <class T>
hid_t native_type();
template <>
inline hid_t native_type<double>() {
  return H5T_NATIVE_DOUBLE;
}
template <>
inline hid_t native_type<float>() {
  return H5T_NATIVE_FLOAT;
}
template <>
inline hid_t native_type<std::int8_t>() {
  return H5T_NATIVE_INT8;
}
template <>
inline hid_t native_type<std::uint8_t>() {
  return H5T_NATIVE_UINT8;
}
template <>
inline hid_t native_type<std::int16_t>() {
  return H5T_NATIVE_INT16;
}
template <>
inline hid_t native_type<std::uint16_t>() {
  return H5T_NATIVE_UINT16;
}
template <>
inline hid_t native_type<std::int32_t>() {
  return H5T_NATIVE_INT32;
}
template <>
inline hid_t native_type<std::uint32_t>() {
  return H5T_NATIVE_UINT32;
}
template <>
inline hid_t native_type<std::int64_t>() {
  return H5T_NATIVE_INT64;
}
template <>
inline hid_t native_type<std::uint64_t>() {
  return H5T_NATIVE_UINT64;
}

}  // namespace potentia::hdf5
