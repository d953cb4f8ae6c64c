// Datasets of two files compared number by number: counts, places, tolerance, and blocks of rows as one.
#include "io/hdf5/difference.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"

namespace potentia::hdf5 {
namespace {

class Hdf5Difference : public ::testing::Test {
protected:
  Hdf5Difference() : folder_(std::filesystem::temp_directory_path() / ("difference." + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Hdf5Difference() override { std::filesystem::remove_all(folder_); }

  template <class T>
  std::string written(const std::string& name, const std::vector<T>& values, const Shape& shape,
                      const Layout& layout = {}) const {
    const std::string path = (folder_ / name).string();
    File file = create_file(path);
    write_attribute(file, "format", "potentia-test");
    write_dataset(file, "values", values.data(), shape, layout);
    close_file(file, path);
    return path;
  }

  /// What is said of `values`, of which something must be.
  static DatasetDifference difference(const std::string& first, const std::string& second,
                                      const CompareOptions& options = {}) {
    const FileDifference files = compare_files(first, second, options);
    EXPECT_EQ(files.changed.size(), 1u);
    return files.changed.empty() ? DatasetDifference{} : files.changed[0];
  }

private:
  std::filesystem::path folder_;
};

using Index = std::vector<std::uint64_t>;

TEST_F(Hdf5Difference, CountsAndPlaces) {
  const std::vector<double> a = {1, 2, 3, 4, 1000, 6};
  const std::vector<double> b = {1, 2.5, 3, 4, 1001, 6};
  const DatasetDifference found = difference(written("a", a, {2, 3}), written("b", b, {2, 3}));
  EXPECT_EQ(found.kind, DatasetDifference::Kind::numbers);
  EXPECT_EQ(found.first, "<f8 2x3");
  EXPECT_EQ(found.elements, 6u);
  EXPECT_EQ(found.differing, 2u);
  EXPECT_EQ(found.absolute.index, (Index{1, 1}));
  EXPECT_EQ(found.absolute.difference, 1);
  EXPECT_EQ(found.relative.index, (Index{0, 1}));
  EXPECT_EQ(found.relative.difference, 0.5 / 2.5);
  EXPECT_EQ(found.relative.second, 2.5);
}

TEST_F(Hdf5Difference, MissingNumbersAreTheSame) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> a = {nan, 1, nan}, b = {-nan, nan, nan};  // another sign bit is another NaN
  const DatasetDifference found = difference(written("a", a, {3}), written("b", b, {3}));
  EXPECT_EQ(found.differing, 1u);
  EXPECT_EQ(found.nan_in_one, 1u);
  EXPECT_FALSE(found.has_numbers);
  EXPECT_TRUE(
      compare_files(written("c", std::vector<double>{nan, 1}, {2}), written("d", std::vector<double>{-nan, 1}, {2}), {})
          .is_same());
}

TEST_F(Hdf5Difference, SignsOfZeroAreBytes) {
  const std::string a = written("a", std::vector<double>{0.0}, {1}), b = written("b", std::vector<double>{-0.0}, {1});
  const DatasetDifference found = difference(a, b);
  EXPECT_EQ(found.differing, 1u);
  EXPECT_FALSE(found.has_numbers);
  CompareOptions options;
  options.tolerance = 1e-15;
  EXPECT_TRUE(compare_files(a, b, options).is_same());
}

TEST_F(Hdf5Difference, ToleranceIsRelativeAboveOneAndAbsoluteBelow) {
  EXPECT_TRUE(same_numbers(1e9, 1e9 + 1, 1.01e-9));
  EXPECT_FALSE(same_numbers(1e9, 1e9 + 1, 0.99e-9));
  EXPECT_TRUE(same_numbers(1e-9, 2e-9, 1e-9 * (1 + 1e-12)));
  EXPECT_FALSE(same_numbers(1e-9, 2e-9, 0.9e-9));
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(same_numbers(infinite, infinite, 0.5));
  EXPECT_FALSE(same_numbers(infinite, -infinite, 0.5));
  EXPECT_FALSE(same_numbers(std::nan(""), 1, 1));
}

TEST_F(Hdf5Difference, WholeNumbersBeyondFloatingOnes) {
  const std::int64_t large = (std::int64_t{1} << 53) + 1;
  const DatasetDifference found = difference(written("a", std::vector<std::int64_t>{large - 1}, {1}),
                                             written("b", std::vector<std::int64_t>{large}, {1}));
  EXPECT_EQ(found.differing, 1u);
}

TEST_F(Hdf5Difference, OtherTypesOfTheSameNumbers) {
  const std::string a = written("a", std::vector<std::uint16_t>{1, 2}, {2}),
                    b = written("b", std::vector<std::int32_t>{1, 2}, {2});
  const DatasetDifference found = difference(a, b);
  EXPECT_EQ(found.kind, DatasetDifference::Kind::form);
  EXPECT_EQ(found.differing, 0u);
  CompareOptions options;
  options.tolerance = 1e-12;
  EXPECT_TRUE(compare_files(a, b, options).is_same());
}

TEST_F(Hdf5Difference, BlocksOfRowsAreAsTheWhole) {
  constexpr std::size_t rows = 37, columns = 11, layers = 5;
  std::vector<float> a(rows * columns * layers), b;
  for (std::size_t n = 0; n < a.size(); ++n) a[n] = static_cast<float>(n % 97);
  b = a;
  b[3] = 5000;  // the largest of all
  b[a.size() - 2] = -1;
  b[20 * columns * layers] += 1;
  const Shape shape{rows, columns, layers};
  const std::string first = written("a", a, shape, {{2, columns, 3}, Packing::shuffle_deflate});
  const std::string second = written("b", b, shape, {{3, 4, layers}, Packing::deflate});
  const DatasetDifference whole = difference(first, second);
  EXPECT_EQ(whole.differing, 3u);
  EXPECT_EQ(whole.absolute.index, (Index{0, 0, 3}));
  for (const std::uint64_t bytes : {std::uint64_t{1}, std::uint64_t{2500}, std::uint64_t{1} << 20}) {
    CompareOptions options;
    options.whole_bytes = 0;
    options.block_bytes = bytes;
    const DatasetDifference blocks = difference(first, second, options);
    EXPECT_EQ(blocks.differing, whole.differing);
    EXPECT_EQ(blocks.absolute.index, whole.absolute.index);
    EXPECT_EQ(blocks.relative.index, whole.relative.index);
    EXPECT_EQ(blocks.relative.second, whole.relative.second);
  }
}

}  // namespace
}  // namespace potentia::hdf5
