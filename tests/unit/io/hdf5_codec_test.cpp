// Shuffle, deflate and the counting of zeros, against plain loops.
#include "io/hdf5/codec.hpp"
#include "io/hdf5/zero_runs.hpp"

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
  Compressor compressor(1);
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

/// Runs of zeros of every length up to `longest` words, between runs of other values that end and begin with zero bytes.
std::vector<std::uint64_t> runs_of_zeros(std::size_t longest, std::size_t between) {
  std::mt19937_64 random(longest);
  std::vector<std::uint64_t> words;
  for (std::size_t run = 0; run <= longest; ++run) {
    words.insert(words.end(), run, 0);
    for (std::size_t at = 0; at < between; ++at) words.push_back((random() | 256) & ~std::uint64_t{255} & (~std::uint64_t{0} >> 8));
  }
  return words;
}

TEST(Codec, RunsOfZerosInflateToWhatTheyWere) {
  Decompressor decompressor;
  std::vector<std::vector<std::uint64_t>> cases = {{}, {0}, {1}, std::vector<std::uint64_t>(4, 0), runs_of_zeros(600, 1),
                                                   runs_of_zeros(40, 9000), std::vector<std::uint64_t>(30000, 0)};
  cases.push_back(runs_of_zeros(300, 3));
  cases.back().insert(cases.back().end(), 777, 0);  // ends with a run
  for (const auto& words : cases) {
    const std::size_t bytes = words.size() * sizeof(std::uint64_t);
    std::vector<std::uint8_t> out(bytes + bytes / 1000 + 100), back(bytes + 1, 9);
    const std::size_t packed = pack_zero_runs(words.data(), bytes, out.data(), out.size());
    ASSERT_GT(packed, 0u);
    ASSERT_TRUE(decompressor.decompress(out.data(), packed, back.data(), bytes)) << words.size();
    EXPECT_TRUE(std::equal(back.begin(), back.end() - 1, reinterpret_cast<const std::uint8_t*>(words.data())));
    EXPECT_EQ(back.back(), 9);
    for (const std::size_t room : {std::size_t{0}, std::size_t{1}, packed / 3, packed / 2, packed - 1}) {
      std::vector<std::uint8_t> narrow(packed + 1, 7);
      EXPECT_EQ(pack_zero_runs(words.data(), bytes, narrow.data(), room), 0u) << room << " of " << packed;
      EXPECT_TRUE(std::all_of(narrow.begin() + static_cast<std::ptrdiff_t>(room), narrow.end(),
                              [](std::uint8_t byte) { return byte == 7; }));
    }
    out[packed - 1] ^= 1;  // the checksum
    EXPECT_FALSE(decompressor.decompress(out.data(), packed, back.data(), bytes));
  }
  std::vector<std::uint8_t> out(4000);
  const std::vector<std::uint64_t> zeros(30000, 0);
  const std::size_t packed = pack_zero_runs(zeros.data(), zeros.size() * sizeof(std::uint64_t), out.data(), out.size());
  EXPECT_GT(packed, 0u);
  EXPECT_LT(packed, 2500u);
}

TEST(Codec, SaysWhenThereIsNoRoom) {
  const auto in = some_bytes(100000, 0);
  std::vector<std::uint8_t> out(in.size());
  Compressor compressor(1);
  EXPECT_EQ(compressor.compress(in.data(), in.size(), out.data(), in.size() - 1), 0u);
  EXPECT_EQ(compressor.compress_after(70000, in.data(), in.size(), out.data(), in.size() - 1), 0u);
  EXPECT_EQ(compressor.compress_after(70000, in.data(), in.size(), out.data(), 100), 0u);
}

}  // namespace
}  // namespace potentia::hdf5
