#include "host/backtest/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/printable.hpp"

namespace potentia::backtest {
namespace {

constexpr double width = 440, height = 360, left = 58, right = 28, top = 10, bottom = 46;

/// Share of the way along an axis.
double along(const Axis& axis, double value) {
  const double inside = std::min(std::max(value, axis.from), axis.to);
  if (!axis.logarithmic) return (inside - axis.from) / (axis.to - axis.from);
  return std::log(inside / axis.from) / std::log(axis.to / axis.from);
}

double across(const Chart& chart, double x) { return left + (width - left - right) * along(chart.x, x); }
double up(const Chart& chart, double y) { return height - bottom - (height - top - bottom) * along(chart.y, y); }

std::string grid(const Chart& chart) {
  std::string svg;
  for (const auto& [value, label] : chart.x.marks) {
    const double x = across(chart, value);
    svg += fmt::format("<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\"/>", x, top, height - bottom);
    svg += fmt::format("<text class=\"middle\" x=\"{:.1f}\" y=\"{}\">{}</text>", x, height - bottom + 17, html_text(label));
  }
  for (const auto& [value, label] : chart.y.marks) {
    const double y = up(chart, value);
    svg += fmt::format("<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>", left, width - right, y);
    svg += fmt::format("<text class=\"end\" x=\"{}\" y=\"{:.1f}\">{}</text>", left - 6, y + 4, html_text(label));
  }
  svg += fmt::format("<text class=\"middle name\" x=\"{:.1f}\" y=\"{}\">{}</text>", (left + width - right) / 2, height - 8,
                     html_text(chart.x.name));
  const double middle = (top + height - bottom) / 2;
  svg += fmt::format("<text class=\"middle name\" transform=\"rotate(-90 12 {0:.1f})\" x=\"12\" y=\"{0:.1f}\">{1}</text>", middle,
                     html_text(chart.y.name));
  return svg;
}

}  // namespace

std::string chart_svg(const Chart& chart) {
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", width, height, html_text(chart.name));
  svg += grid(chart);
  if (chart.diagonal) {
    const double from = std::max(chart.x.from, chart.y.from), to = std::min(chart.x.to, chart.y.to);
    svg += fmt::format("<line class=\"diagonal\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>", across(chart, from),
                       up(chart, from), across(chart, to), up(chart, to));
  }
  std::string legend;
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    const Series& series = chart.series[n];
    std::string points, dots;
    for (const auto& [x, y] : series.points) {
      if (std::isnan(x) || std::isnan(y)) continue;
      points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", across(chart, x), up(chart, y));
      if (chart.dots) dots += fmt::format("<circle class=\"s{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"/>", n, across(chart, x), up(chart, y));
    }
    svg += fmt::format("<polyline class=\"s{}\" points=\"{}\"/>{}", n, points, dots);
    legend += fmt::format("<li><svg viewBox=\"0 0 34 10\" aria-hidden=\"true\"><polyline class=\"s{}\" points=\"1,5 33,5\"/></svg>{}</li>",
                          n, html_text(series.name));
  }
  return svg + "</svg><ul class=\"legend\">" + legend + "</ul>";
}

}  // namespace potentia::backtest
