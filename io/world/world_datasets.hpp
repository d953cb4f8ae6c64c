// Datasets of a world file that is open, with the checks that come before memory is taken.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/world/world_file.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// @throws Error(input) naming file and dataset, from every function
class WorldDatasets {
public:
  static constexpr const char* see = "see io/README.md";

  explicit WorldDatasets(const std::string& path) : path_(path), file_(hdf5::open_file(path)) {}

  const std::string& path() const noexcept { return path_; }
  const hdf5::File& file() const noexcept { return file_; }

  bool has(const std::string& path) const { return hdf5::exists(file(), path); }

  /// Opens a dataset of so many dimensions. @return it and its extent
  std::pair<hdf5::Dataset, hdf5::Shape> open(const std::string& path, std::size_t dimensions) const {
    hdf5::Dataset dataset = hdf5::open_dataset(file(), path);
    hdf5::Shape shape = hdf5::checked_shape(dataset);
    if (shape.size() != dimensions)
      throw input_error(fmt::format("has {} dimensions instead of {}", shape.size(), dimensions), hdf5::where(dataset),
                        see);
    return {std::move(dataset), std::move(shape)};
  }

  hdf5::Dataset open(const std::string& path, const hdf5::Shape& expected) const {
    auto [dataset, shape] = open(path, expected.size());
    if (shape != expected)
      throw input_error(fmt::format("has the extent {} instead of {}", in_words(shape), in_words(expected)),
                        hdf5::where(dataset), "give all tables the same countries, products and rows");
    return std::move(dataset);
  }

  /// Length of a one-dimensional dataset, at most `most`.
  std::size_t length(const std::string& path, std::size_t most) const {
    const auto [dataset, shape] = open(path, 1);
    if (shape[0] > most)
      throw input_error(fmt::format("declares {} rows, more than {}", shape[0], most), hdf5::where(dataset), see);
    return shape[0];
  }

  template <class T>
  std::vector<T> numbers(const std::string& path, const hdf5::Shape& shape) const {
    const hdf5::Dataset dataset = open(path, shape);
    std::vector<T> values(hdf5::element_count(shape));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }

  template <class T>
  Buffer<T> column(const std::string& path, std::size_t rows) const {
    const hdf5::Dataset dataset = open(path, hdf5::Shape{rows});
    Buffer<T> values(rows);
    hdf5::read_numbers(dataset, values.data(), rows);
    return values;
  }

  std::vector<std::string> texts(const std::string& path, std::size_t rows) const {
    return hdf5::read_strings(open(path, hdf5::Shape{rows}));
  }

private:
  static std::string in_words(const hdf5::Shape& shape) {
    std::string text = "[";
    for (std::size_t d = 0; d < shape.size(); ++d) text += (d ? ", " : "") + std::to_string(shape[d]);
    return text + "]";
  }

  std::string path_;
  hdf5::File file_;
};

/// The flows of every year. @param products of the world
std::vector<TradeYear> read_trade(const WorldDatasets& datasets, std::size_t products);

/// The flows that fall to one process; sets World::is_share. @param world read but for its trade
std::vector<TradeYear> read_shared_trade(const WorldDatasets& datasets, World& world, const TradeShare& share);

}  // namespace potentia
