// Chunks of an atlas: numbers in eight digits and few characters, texts that cannot end a script.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "host/atlas/chunk.hpp"

namespace potentia::atlas {
namespace {

std::string written(double value) {
  std::string out;
  append_number(value, out);
  return out;
}

std::string quoted(std::string_view text) {
  std::string out;
  append_text(text, out);
  return out;
}

TEST(AtlasChunk, NumbersAreShort) {
  EXPECT_EQ(written(0.0), "0");
  EXPECT_EQ(written(-0.0), "0");
  EXPECT_EQ(written(1.0), "1");
  EXPECT_EQ(written(1500.0), "1500");
  EXPECT_EQ(written(1e9), "1e9");
  EXPECT_EQ(written(0.25), "0.25");
  EXPECT_EQ(written(-12.5), "-12.5");
  EXPECT_EQ(written(1234567849.0), "1234567800");
  EXPECT_EQ(written(12345678500001.0), "12345679e6");
  EXPECT_EQ(written(99999999.6), "1e8");
  EXPECT_EQ(written(0.000123), "0.000123");
  EXPECT_EQ(written(1.5e-7), "15e-8");
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
}

// Whatever its bits, a number reads back as its eight digits do.
TEST(AtlasChunk, NumbersReadBackAsEightDigits) {
  std::uint64_t bits = 88172645463325252u;
  int compared = 0;
  for (int n = 0; n < 200000; ++n) {
    bits ^= bits << 13;
    bits ^= bits >> 7;
    bits ^= bits << 17;
    double value;
    if (n % 2 == 0) {
      std::memcpy(&value, &bits, sizeof value);
      if (!std::isfinite(value)) continue;
    } else {  // dollars
      value = static_cast<double>(bits >> 11) * std::pow(10.0, -static_cast<int>(bits % 19));
    }
    char eight[40];
    std::snprintf(eight, sizeof eight, "%.8g", value);
    const std::string shown = written(value);
    EXPECT_EQ(std::strtod(shown.c_str(), nullptr), std::strtod(eight, nullptr)) << shown << " " << eight;
    EXPECT_LE(shown.size(), std::strlen(eight));
    ++compared;
  }
  EXPECT_GT(compared, 190000);
}

TEST(AtlasChunk, TextsAreHarmless) {
  EXPECT_EQ(quoted("Laos"), "\"Laos\"");
  EXPECT_EQ(quoted("</script><!--&\"\\"), "\"\\u003c/script\\u003e\\u003c!--\\u0026\\\"\\\\\"");
  EXPECT_EQ(quoted("\xe2\x80\xa8\xc3\xa9\n"), "\"\\u2028\\u00e9\\n\"");
  EXPECT_EQ(quoted("a\xff"), "\"a\\ufffd\"");
}

TEST(AtlasChunk, CommasStandWhereTheyBelong) {
  Chunk chunk("cells/LAO");
  chunk.key("a").open_list().number(1).number(2).close_list();
  chunk.key("b").open_object().key("c").text(",").key("d").open_list().close_list().close_object();
  chunk.integers("e", 2, [](std::size_t at) { return at; });
  EXPECT_EQ(chunk.finish(), "atlas_data(\"cells/LAO\",{\"a\":[1,2],\"b\":{\"c\":\",\",\"d\":[]},\"e\":[0,1]});\n");
}

}  // namespace
}  // namespace potentia::atlas
