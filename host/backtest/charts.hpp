// Charts of a back-test's page, as SVG without scripts.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace potentia::backtest {

struct Series {
  std::string name;
  std::vector<std::array<double, 2>> points;
};

/// An axis: where it begins and ends, and what is written along it.
struct Axis {
  std::string name;
  double from = 0.0, to = 1.0;
  bool logarithmic = false;
  std::vector<std::pair<double, std::string>> marks;
};

struct Chart {
  std::string name;      ///< for those who cannot see it
  Axis x, y;
  std::vector<Series> series;  ///< at most four: as many ways of drawing a line there are
  bool diagonal = false; ///< a line where x = y
  bool dots = false;     ///< points on the lines
};

/// The drawing with its legend. Points outside the axes are drawn at their ends.
std::string chart_svg(const Chart& chart);

}  // namespace potentia::backtest
