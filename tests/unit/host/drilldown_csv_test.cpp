// Tables as CSV: RFC 4180, every bit of a number, nothing where nothing is known.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

#include "host/drilldown/drilldown.hpp"
#include "io/export/csv_field.hpp"

namespace potentia::drilldown {
namespace {

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_text("plain"), "plain");
  EXPECT_EQ(csv_text(""), "");
  EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_text("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(csv_text("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_text("a\rb"), "\"a\rb\"");
  EXPECT_EQ(csv_text("<script>alert(1)</script>"), "<script>alert(1)</script>");
}

TEST(Csv, WritesEachKindOfValue) {
  Table table;
  table.columns = {
      {"code", "Code", Kind::code}, {"usd", "USD", Kind::usd}, {"n", "N", Kind::count}, {"f", "F", Kind::flag}};
  table.rows = {{std::string("071410"), 1234567.25, std::int64_t{3}, true},
                {std::string("a,b"), missing_value, std::int64_t{-1}, false},
                {Value(), std::numeric_limits<double>::infinity(), Value(), Value()}};
  EXPECT_EQ(table_csv(table), "code,usd,n,f\n071410,1234567.25,3,true\n\"a,b\",,-1,false\n,,,\n");
}

TEST(Csv, ATableWithoutRowsHasItsHeader) {
  Table table;
  table.columns = {{"year", "Year", Kind::year}, {"exports", "Exports", Kind::usd}};
  EXPECT_EQ(table_csv(table), "year,exports\n");
}

TEST(Csv, NumbersReadBackToTheSameBits) {
  std::mt19937_64 random(7);
  for (int n = 0; n < 10000; ++n) {
    const std::uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    Table table;
    table.columns = {{"x", "X", Kind::number}};
    table.rows = {{value}};
    const std::string text = table_csv(table);
    const double back = std::strtod(text.c_str() + 2, nullptr);
    ASSERT_EQ(std::memcmp(&back, &value, sizeof value), 0) << text;
  }
}

}  // namespace
}  // namespace potentia::drilldown
