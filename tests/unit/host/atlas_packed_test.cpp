// Packed lists of an atlas: read by rules written down here once more, each number is its eight digits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/atlas/packed.hpp"

namespace potentia::atlas {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The number that eight significant digits mean.
double eight(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.8g", value);
  return std::strtod(text, nullptr);
}

double unpacked(std::uint32_t word, bool amount) {
  const std::uint32_t digits = word & 0x7ffffff;
  EXPECT_LE(digits, packed_other);
  if (digits == packed_none) return nan;
  const int power = amount ? static_cast<int>(word >> 27) - 16 : -static_cast<int>(word >> 27 & 15);
  const std::string text = std::to_string(digits) + "e" + std::to_string(power);
  return std::strtod(text.c_str(), nullptr) * (!amount && word >> 31 ? -1.0 : 1.0);
}

std::vector<std::uint8_t> bytes_of(const std::string& base64) {
  EXPECT_EQ(base64.size() % 4, 0u);
  std::vector<std::uint8_t> bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : base64) {
    if (c == '=') break;
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    EXPECT_GE(value, 0);
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if ((held += 6) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (held -= 8)));
  }
  return bytes;
}

template <class Value>
std::vector<Value> array_of(const std::string& base64) {
  const std::vector<std::uint8_t> bytes = bytes_of(base64);
  EXPECT_EQ(bytes.size() % sizeof(Value), 0u);
  std::vector<Value> values(bytes.size() / sizeof(Value));
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());  // tests run on little-endian machines
  return values;
}

/// What a reader gets of a text: a list or a packed one. Tells how many numbers stood beside the bytes.
std::vector<double> read(const std::string& text, std::size_t* others = nullptr) {
  const nlohmann::json json = nlohmann::json::parse(text);
  std::vector<double> values;
  if (json.is_array()) {
    for (const auto& each : json) values.push_back(each.is_null() ? nan : each.get<double>());
    return values;
  }
  const bool amount = json.contains("amount");
  for (const std::uint32_t word : array_of<std::uint32_t>(json[amount ? "amount" : "rate"].get<std::string>()))
    values.push_back((word & 0x7ffffff) == packed_other ? infinity : unpacked(word, amount));
  if (json.contains("other")) {
    for (const auto& each : json["other"]) {
      EXPECT_TRUE(std::isinf(values.at(each[0])));
      values[each[0].get<std::size_t>()] = each[1].get<double>();
    }
    if (others) *others = json["other"].size();
  }
  return values;
}

std::string written(const std::vector<double>& values) {
  std::string text;
  append_numbers(values, text);
  return text;
}

void expect_same(const std::vector<double>& values, const std::string& text) {
  const std::vector<double> got = read(text);
  ASSERT_EQ(got.size(), values.size());
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (std::isfinite(values[at]))
      EXPECT_EQ(got[at], eight(values[at])) << at;
    else
      EXPECT_TRUE(std::isnan(got[at])) << at;
  }
}

class Random {
public:
  std::uint64_t bits() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }
  /// A finite double of any size.
  double any() {
    for (;;) {
      const std::uint64_t drawn = bits();
      double value;
      std::memcpy(&value, &drawn, sizeof value);
      if (std::isfinite(value)) return value;
    }
  }
  /// Between the powers of ten, of either sign.
  double between(int least, int most) {
    const double size = std::pow(10.0, least + (most - least) * static_cast<double>(bits() >> 11) * 0x1p-53);
    return bits() & 1 ? size : -size;
  }

private:
  std::uint64_t state_ = 88172645463325252u;
};

TEST(AtlasPacked, EveryDoubleIsItsEightDigitsOrIsSaidToStandElsewhere) {
  Random random;
  int held = 0;
  for (int n = 0; n < 300000; ++n) {
    const double value = n % 2 == 0 ? random.any() : random.between(-12, 25);
    for (const bool amount : {true, false}) {
      const std::uint32_t word = pack(value, amount ? Packing::amount : Packing::rate);
      const double size = std::fabs(eight(value));
      const bool must_hold = amount ? value >= 0.0 && size >= 1e-9 && size <= 9.9999999e22 : size >= 1e-8 && size < 1e8;
      if (word == packed_other) {
        EXPECT_FALSE(must_hold) << value;
      } else {
        ++held;
        EXPECT_EQ(unpacked(word, amount), eight(value));
      }
    }
  }
  EXPECT_GT(held, 130000);
}

TEST(AtlasPacked, ExtremesAreHeldOrStandBesideTheBytes) {
  const double least = std::numeric_limits<double>::denorm_min(), most = std::numeric_limits<double>::max();
  std::vector<double> values = {0.0,           -0.0,       least,      1e-30,    1e-16,    1e-9,         1.2345678e-9,
                                1.2345678e-10, 99999999.4, 99999999.6, 1e20,     1e22,     9.9999999e22, 9.99999999e22,
                                1.5e23,        most,       nan,        infinity, -infinity};
  EXPECT_EQ(unpacked(pack(-0.0, Packing::rate), false), 0.0);
  EXPECT_FALSE(std::signbit(unpacked(pack(-0.0, Packing::rate), false)));
  EXPECT_EQ(pack(nan, Packing::amount) & 0x7ffffff, packed_none);
  EXPECT_EQ(unpacked(pack(1e-16, Packing::amount), true), 1e-16);
  EXPECT_EQ(unpacked(pack(9.9999999e22, Packing::amount), true), 9.9999999e22);
  EXPECT_EQ(unpacked(pack(-1e-15, Packing::rate), false), -1e-15);
  for (const double value : {least, 1e-30, 1.2345678e-10, 9.99999999e22, most, -1.0})
    EXPECT_EQ(pack(value, Packing::amount), packed_other) << value;
  for (const double value : {1.2345678e-9, 100000001.0 * 10, -1e9})
    EXPECT_EQ(pack(value, Packing::rate), packed_other) << value;
  expect_same(values, written(values));

  // Among many amounts they stand beside the bytes, and the others are read as they are.
  Random random;
  for (int n = 0; n < 1000; ++n) values.push_back(std::fabs(random.between(-3, 12)));
  const std::string text = written(values);
  EXPECT_EQ(text.rfind("{\"amount\":\"", 0), 0u);
  std::size_t others = 0;
  read(text, &others);
  EXPECT_EQ(others, 6u);
  expect_same(values, text);
  // One below zero asks for the other form, except where many would then stand beside the bytes.
  values.push_back(-0.5);
  EXPECT_EQ(written(values).rfind("{\"amount\":\"", 0), 0u);
  expect_same(values, written(values));
  std::vector<double> rates;
  for (int n = 0; n < 100; ++n) rates.push_back(random.between(-5, 2));
  EXPECT_EQ(written(rates).rfind("{\"rate\":\"", 0), 0u);
  expect_same(rates, written(rates));
}

TEST(AtlasPacked, TheShorterFormIsWritten) {
  EXPECT_EQ(written({}), "[]");
  EXPECT_EQ(written({0.0, 1.0, nan}), "[0,1,null]");
  EXPECT_EQ(written(std::vector<double>(500, 0.0)).front(), '[');
  Random random;
  for (int n = 0; n < 2000; ++n) {
    std::vector<double> values(random.bits() % 40);
    std::string list = "[";
    for (double& value : values) {
      value = random.bits() % 3 == 0 ? 0.0 : random.between(-9, 14);
      append_number(value, list);
      list += ',';
    }
    const std::string text = written(values);
    EXPECT_LE(text.size(), std::max<std::size_t>(2, list.size()));
    expect_same(values, text);
  }
}

TEST(AtlasPacked, WholeNumbersTakeTheNarrowestForm) {
  const auto text_of = [](const std::vector<std::int64_t>& values) {
    std::string text;
    append_integers(values, text);
    return text;
  };
  const auto column = [](std::int64_t first, std::int64_t last, std::size_t count) {
    std::vector<std::int64_t> values(count, first);
    for (std::size_t at = 0; at < count; at += 2) values[at] = last;
    return values;
  };
  EXPECT_EQ(text_of({}), "[]");
  EXPECT_EQ(text_of({2023, 2024}), "[2023,2024]");
  const auto check = [&](const char* kind, auto example, const std::vector<std::int64_t>& values) {
    const nlohmann::json json = nlohmann::json::parse(text_of(values));
    ASSERT_TRUE(json.contains(kind)) << json.dump().substr(0, 20);
    const auto read = array_of<decltype(example)>(json[kind].get<std::string>());
    EXPECT_EQ(std::vector<std::int64_t>(read.begin(), read.end()), values);
  };
  for (const std::size_t count : {30u, 31u, 32u}) {
    check("u8", std::uint8_t{}, column(100, 255, count));
    check("i16", std::int16_t{}, column(100, 256, count));
    check("i16", std::int16_t{}, column(-1, 32767, 3 * count));
    check("i16", std::int16_t{}, column(-32768, 32767, count));
    check("i32", std::int32_t{}, column(-100000, 2147483647, count));
  }
  EXPECT_EQ(text_of(column(1, 2147483648, 50)).front(), '[');
}

}  // namespace
}  // namespace potentia::atlas
