// See number_difference.hpp.
#include "io/hdf5/number_difference.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/numbers.hpp"
#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::int64_t piece = 1 << 16;  // elements that one thread compares

/// What was found in one stretch of elements; joined in their order, so that the first of equals is named.
struct Found {
  std::uint64_t differing = 0, nan_in_one = 0;
  double absolute = -1, relative = -1;
  std::uint64_t absolute_at = 0, relative_at = 0;
  double absolute_first = 0, absolute_second = 0, relative_first = 0, relative_second = 0;

  void join(const Found& later) {
    differing += later.differing;
    nan_in_one += later.nan_in_one;
    if (later.absolute > absolute) {
      absolute = later.absolute;
      absolute_at = later.absolute_at;
      absolute_first = later.absolute_first;
      absolute_second = later.absolute_second;
    }
    if (later.relative > relative) {
      relative = later.relative;
      relative_at = later.relative_at;
      relative_first = later.relative_first;
      relative_second = later.relative_second;
    }
  }
};

template <class T>
bool is_nan(T value) {
  if constexpr (std::is_floating_point<T>::value) return std::isnan(value);
  return false;
}

template <class T>
bool are_same(T a, T b, double tolerance) {
  if (std::memcmp(&a, &b, sizeof a) == 0) return true;
  if (is_nan(a) || is_nan(b)) return is_nan(a) && is_nan(b);
  if (tolerance == 0) return false;
  const double first = static_cast<double>(a), second = static_cast<double>(b);
  if (first == second) return true;
  return !std::isinf(first) && !std::isinf(second) &&
         std::abs(first - second) <= tolerance * std::max({1.0, std::abs(first), std::abs(second)});
}

template <class T>
Found compare_piece(const T* a, const T* b, std::int64_t count, std::uint64_t begin, double tolerance) {
  Found found;
  if (std::memcmp(a, b, static_cast<std::size_t>(count) * sizeof(T)) == 0) return found;
  for (std::int64_t n = 0; n < count; ++n) {
    if (are_same(a[n], b[n], tolerance)) continue;
    ++found.differing;
    if (is_nan(a[n]) || is_nan(b[n])) {
      ++found.nan_in_one;
      continue;
    }
    const double first = static_cast<double>(a[n]), second = static_cast<double>(b[n]);
    const double absolute = std::abs(first - second);
    const double relative = std::isinf(absolute) ? 2.0 : absolute / std::max(std::abs(first), std::abs(second));
    const std::uint64_t at = begin + static_cast<std::uint64_t>(n);
    if (absolute > found.absolute) {
      found.absolute = absolute;
      found.absolute_at = at;
      found.absolute_first = first;
      found.absolute_second = second;
    }
    if (relative > found.relative) {
      found.relative = relative;
      found.relative_at = at;
      found.relative_first = first;
      found.relative_second = second;
    }
  }
  return found;
}

/// @param begin position of the first of them in the dataset
template <class T>
void compare_elements(const T* a, const T* b, std::uint64_t elements, std::uint64_t begin, double tolerance,
                      Found& found) {
  const std::int64_t count = static_cast<std::int64_t>(elements);
  const std::int64_t pieces = (count + piece - 1) / piece;
  std::vector<Found> parts(static_cast<std::size_t>(pieces));
#pragma omp parallel for schedule(static)
  for (std::int64_t p = 0; p < pieces; ++p) {
    const std::int64_t first = p * piece;
    parts[static_cast<std::size_t>(p)] = compare_piece(a + first, b + first, std::min(piece, count - first),
                                                       begin + static_cast<std::uint64_t>(first), tolerance);
  }
  for (const Found& part : parts) found.join(part);
}

/// Rows [first, first + count) of a dataset, in the machine's own form of `type`.
void read_rows_of(const Dataset& dataset, hid_t type, const Shape& shape, std::uint64_t first, std::uint64_t count,
                  void* out) {
  const std::string name = where(dataset);
  Shape start(shape.size(), 0), extent = shape;
  start[0] = first;
  extent[0] = count;
  const Space file(check_read(H5Dget_space(dataset), name));
  const Space memory(check_read(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), name));
  check_read(H5Sselect_hyperslab(file, H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), name);
  check_read(H5Dread(dataset, type, memory, file, H5P_DEFAULT, out), name);
}

std::uint64_t rows_of_a_chunk(const Dataset& dataset, const Shape& shape) {
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), where(dataset)));
  if (H5Pget_layout(properties) != H5D_CHUNKED) return 1;
  Shape chunk(shape.size());
  check_read(H5Pget_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), where(dataset));
  return chunk[0];
}

template <class T>
Found compare_as(const Dataset& first, const Dataset& second, const Shape& shape, const CompareOptions& options) {
  Found found;
  const std::uint64_t elements = element_count(shape);
  if (elements * sizeof(T) <= options.whole_bytes) {
    Buffer<T> a(elements), b(elements);
    read_dataset(first, a.data(), elements);
    read_dataset(second, b.data(), elements);
    compare_elements(a.data(), b.data(), elements, 0, options.tolerance, found);
    return found;
  }
  const std::uint64_t row = elements / shape[0];
  const std::uint64_t step = rows_of_a_chunk(first, shape);
  const std::uint64_t steps = std::max<std::uint64_t>(1, options.block_bytes / (row * step * sizeof(T)));
  const std::uint64_t rows = std::min<std::uint64_t>(shape[0], steps * step);
  Buffer<T> a(rows * row), b(rows * row);
  for (std::uint64_t begin = 0; begin < shape[0]; begin += rows) {
    check_interrupted();
    const std::uint64_t count = std::min<std::uint64_t>(rows, shape[0] - begin);
    read_rows_of(first, native_type<T>(), shape, begin, count, a.data());
    read_rows_of(second, native_type<T>(), shape, begin, count, b.data());
    compare_elements(a.data(), b.data(), count * row, begin * row, options.tolerance, found);
  }
  return found;
}

Found compare_as_reals(const Dataset& first, const Dataset& second, const Shape& shape, const CompareOptions& options) {
  const std::uint64_t elements = element_count(shape);
  Buffer<double> a(elements), b(elements);
  read_numbers(first, a.data(), elements);
  read_numbers(second, b.data(), elements);
  Found found;
  compare_elements(a.data(), b.data(), elements, 0, options.tolerance, found);
  return found;
}

Found compare_by_type(const Dataset& first, const Dataset& second, const Shape& shape, const CompareOptions& options) {
  const Type type(check_read(H5Dget_type(first), where(first)));
  const Type other(check_read(H5Dget_type(second), where(second)));
  if (H5Tequal(type, other) > 0) {
    const auto is = [&](hid_t known) { return H5Tequal(type, known) > 0; };
    if (is(H5T_NATIVE_DOUBLE)) return compare_as<double>(first, second, shape, options);
    if (is(H5T_NATIVE_FLOAT)) return compare_as<float>(first, second, shape, options);
    if (is(H5T_NATIVE_INT8)) return compare_as<std::int8_t>(first, second, shape, options);
    if (is(H5T_NATIVE_UINT8)) return compare_as<std::uint8_t>(first, second, shape, options);
    if (is(H5T_NATIVE_INT16)) return compare_as<std::int16_t>(first, second, shape, options);
    if (is(H5T_NATIVE_UINT16)) return compare_as<std::uint16_t>(first, second, shape, options);
    if (is(H5T_NATIVE_INT32)) return compare_as<std::int32_t>(first, second, shape, options);
    if (is(H5T_NATIVE_UINT32)) return compare_as<std::uint32_t>(first, second, shape, options);
    if (is(H5T_NATIVE_INT64)) return compare_as<std::int64_t>(first, second, shape, options);
    if (is(H5T_NATIVE_UINT64)) return compare_as<std::uint64_t>(first, second, shape, options);
  }
  return compare_as_reals(first, second, shape, options);
}

std::vector<std::uint64_t> index_of(std::uint64_t at, const Shape& shape) {
  std::vector<std::uint64_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; at /= shape[axis]) index[axis] = at % shape[axis];
  return index;
}

}  // namespace

bool same_numbers(double a, double b, double tolerance) { return are_same(a, b, tolerance); }

void compare_numbers(const Dataset& first, const Dataset& second, const Shape& shape, const CompareOptions& options,
                     DatasetDifference& difference) {
  difference.elements = element_count(shape);
  if (difference.elements == 0) return;
  const Found found = compare_by_type(first, second, shape, options);
  difference.differing = found.differing;
  difference.nan_in_one = found.nan_in_one;
  difference.has_numbers = found.absolute > 0;
  if (!difference.has_numbers) return;
  difference.absolute = {index_of(found.absolute_at, shape), found.absolute_first, found.absolute_second,
                         found.absolute};
  difference.relative = {index_of(found.relative_at, shape), found.relative_first, found.relative_second,
                         found.relative};
}

}  // namespace potentia::hdf5
