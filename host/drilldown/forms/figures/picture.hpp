// A picture as plain shapes, laid out before anything is drawn: the same shapes become an SVG and a PNG file, and tests
// read from them what a picture shows. Lengths are points (1/72 inch), x to the right, y downwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace potentia::drilldown::figures {

using Rgb = std::uint32_t;  ///< 0xRRGGBB

// The light colours of the page (charts.js).
constexpr Rgb ink = 0x1c2733, muted = 0x55626f, grid_line = 0xdfe5ea, axis_line = 0x8f9ba7, paper = 0xffffff;

enum class Align { left, middle, right };

/// A text and how it is to be set.
struct Words {
  std::string text;
  double size = 8;  ///< of the font
  Rgb colour = ink;
  bool bold = false;
  Align align = Align::left;
  double limit = std::numeric_limits<double>::infinity();  ///< width from which on lines are wrapped
  int lines = 1;                                           ///< at most; an ellipsis where more is left
};

struct Point {
  double x = 0, y = 0;
};

/// The place that something takes.
struct Area {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool meets(const Area& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
};

struct Box {
  Area area;
  Rgb colour = ink;
  std::size_t series = no_value, row = no_value;  ///< the value that it shows, if it is a bar
  static constexpr std::size_t no_value = ~std::size_t{0};
};

struct Line {
  std::vector<Point> points;
  Rgb colour = ink;
  double width = 0.5;
  bool dashed = false;
};

struct Mark {
  Point middle;
  double radius = 2;
  Rgb colour = ink;
  bool is_diamond = false;
  double opacity = 1;
  std::size_t series = Box::no_value, row = Box::no_value;
};

/// A text in its place: `area` is what it takes, within which lines are aligned.
struct Label {
  Words words;
  Area area;
};

using Shape = std::variant<Box, Line, Mark, Label>;

struct Picture {
  double width = 0, height = 0;
  std::string title, description;  ///< for those who cannot see it
  std::vector<Shape> shapes;       ///< from the lowest to the uppermost
};

}  // namespace potentia::drilldown::figures
