// Deflate of numbers: what it makes is a zlib stream of just these numbers, to the same bytes everywhere.
#include "io/hdf5/number_deflate.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "io/hdf5/codec.hpp"
#include "io/sha256.hpp"

namespace potentia::hdf5 {
namespace {

using Numbers = std::vector<std::uint64_t>;
using Bytes = std::vector<std::uint8_t>;

Bytes deflated(const Numbers& numbers) {
  Bytes out(numbers.size() * 9 + 1000);
  out.resize(deflate_numbers(numbers.data(), numbers.size(), out.data(), out.size()));
  return out;
}

void expect_inflates(const Numbers& numbers, const char* what) {
  const Bytes packed = deflated(numbers);
  ASSERT_FALSE(packed.empty()) << what;
  Numbers back(numbers.size(), 77);
  Decompressor decompressor;
  ASSERT_TRUE(decompressor.decompress(packed.data(), packed.size(), back.data(), back.size() * 8)) << what;
  EXPECT_TRUE(back == numbers) << what;
}

std::uint64_t bits_of(double value) {
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// Amounts in dollars between zeros, without any function of the C library's mathematics.
Numbers amounts(std::size_t count, unsigned zeros_in_ten) {
  std::mt19937_64 random(count + zeros_in_ten);
  Numbers numbers(count, 0);
  for (auto& number : numbers)
    if (random() % 10 >= zeros_in_ten) number = bits_of(static_cast<double>(random() % 1000000007) / 7.0);
  return numbers;
}

TEST(NumberDeflate, EveryByteInEveryPlace) {
  Numbers numbers;
  for (int place = 0; place < 8; ++place)
    for (std::uint64_t byte = 0; byte < 256; ++byte) numbers.push_back(byte << (8 * place));
  expect_inflates(numbers, "one byte set");
  for (auto& number : numbers) number = ~number;
  expect_inflates(numbers, "all but one set");
}

TEST(NumberDeflate, RunsOfEveryLength) {
  Numbers numbers;
  for (std::size_t run = 0; run < 200; ++run) {
    numbers.insert(numbers.end(), run, 0);
    numbers.push_back(0x0123456789abcdef + run);
  }
  expect_inflates(numbers, "runs between numbers");
  for (const std::size_t run : {1, 2, 31, 32, 33, 63, 64, 65, 1000}) {
    expect_inflates(Numbers(run, 0), "nothing but zeros");
    Numbers behind(run, 0);
    behind.insert(behind.begin(), 1);  // its last bytes are zero, too
    expect_inflates(behind, "zeros at the end");
  }
  expect_inflates({}, "nothing");
}

TEST(NumberDeflate, RandomTables) {
  for (const std::size_t count : {1, 63, 64, 65, 5079, 32768})
    for (const unsigned zeros : {0, 3, 5, 9}) expect_inflates(amounts(count, zeros), "amounts");
  std::mt19937_64 random(3);
  Numbers noise(20000);
  for (auto& number : noise) number = random();
  expect_inflates(noise, "noise");
}

TEST(NumberDeflate, ShrinksWhatIsHalfZeros) {
  const Numbers half = amounts(32768, 5);
  EXPECT_LT(deflated(half).size(), half.size() * 8 * 55 / 100);
  EXPECT_LT(deflated(Numbers(32768, 0)).size(), 3000u);
}

TEST(NumberDeflate, NeverWritesBehindItsRoom) {
  for (const unsigned zeros : {0, 5, 9}) {
    const Numbers numbers = amounts(1000, zeros);
    const std::size_t size = deflated(numbers).size();
    for (std::size_t room = 0; room < size + 700; room += room < size ? 37 : 1) {
      Bytes out(room + 64, 0xa5);
      const std::size_t packed = deflate_numbers(numbers.data(), numbers.size(), out.data(), room);
      EXPECT_TRUE(packed == 0 || packed == size) << room;
      EXPECT_LE(packed, room);
      for (std::size_t at = room; at < out.size(); ++at) ASSERT_EQ(out[at], 0xa5) << room;
    }
  }
}

// Bytes in a file do not depend on the machine, the compiler or a library.
TEST(NumberDeflate, TheSameBytesEverywhere) {
  const Bytes packed = deflated(amounts(5079, 6));
  EXPECT_EQ(sha256_text(std::string(packed.begin(), packed.end())),
            "b78e490a46f9ef925e10767e6551da6ef95494de15db587646798496b3f20c5d");
}

}  // namespace
}  // namespace potentia::hdf5
