// Arrays through HDF5: what we write is what anybody reads, and damaged files are refused.
#include <gtest/gtest.h>
#include <omp.h>

#include <cstring>
#include <random>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "kernels/interrupt.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::hdf5 {
namespace {

using testing::Folder;

template <class T>
std::vector<T> some_values(std::size_t size) {
  std::mt19937_64 random(size);
  std::vector<T> values(size);
  for (std::size_t i = 0; i < size; ++i) {
    const bool dense = i / 500 % 3 == 0;  // chunks of every kind: full, mixed, nothing but zeros
    const bool sparse = i / 500 % 3 == 1 && random() % 3 == 0;
    const std::uint64_t bits = random() >> 11;
    const T value = std::is_integral<T>::value ? static_cast<T>(bits) : static_cast<T>(static_cast<double>(bits) * 0x1p-40);
    values[i] = dense || sparse ? value : T(0);
  }
  return values;
}

struct Case {
  Shape shape, chunk;
};
const Case cases[] = {{{1}, {1}},
                      {{4000}, {500}},
                      {{4001}, {500}},
                      {{301, 77}, {10, 77}},
                      {{301, 77}, {10, 20}},
                      {{7, 31, 129}, {1, 31, 64}},
                      {{7, 31, 129}, {3, 31, 129}},
                      {{5, 4, 3, 90}, {2, 4, 2, 90}}};

template <class T>
void round_trip(const Folder& folder) {
  int number = 0;
  for (const Case& test : cases) {
    const auto values = some_values<T>(element_count(test.shape));
    for (const Packing packing : {Packing::none, Packing::deflate, Packing::shuffle_deflate}) {
      for (const double least_zeros : {0.0, 0.5}) {
        const std::string path = folder / (std::to_string(number++) + ".h5");
        Layout layout{test.chunk, packing, least_zeros};
        {
          File file = create_file(path);
          write_dataset(file, "a", values.data(), test.shape, layout);
          close_file(file, path);
        }
        const File file = open_file(path);
        const Dataset dataset = open_dataset(file, "a");
        ASSERT_EQ(checked_shape(dataset), test.shape);
        std::vector<T> ours(values.size(), T(9)), theirs(values.size(), T(9));
        read_dataset(dataset, ours.data(), ours.size());
        ASSERT_GE(H5Dread(dataset, native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, theirs.data()), 0);
        ASSERT_EQ(ours, values) << path;
        ASSERT_EQ(theirs, values) << path;
      }
    }
  }
}

TEST(Hdf5Arrays, DoublesComeBack) { round_trip<double>(Folder()); }
TEST(Hdf5Arrays, FloatsComeBack) { round_trip<float>(Folder()); }
TEST(Hdf5Arrays, IntegersComeBack) {
  round_trip<std::int32_t>(Folder());
  round_trip<std::uint16_t>(Folder());
  round_trip<std::int8_t>(Folder());
}

TEST(Hdf5Arrays, ThreadsDoNotChangeTheFile) {
  const Folder folder;
  const auto values = some_values<double>(400 * 300);
  const int before = omp_get_max_threads();
  std::string first;
  for (const int threads : {1, 2, 7}) {
    omp_set_num_threads(threads);
    const std::string path = folder / "a.h5";
    File file = create_file(path);
    write_dataset(file, "a", values.data(), {400, 300}, {{3, 300}, Packing::deflate, 0.5});
    write_dataset(file, "b", values.data(), {400, 300}, {{7, 200}, Packing::shuffle_deflate, 0.5});
    close_file(file, path);
    const std::string bytes = testing::bytes_of(path);
    if (first.empty()) first = bytes;
    EXPECT_TRUE(bytes == first) << threads << " threads";
  }
  omp_set_num_threads(before);
}

TEST(Hdf5Arrays, ZerosAndFewChunksStayAsTheyAre) {
  const Folder folder;
  std::vector<double> full(32768), zeros(32768, 0.0);
  std::mt19937_64 random(1);
  for (double& value : full) value = static_cast<double>(random()) * 1e-3;
  File file = create_file(folder / "a.h5");
  const Layout layout{{32768}, Packing::deflate, 0.5};
  const Dataset a = write_dataset(file, "a", full.data(), {32768}, layout);
  const Dataset b = write_dataset(file, "b", zeros.data(), {32768}, layout);
  EXPECT_EQ(H5Dget_storage_size(a), 32768 * sizeof(double));
  EXPECT_LT(H5Dget_storage_size(b), 3000u);
}

TEST(Hdf5Arrays, RowLayoutCutsLeadingAxesFirst) {
  EXPECT_TRUE(row_layout({10, 10}, 8, Packing::deflate).chunk.empty());  // small: contiguous
  EXPECT_TRUE(row_layout({1000, 1000}, 8, Packing::none).chunk.empty());
  EXPECT_EQ(row_layout({226, 5079}, 8, Packing::deflate).chunk, (Shape{6, 5079}));
  EXPECT_EQ(row_layout({226, 226, 15}, 8, Packing::deflate).chunk, (Shape{9, 226, 15}));
  EXPECT_EQ(row_layout({3, 100000}, 8, Packing::deflate).chunk, (Shape{1, 32768}));
  EXPECT_TRUE(row_layout({0, 5079}, 8, Packing::deflate).chunk.empty());
}

TEST(Hdf5Arrays, AnErrorInAChunkComesOut) {
  const Folder folder;
  File file = create_file(folder / "a.h5");
  const Layout layout{{10}, Packing::deflate, 0.0};
  const Dataset dataset = create_dataset(file, "a", H5T_NATIVE_DOUBLE, {1000}, layout);
  const FillChunk fill = [](const Shape& first, const Shape&, void* chunk) {
    if (first[0] == 500) throw input_error("no such chunk");
    std::memset(chunk, 0, 80);
  };
  EXPECT_THROW(write_chunks(dataset, layout, fill), Error);
  EXPECT_THROW(write_chunks(
                   dataset, layout, [](const Shape&, const Shape&, void*) {},
                   [](std::uint64_t, std::uint64_t) { throw input_error("enough"); }),
               Error);
}

TEST(Hdf5Arrays, StopsWhenAsked) {
  const Folder folder;
  File file = create_file(folder / "a.h5");
  const Layout layout{{10}, Packing::deflate, 0.0};
  const Dataset dataset = create_dataset(file, "a", H5T_NATIVE_DOUBLE, {100000}, layout);
  std::atomic<int> made{0};
  try {
    write_chunks(dataset, layout, [&](const Shape&, const Shape&, void* chunk) {
      std::memset(chunk, 0, 80);
      if (++made == 100) stop_requested = true;
    });
    ADD_FAILURE() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::interrupted);
  }
  stop_requested = false;
  EXPECT_LT(made, 9000);
}

// Files that nobody should trust.
class Hostile : public ::testing::Test {
protected:
  File make() { return create_file(path); }
  /// What is said when dataset `name` is opened, measured and read.
  std::string complaint(const std::string& name) {
    try {
      const File file = open_file(path);
      const Dataset dataset = open_dataset(file, name);
      const Shape shape = checked_shape(dataset);
      std::vector<double> values(element_count(shape));
      read_dataset(dataset, values.data(), values.size());
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
      return error.what();
    }
    return "";
  }
  const Folder folder;
  const std::string path = folder / "a.h5";
};

Dataset declare(const File& file, const char* name, const Shape& shape, hid_t properties) {
  const Space space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
  return Dataset(H5Dcreate2(file, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
}

TEST_F(Hostile, AbsurdSizes) {
  {
    File file = make();
    const PropertyList plain(H5Pcreate(H5P_DATASET_CREATE)), chunked(H5Pcreate(H5P_DATASET_CREATE));
    const Shape chunk = {100};
    H5Pset_chunk(chunked, 1, chunk.data());
    ASSERT_TRUE(declare(file, "contiguous", {hsize_t{1} << 40}, plain).valid());
    ASSERT_TRUE(declare(file, "chunked", {hsize_t{1} << 40}, chunked).valid());
    ASSERT_TRUE(declare(file, "overflow", {hsize_t{1} << 40, hsize_t{1} << 30}, plain).valid() || true);
    const PropertyList wide(H5Pcreate(H5P_DATASET_CREATE));
    const Shape wide_chunk = {hsize_t{1} << 28};
    H5Pset_chunk(wide, 1, wide_chunk.data());
    const hsize_t extent = 10, most = H5S_UNLIMITED;
    const Space space(H5Screate_simple(1, &extent, &most));
    const Dataset wide_chunks(H5Dcreate2(file, "wide", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, wide, H5P_DEFAULT));
    ASSERT_TRUE(wide_chunks.valid());
    ASSERT_TRUE(file.close());
  }
  EXPECT_NE(complaint("contiguous").find("more values than the file holds"), std::string::npos);
  EXPECT_NE(complaint("chunked").find("more values than the file holds"), std::string::npos);
  EXPECT_NE(complaint("wide").find("absurd chunk"), std::string::npos);
}

TEST_F(Hostile, OtherPlaces) {
  {
    File file = make();
    const PropertyList external(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_external(external, "/etc/passwd", 0, 80);
    ASSERT_TRUE(declare(file, "external", {10}, external).valid());
    H5Lcreate_external("/etc/other.h5", "/a", file, "linked", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("/external", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
    ASSERT_TRUE(file.close());
  }
  EXPECT_NE(complaint("external").find("another file"), std::string::npos);
  EXPECT_NE(complaint("linked").find("link"), std::string::npos);
  EXPECT_NE(complaint("soft").find("link"), std::string::npos);
  EXPECT_NE(complaint("missing").find("missing"), std::string::npos);
}

TEST_F(Hostile, ForeignFilter) {
  {
    File file = make();
    const PropertyList properties(H5Pcreate(H5P_DATASET_CREATE));
    const Shape chunk = {10};
    H5Pset_chunk(properties, 1, chunk.data());
    H5Pset_filter(properties, 32004, H5Z_FLAG_OPTIONAL, 0, nullptr);  // lz4
    ASSERT_TRUE(declare(file, "lz4", {10}, properties).valid());
    ASSERT_TRUE(file.close());
  }
  EXPECT_NE(complaint("lz4").find("filter"), std::string::npos);
}

TEST_F(Hostile, DamagedChunks) {
  const auto values = some_values<double>(1000);
  {
    File file = make();
    const Layout layout{{1000}, Packing::deflate, 0.0};
    const Dataset good = write_dataset(file, "good", values.data(), {1000}, layout);
    std::vector<char> stored(H5Dget_storage_size(good));
    const Shape origin = {0};
    std::uint32_t mask = 0;
    ASSERT_GE(H5Dread_chunk(good, H5P_DEFAULT, origin.data(), &mask, stored.data()), 0);

    const Dataset cut = create_dataset(file, "cut", H5T_NATIVE_DOUBLE, {1000}, layout);
    H5Dwrite_chunk(cut, H5P_DEFAULT, 0, origin.data(), stored.size() / 2, stored.data());
    const Dataset small = create_dataset(file, "small", H5T_NATIVE_DOUBLE, {2000}, {{2000}, Packing::deflate, 0.0});
    H5Dwrite_chunk(small, H5P_DEFAULT, 0, origin.data(), stored.size(), stored.data());
    const Dataset large = create_dataset(file, "large", H5T_NATIVE_DOUBLE, {500}, {{500}, Packing::deflate, 0.0});
    H5Dwrite_chunk(large, H5P_DEFAULT, 0, origin.data(), stored.size(), stored.data());
    const Dataset unfiltered = create_dataset(file, "unfiltered", H5T_NATIVE_DOUBLE, {1000}, layout);
    H5Dwrite_chunk(unfiltered, H5P_DEFAULT, 1, origin.data(), stored.size(), stored.data());
    stored[stored.size() / 2] = static_cast<char>(stored[stored.size() / 2] ^ 0x55);
    const Dataset flipped = create_dataset(file, "flipped", H5T_NATIVE_DOUBLE, {1000}, layout);
    H5Dwrite_chunk(flipped, H5P_DEFAULT, 0, origin.data(), stored.size(), stored.data());
    close_file(file, path);
  }
  EXPECT_EQ(complaint("good"), "");
  for (const char* name : {"cut", "small", "large", "unfiltered", "flipped"})
    EXPECT_NE(complaint(name).find("damaged"), std::string::npos) << name;
}

TEST_F(Hostile, ChunksThatWereNeverWrittenAreZero) {
  const auto values = some_values<double>(10);
  {
    File file = make();
    const PropertyList properties(H5Pcreate(H5P_DATASET_CREATE));
    const Shape chunk = {10}, origin = {10};
    H5Pset_chunk(properties, 1, chunk.data());
    const Dataset dataset = declare(file, "half", {30}, properties);
    ASSERT_GE(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, origin.data(), 80, values.data()), 0);
  }
  const File file = open_file(path);
  const Dataset dataset = open_dataset(file, "half");
  std::vector<double> all(element_count(checked_shape(dataset)), 1.0);
  read_dataset(dataset, all.data(), all.size());
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(all[i], 0.0);
    EXPECT_EQ(all[10 + i], values[i]);
    EXPECT_EQ(all[20 + i], 0.0);
  }
}

TEST_F(Hostile, FilesThatAreNone) {
  EXPECT_THROW(open_file(folder / "none.h5"), Error);
  EXPECT_THROW(open_file(folder.path()), Error);
  testing::write_bytes(path, "not at all");
  EXPECT_THROW(open_file(path), Error);
  {
    File file = make();
    const auto values = some_values<double>(5000);
    write_dataset(file, "a", values.data(), {5000});
    close_file(file, path);
  }
  const std::string whole = testing::bytes_of(path);
  for (const std::size_t length : {whole.size() / 2, whole.size() - 8, std::size_t{100}}) {
    testing::write_bytes(path, whole.substr(0, length));
    EXPECT_THROW(open_file(path), Error) << length;
  }
}

TEST(Hdf5Texts, ComeBack) {
  const Folder folder;
  const std::string path = folder / "a.h5";
  const std::vector<std::string> texts = {"LAO", "", "Côte d’Ivoire", std::string(3000, 'x')};
  {
    File file = create_file(path);
    write_strings(file, "texts", texts);
    write_strings(file, "none", {});
    write_string(file, "one", "alone");
    write_attribute(file, "words", "some");
    write_attribute(file, "years", std::vector<std::int64_t>{2023, 2024});
    write_attribute(file, "ratio", 0.25);
    const char fixed[] = "LAOTH CN  ";  // three texts of three bytes: null-padded, space-padded by the type below
    const Type type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type, 3);
    H5Tset_strpad(type, H5T_STR_SPACEPAD);
    const Dataset dataset = create_dataset(file, "fixed", type, {3}, {});
    ASSERT_GE(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, fixed), 0);
    close_file(file, path);
  }
  const File file = open_file(path);
  EXPECT_EQ(read_strings(open_dataset(file, "texts")), texts);
  EXPECT_EQ(read_strings(open_dataset(file, "none")), std::vector<std::string>{});
  EXPECT_EQ(read_strings(open_dataset(file, "one")), std::vector<std::string>{"alone"});
  EXPECT_EQ(read_strings(open_dataset(file, "fixed")), (std::vector<std::string>{"LAO", "TH", "CN"}));
  EXPECT_EQ(read_text_attribute(file, "words"), "some");
  EXPECT_EQ(read_integers_attribute(file, "years"), (std::vector<std::int64_t>{2023, 2024}));
  EXPECT_EQ(read_real_attribute(file, "ratio"), 0.25);
  EXPECT_THROW(read_integer_attribute(file, "years"), Error);
  EXPECT_THROW(read_integer_attribute(file, "ratio"), Error);
  EXPECT_THROW(read_text_attribute(file, "ratio"), Error);
  EXPECT_THROW(read_text_attribute(file, "nothing"), Error);
  EXPECT_THROW(open_group(file, "one"), Error);
  EXPECT_THROW(read_strings(open_dataset(file, "/nothing")), Error);
}

}  // namespace
}  // namespace potentia::hdf5
