// A small curve as inline SVG: one number over the runs.
#pragma once

#include <string>
#include <vector>

namespace potentia::nightly {

/// A point of a curve.
struct TrendPoint {
  std::string label;  ///< what it says when it is pointed at; HTML-escaped already
  double value = 0;
};

/// @param points oldest first; fewer than two are drawn as far as they go
/// @param name   of the curve, for readers who do not see it; HTML-escaped already
/// @param text   how a value is written beside the axis, HTML-escaped
std::string trend_svg(const std::vector<TrendPoint>& points, const std::string& name, std::string (*text)(double));

}  // namespace potentia::nightly
