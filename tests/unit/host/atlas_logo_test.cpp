// The logo of an atlas is known by what it contains.
#include "host/atlas/logo.hpp"

#include <gtest/gtest.h>

#include <string>

#include "kernels/error.hpp"

namespace potentia::atlas {
namespace {

const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x64\x08\x06\0\0\0\0\0\0\0", 33);
const std::string jpeg("\xff\xd8\xff\xe0\0\x07JFIF\0\xff\xc2\0\x0b\x08\0\x50\0\xa0\x01\x01\x11\0", 24);

std::string svg(const std::string& attributes, const std::string& before = {}) {
  return before + "<svg " + attributes + "><rect width=\"5\" height=\"5\"/></svg>";
}
const std::string space = "xmlns=\"http://www.w3.org/2000/svg\" ";

bool is_refused(const std::string& bytes) {
  try {
    logo_of(bytes, "logo");
  } catch (const Error&) {
    return true;
  }
  return false;
}

void expect(const Logo& logo, const char* ending, double width, double height) {
  EXPECT_EQ(logo.ending, ending);
  EXPECT_EQ(logo.width, width);
  EXPECT_EQ(logo.height, height);
}

TEST(AtlasLogo, KindAndSizeComeFromTheContents) {
  expect(logo_of(png, "logo"), "png", 300, 100);
  expect(logo_of(jpeg, "logo"), "jpg", 160, 80);
  expect(logo_of(svg(space + "width=\"30mm\" height=\"10mm\""), "logo"), "svg", 30, 10);
  expect(logo_of(svg(space + "width=\"100%\" height=\"10\" viewBox=\"0,0 12.5 5\"",
                     "\xef\xbb\xbf<?xml version=\"1.0\"?><!DOCTYPE svg><!-- a -->\n"),
                 "logo"),
         "svg", 12.5, 5);
  expect(logo_of(svg(space), "logo"), "svg", 0, 0);
  expect(logo_of("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"/>", "logo"), "svg", 4, 2);
}

TEST(AtlasLogo, AnythingElseIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("GIF89a"), png.substr(0, 20), jpeg.substr(0, 12),
        jpeg.substr(0, 11) + std::string(20, '\0'), svg(""), svg("xmlns=\"http://www.w3.org/1999/xhtml\""),
        svg(space).substr(0, 40), "<html " + space + "/>", std::string("<svg"), "code,name\n" + svg(space) + "x"})
    EXPECT_TRUE(is_refused(bytes)) << bytes;
  EXPECT_FALSE(is_refused(png + std::string(largest_logo - png.size(), 'x')));
  EXPECT_TRUE(is_refused(png + std::string(largest_logo + 1 - png.size(), 'x')));
}

}  // namespace
}  // namespace potentia::atlas
