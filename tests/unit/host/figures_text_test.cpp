// Texts of figures: whatever a name is, it stays in its place.
#include <gtest/gtest.h>

#include "host/drilldown/forms/figures/surfaces.hpp"
#include "host/drilldown/forms/figures/typesetter.hpp"

namespace potentia::drilldown::testing {
namespace {

using namespace figures;

Words limited(const std::string& text, double limit, int lines) {
  return {text, 8, ink, false, Align::right, limit, lines};
}

TEST(FigureText, GrowsWithItsLetters) {
  const Typesetter typesetter;
  const TextSize one = typesetter.size({"mango"}), two = typesetter.size({"mangoes and more"});
  EXPECT_GT(one.width, 10);
  EXPECT_GT(two.width, 2 * one.width);
  EXPECT_DOUBLE_EQ(one.height, two.height);
  EXPECT_GT(one.height, 7);
  EXPECT_LT(one.height, 12);
  EXPECT_NEAR(typesetter.size({"mango", 16}).width, 2 * one.width, 0.05);
}

TEST(FigureText, IsWrappedAndShortened) {
  const Typesetter typesetter;
  const std::string name = "Vegetable roots and tubers: manioc, with high starch or inulin content, fresh or dried";
  const TextSize one = typesetter.size(limited(name, 120, 1)), two = typesetter.size(limited(name, 120, 2)),
                 all = typesetter.size(limited(name, 120, 9));
  EXPECT_TRUE(one.is_cut);
  EXPECT_TRUE(two.is_cut);
  EXPECT_FALSE(all.is_cut);
  EXPECT_EQ(one.lines, 1);
  EXPECT_EQ(two.lines, 2);
  EXPECT_GT(all.lines, 2);
  for (const TextSize& each : {one, two, all}) EXPECT_LE(each.width, 120);
  EXPECT_FALSE(typesetter.size(limited("Maize", 120, 1)).is_cut);
}

TEST(FigureText, IsNotTurnedByMarksInAName) {
  Typesetter typesetter;
  const auto drawn = [&](const std::string& text) {
    Picture picture;
    picture.width = 200, picture.height = 20;
    picture.shapes = {Label{{text}, {5, 5, 190, 10}}};
    return svg_of(picture, typesetter);
  };
  EXPECT_NE(drawn("ITC not figures"), drawn("not ITC's figures"));
  for (const char* mark : {"\u202e", "\u2067", "\u200f", "\u061c", "\u2069"})
    EXPECT_EQ(drawn(std::string("not ") + mark + "ITC's figures"), drawn("not ITC's figures")) << mark;
}

TEST(FigureText, StaysInItsPlaceWhateverItIs) {
  const Typesetter typesetter;
  const double line = typesetter.size({"x"}).height;
  const std::string long_word(5000, 'W');
  std::string many;
  for (int n = 0; n < 100000; ++n) many += "word ";
  for (const std::string& text :
       {long_word, many, std::string("two\nlines\r\nand\ttabs"), std::string("nul\0bell\a", 9), std::string("\xff\xfe broken \xc3"),
        std::string("separator\u2028of lines\u2029and paragraphs"), std::string("\u05e9\u05dc\u05d5\u05dd \u202emixed"),
        std::string("<b>&amp;</b> %s {}"), std::string(), std::string("\u202e\u202e\u202e")}) {
    const TextSize size = typesetter.size(limited(text, 100, 2));
    EXPECT_LE(size.width, 100) << text.substr(0, 40);
    EXPECT_LE(size.lines, 2) << text.substr(0, 40);
    EXPECT_LE(size.height, 2.9 * line) << text.substr(0, 40);  // another font's lines may be higher
  }
  EXPECT_EQ(typesetter.size({"two\nlines"}).lines, 1);
}

}  // namespace
}  // namespace potentia::drilldown::testing
