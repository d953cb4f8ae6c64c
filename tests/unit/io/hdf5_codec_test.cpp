// Shuffle, deflate and the counting of zeros, against plain loops.
#include "io/hdf5/codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace potentia::hdf5 {
namespace {

std::vector<std::uint8_t> some_bytes(std::size_t size, int zeros_in_ten) {
  std::mt19937 random(static_cast<unsigned>(size) + 7);
  std::vector<std::uint8_t> bytes(size);
  for (auto& byte : bytes)
    byte = static_cast<int>(random() % 10) < zeros_in_ten ? 0 : static_cast<std::uint8_t>(random());
  return bytes;
}

TEST(Codec, ShuffleSeparatesBytePlanes) {
  for (const std::size_t size : {1, 2, 3, 4, 5, 8, 16}) {
    for (const std::size_t elements : {0, 1, 7, 64, 1001}) {
      const auto in = some_bytes(size * elements, 2);
      std::vector<std::uint8_t> out(in.size()), back(in.size());
      shuffle(in.data(), out.data(), elements, size);
      for (std::size_t i = 0; i < elements; ++i)
        for (std::size_t byte = 0; byte < size; ++byte) ASSERT_EQ(out[byte * elements + i], in[i * size + byte]);
      unshuffle(out.data(), back.data(), elements, size);
      ASSERT_EQ(back, in) << size << " × " << elements;
    }
  }
}

TEST(Codec, CountsZeros) {
  for (const std::size_t size : {1, 63, 64, 65, 5000, 100000}) {
    for (const int zeros_in_ten : {0, 5, 9}) {
      const auto bytes = some_bytes(size, zeros_in_ten);
      std::size_t zeros = 0;
      for (const auto byte : bytes) zeros += byte == 0;
      EXPECT_DOUBLE_EQ(zero_share(bytes.data(), size), static_cast<double>(zeros) / static_cast<double>(size));
    }
    std::vector<std::uint8_t> bytes(size, 0);
    EXPECT_EQ(zero_share(bytes.data(), size), 1.0);
    bytes.back() = 1;
    EXPECT_LT(zero_share(bytes.data(), size), 1.0);
  }
}

TEST(Codec, StreamsInflateToWhatTheyWere) {
  const auto in = some_bytes(200000, 6);
  std::vector<std::uint8_t> out(in.size() + 1000), back(in.size());
  Compressor compressor;
  Decompressor decompressor;
  for (const std::size_t stored : {0, 1, 65535, 65536, 131070, 199999, 200000}) {
    const std::size_t packed = compressor.compress_after(stored, in.data(), in.size(), out.data(), out.size());
    ASSERT_GT(packed, 0u) << stored;
    std::fill(back.begin(), back.end(), std::uint8_t{0});
    ASSERT_TRUE(decompressor.decompress(out.data(), packed, back.data(), back.size())) << stored;
    EXPECT_EQ(back, in) << stored;
    EXPECT_FALSE(decompressor.decompress(out.data(), packed - 1, back.data(), back.size()));
    EXPECT_FALSE(decompressor.decompress(out.data(), packed, back.data(), back.size() - 1));
    out[packed - 1] ^= 1;  // the checksum
    EXPECT_FALSE(decompressor.decompress(out.data(), packed, back.data(), back.size()));
  }
}

TEST(Codec, SaysWhenThereIsNoRoom) {
  const auto in = some_bytes(100000, 0);
  std::vector<std::uint8_t> out(in.size());
  Compressor compressor;
  EXPECT_EQ(compressor.compress(in.data(), in.size(), out.data(), in.size() - 1), 0u);
  EXPECT_EQ(compressor.compress_after(70000, in.data(), in.size(), out.data(), in.size() - 1), 0u);
  EXPECT_EQ(compressor.compress_after(70000, in.data(), in.size(), out.data(), 100), 0u);
}

}  // namespace
}  // namespace potentia::hdf5
