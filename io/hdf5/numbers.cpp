// HDF5 brings numbers into the machine's byte order, keeping their width; widening, narrowing and the check that
// everything fits (HDF5 would clip silently) are loops on all cores.
#include "io/hdf5/numbers.hpp"

#include <cstring>
#include <limits>
#include <type_traits>

#include "io/hdf5/chunks.hpp"
#include "kernels/buffer.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::int64_t worth_threads = 1 << 16;  // shorter loops end before a thread has woken up

template <class From, class To>
bool fits(From value) {
  if constexpr (!std::is_integral<To>::value || std::is_same<From, To>::value) {
    return true;
  } else if constexpr (std::is_signed<From>::value) {
    if constexpr (std::is_unsigned<To>::value)
      return value >= 0 && static_cast<std::uint64_t>(value) <= std::numeric_limits<To>::max();
    else
      return static_cast<std::int64_t>(value) >= std::numeric_limits<To>::min() &&
             static_cast<std::int64_t>(value) <= std::numeric_limits<To>::max();
  } else {
    return static_cast<std::uint64_t>(value) <= static_cast<std::uint64_t>(std::numeric_limits<To>::max());
  }
}

/// From `bytes`, which may be the room of `out` itself where both are of one width. @return whether everything fits
template <class From, class To>
bool convert(const char* bytes, To* out, std::int64_t elements) {
  std::int64_t misfits = 0;
#pragma omp parallel for schedule(static) reduction(+ : misfits) if (elements > worth_threads)
  for (std::int64_t at = 0; at < elements; ++at) {
    From value;
    std::memcpy(&value, bytes + at * static_cast<std::int64_t>(sizeof(From)), sizeof(From));
    misfits += !fits<From, To>(value);
    const To converted = static_cast<To>(value);
    std::memcpy(reinterpret_cast<char*>(out) + at * static_cast<std::int64_t>(sizeof(To)), &converted, sizeof(To));
  }
  return misfits == 0;
}

/// What is to be read: everything, or some rows of a column.
struct Wanted {
  std::uint64_t elements;
  const RowChoice* choice = nullptr;

  void read(const Dataset& dataset, hid_t memory_type, void* out) const {
    if (choice == nullptr) read_array(dataset, memory_type, out, elements);
    else read_rows(dataset, memory_type, out, *choice);
  }
};

template <class From, class To>
bool read_as(const Dataset& dataset, hid_t memory_type, To* out, const Wanted& wanted) {
  const std::uint64_t elements = wanted.elements;
  if constexpr (std::is_same<From, To>::value) {
    wanted.read(dataset, memory_type, out);
    return true;
  } else if constexpr (sizeof(From) == sizeof(To)) {
    wanted.read(dataset, memory_type, out);
    return convert<From, To>(reinterpret_cast<const char*>(out), out, static_cast<std::int64_t>(elements));
  } else {
    Buffer<From> values(elements);
    wanted.read(dataset, memory_type, values.data());
    return convert<From, To>(reinterpret_cast<const char*>(values.data()), out, static_cast<std::int64_t>(elements));
  }
}

template <class To>
bool read_integers(const Dataset& dataset, const Type& type, To* out, const Wanted& wanted) {
  const bool is_enum = H5Tget_class(type) == H5T_ENUM;  // h5py's bool
  const Type base(is_enum ? H5Tget_super(type) : H5Tcopy(type));
  const Type native(is_enum ? H5Tget_native_type(type, H5T_DIR_DEFAULT) : H5Tcopy(H5T_NATIVE_INT64));
  const bool is_signed = H5Tget_sign(base) != H5T_SGN_NONE;
  const auto memory = [&](hid_t plain) { return is_enum ? native.id() : plain; };
  const std::size_t size = H5Tget_size(base);
  if (is_signed) {
    if (size == 1) return read_as<std::int8_t>(dataset, memory(H5T_NATIVE_INT8), out, wanted);
    if (size == 2) return read_as<std::int16_t>(dataset, memory(H5T_NATIVE_INT16), out, wanted);
    if (size == 4) return read_as<std::int32_t>(dataset, memory(H5T_NATIVE_INT32), out, wanted);
    return !(is_enum && size != 8) && read_as<std::int64_t>(dataset, memory(H5T_NATIVE_INT64), out, wanted);
  }
  if (size == 1) return read_as<std::uint8_t>(dataset, memory(H5T_NATIVE_UINT8), out, wanted);
  if (size == 2) return read_as<std::uint16_t>(dataset, memory(H5T_NATIVE_UINT16), out, wanted);
  if (size == 4) return read_as<std::uint32_t>(dataset, memory(H5T_NATIVE_UINT32), out, wanted);
  return !(is_enum && size != 8) && read_as<std::uint64_t>(dataset, memory(H5T_NATIVE_UINT64), out, wanted);
}

template <class T>
void read_wanted(const Dataset& dataset, T* out, const Wanted& wanted) {
  const Type type(check_read(H5Dget_type(dataset), where(dataset)));
  const H5T_class_t kind = H5Tget_class(type);
  bool all_fit = true;
  if (kind == H5T_INTEGER || kind == H5T_ENUM) {
    all_fit = read_integers(dataset, type, out, wanted);
  } else if (kind != H5T_FLOAT || std::is_integral<T>::value) {
    throw input_error(std::is_integral<T>::value ? "does not hold integers" : "does not hold numbers", where(dataset),
                      "see io/README.md for its type");
  } else if constexpr (std::is_floating_point<T>::value) {
    if (H5Tget_size(type) == sizeof(float))
      all_fit = read_as<float>(dataset, H5T_NATIVE_FLOAT, out, wanted);
    else
      all_fit = read_as<double>(dataset, H5T_NATIVE_DOUBLE, out, wanted);
  }
  if (!all_fit) throw input_error("holds an integer out of range", where(dataset), "see io/README.md for its range");
}

}  // namespace

template <class T>
void read_numbers(const Dataset& dataset, T* out, std::uint64_t elements) {
  read_wanted(dataset, out, Wanted{elements});
}

template <class T>
void read_chosen_numbers(const Dataset& dataset, T* out, const RowChoice& choice) {
  read_wanted(dataset, out, Wanted{choice.count(), &choice});
}

template void read_numbers(const Dataset&, std::uint16_t*, std::uint64_t);
template void read_numbers(const Dataset&, std::int32_t*, std::uint64_t);
template void read_numbers(const Dataset&, std::uint64_t*, std::uint64_t);
template void read_numbers(const Dataset&, double*, std::uint64_t);
template void read_chosen_numbers(const Dataset&, std::uint16_t*, const RowChoice&);
template void read_chosen_numbers(const Dataset&, double*, const RowChoice&);

}  // namespace potentia::hdf5
