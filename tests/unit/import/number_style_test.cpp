// How tables write numbers, by the cells that decide it.
#include "io/import/number_style.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace potentia {
namespace {

/// The style that these cells show together; each cell's place is the cell itself.
NumberStyle shown_by(const std::vector<std::string>& cells, bool semicolons = false) {
  NumberStyle style(semicolons);
  for (const std::string& cell : cells) EXPECT_EQ(style.observe(cell, cell), "") << cell;
  return style;
}

TEST(NumberStyle, ACommaMarksThousandsWhereEveryGroupHasThreeDigits) {
  const NumberStyle style = shown_by({"1,234", "12,345.6", "1,234,567", "-7"});
  EXPECT_FALSE(style.decimal_comma());
  EXPECT_EQ(style.plain("1,234"), "1234");
  EXPECT_EQ(style.plain("-12,345.6"), "-12345.6");
  EXPECT_EQ(style.plain("1,234,567"), "1234567");
  EXPECT_EQ(style.plain("12,34"), "") << "no character is erased and the rest believed";
  EXPECT_EQ(style.plain("1.234,5"), "");
}

TEST(NumberStyle, ACommaIsTheDecimalMarkWhereACellShowsIt) {
  for (const char* cell : {"12,5", "1.159,000", "1101,445", "-6,24", "0,500", ",5", "1.159.000"}) {
    const NumberStyle style = shown_by({"950,000", cell});
    EXPECT_TRUE(style.decimal_comma()) << cell;
    EXPECT_EQ(style.plain("950,000"), "950.000") << cell;
    EXPECT_EQ(style.plain("1.159,25"), "1159.25") << cell;
  }
}

TEST(NumberStyle, AnExponentLeavesTheMarksTheirMeaning) {
  const NumberStyle style = shown_by({"2,0005E+03"});
  EXPECT_TRUE(style.decimal_comma());
  EXPECT_EQ(style.plain("2,0005E+03"), "2.0005E+03");
  EXPECT_EQ(style.plain("-1.234,5e2"), "-1234.5e2");
}

TEST(NumberStyle, SemicolonsMeanDecimalCommasUnlessCellsShowOtherwise) {
  EXPECT_TRUE(shown_by({"1,234"}, true).decimal_comma());
  EXPECT_FALSE(shown_by({"1,234"}, false).decimal_comma());
  EXPECT_FALSE(shown_by({"1,234", "0.5"}, true).decimal_comma());
  EXPECT_FALSE(shown_by({"1.234"}, true).decimal_comma());
  EXPECT_EQ(shown_by({"1.234"}, true).plain("1.234"), "1.234");
}

TEST(NumberStyle, BothInOneTableIsAContradiction) {
  NumberStyle style;
  EXPECT_EQ(style.observe("12,5", "line 3"), "");
  EXPECT_EQ(style.observe("12.5", "line 9"), "line 3");
  NumberStyle other;
  EXPECT_EQ(other.observe("1,234.5", "line 1"), "");
  EXPECT_EQ(other.observe("1.234,5", "line 2"), "line 1");
}

TEST(NumberStyle, StaysAsItIsOnceCellsAreRead) {
  NumberStyle style = shown_by({"2,005"});
  style.freeze();
  EXPECT_EQ(style.plain("2,005"), "2005");
  EXPECT_EQ(style.observe("12,5", "far below"), "2,005");
  NumberStyle point = shown_by({"2.005"});
  point.freeze();
  EXPECT_EQ(point.observe("1.159,000", "far below"), "2.005");
  NumberStyle unmarked = shown_by({"2005"});
  unmarked.freeze();
  EXPECT_EQ(unmarked.observe("12,5", "far below"), "");
  EXPECT_TRUE(unmarked.decimal_comma());
}

TEST(NumberStyle, OtherMarksOfThousandsNeedGroupsOfThree) {
  const NumberStyle style;
  EXPECT_EQ(style.plain("1 234 567.5"), "1234567.5");
  EXPECT_EQ(style.plain("1'234"), "1234");
  EXPECT_EQ(style.plain("1\xc2\xa0" "234"), "1234");
  EXPECT_EQ(style.plain("1\xe2\x80\xaf" "234"), "1234");
  EXPECT_EQ(style.plain("12 34"), "");
  EXPECT_EQ(style.plain("1 2345"), "");
  EXPECT_EQ(style.plain("2000 500"), "");
  EXPECT_EQ(style.plain("2 000'500"), "");
}

TEST(NumberStyle, WhatIsNoNumberIsNoEvidence) {
  NumberStyle style;
  for (const char* cell : {"n/a", "1,2,3", "2020-01", "1.2.3,4", "a,b", "", "--", "1,,2"}) EXPECT_EQ(style.observe(cell, "x"), "");
  EXPECT_FALSE(style.decimal_comma());
  EXPECT_EQ(style.plain("n/a"), "");
}

}  // namespace
}  // namespace potentia
