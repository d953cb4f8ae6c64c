// See trend.hpp.
#include "host/nightly/trend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace potentia::nightly {
namespace {

constexpr double width = 340, height = 120, left = 4, right = 8, top = 18, bottom = 20;
constexpr std::size_t most_dots = 60;  // more would hide the curve

}  // namespace

std::string trend_svg(const std::vector<TrendPoint>& points, const std::string& name, std::string (*text)(double)) {
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", width, height, name);
  if (points.empty()) return svg + "</svg>";
  double low = points[0].value, high = points[0].value;
  for (const TrendPoint& point : points) {
    low = std::min(low, point.value);
    high = std::max(high, point.value);
  }
  // What does not move lies in the middle; the axis does not begin at 0, for small changes are what is looked for.
  const double span = high > low ? high - low : std::max(std::abs(high), 1.0);
  const double from = high > low ? low : low - span / 2;
  const auto x = [&](std::size_t n) {
    return points.size() == 1
               ? width / 2
               : left + (width - left - right) * static_cast<double>(n) / static_cast<double>(points.size() - 1);
  };
  const auto y = [&](double value) { return height - bottom - (height - top - bottom) * (value - from) / span; };
  const auto line = [&](double value, double shift) {
    svg +=
        fmt::format("<line class=\"grid\" x1=\"0\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", width, y(value), y(value));
    svg += fmt::format("<text x=\"0\" y=\"{:.1f}\">{}</text>", y(value) + shift, text(value));
  };
  line(high, -5);
  if (high > low) line(low, 14);
  svg += "<polyline class=\"curve\" points=\"";
  for (std::size_t n = 0; n < points.size(); ++n)
    svg += fmt::format("{}{:.1f},{:.1f}", n == 0 ? "" : " ", x(n), y(points[n].value));
  svg += "\"/>";
  for (std::size_t n = 0; n < points.size(); ++n) {
    const bool is_last = n + 1 == points.size();
    if (points.size() > most_dots && !is_last) continue;
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"><title>{}</title></circle>", x(n),
                       y(points[n].value), is_last ? 3.5 : 2, points[n].label);
  }
  return svg + "</svg>";
}

}  // namespace potentia::nightly
