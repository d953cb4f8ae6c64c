// Parts of result.h5 read back and checked as they are. As with worlds, a file's sizes are checked before memory is
// taken.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/result/result_file.hpp"
#include "io/world/world.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::result {

inline constexpr const char* remedy = "solve the world again";

/// A result file that is open. @throws Error(input) naming file and dataset, from every function
class Reader {
public:
  /// @param wanted the version of the format: parts have one of their own
  explicit Reader(const std::string& path, std::int64_t wanted = result_format_version);

  const std::string& path() const noexcept { return path_; }
  const hdf5::File& file() const noexcept { return file_; }
  const std::vector<std::string>& exporters() const noexcept { return exporters_; }
  const std::vector<std::string>& markets() const noexcept { return markets_; }
  const std::vector<std::string>& products() const noexcept { return products_; }
  const std::vector<std::string>& sectors() const noexcept { return sectors_; }

  std::string where(const std::string& name) const { return path_ + ":/" + name; }
  /// Extents of a dataset of so many dimensions.
  hdf5::Shape extent(const std::string& name, std::size_t dimensions) const;
  std::vector<std::string> texts(const std::string& name, std::size_t rows) const;
  std::string text(const std::string& name) const;
  std::vector<Notice> notices() const;

  /// Numbers of this shape, into a std::vector or Buffer.
  template <class T, class List = std::vector<T>>
  List numbers(const std::string& name, const hdf5::Shape& shape) const {
    check_interrupted();
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
    if (hdf5::checked_shape(dataset) != shape) throw input_error("does not fit its axes", where(name), remedy);
    List values(hdf5::element_count(shape));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }
  /// USD and plain numbers: finite all.
  template <class List = std::vector<double>>
  List reals(const std::string& name, const hdf5::Shape& shape) const {
    List values = numbers<double, List>(name, shape);
    for (std::size_t n = 0; n < values.size(); ++n) {
      if (!std::isfinite(values[n]))
        throw input_error(fmt::format("holds {} at element {}", values[n], n), where(name), remedy);
    }
    return values;
  }
  /// Where the cells of each exporter begin, [exporters + 1], the last their number.
  std::vector<std::uint64_t> cell_offsets() const;
  /// Positions along an axis of that size.
  std::vector<std::int32_t> positions(const std::string& name, std::size_t cells, std::size_t size) const;

private:
  std::vector<std::string> labels(const std::string& name) const;

  std::string path_;
  hdf5::File file_;
  std::vector<std::string> exporters_, markets_, products_, sectors_;
};

}  // namespace potentia::result
