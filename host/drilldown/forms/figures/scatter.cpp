// Points in the four fields that two medians divide, the first of them named.
#include <algorithm>
#include <cmath>

#include "host/drilldown/forms/figures/axes.hpp"
#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::figures {
namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

/// Names the first points where there is room for a name: right or left of its point, else above or below it.
class Names {
public:
  Names(Sheet& sheet, const Area& plot, std::vector<Area> taken) : sheet_(sheet), plot_(plot), taken_(std::move(taken)) {}

  void set(const std::string& name, const Point& at, double radius) {
    const Words right{name, 7.5, ink, false, Align::left, 150, 1};
    Words left = right, middle = right;
    left.align = Align::right, middle.align = Align::middle;
    const double away = radius + 2;
    if (try_at(right, at.x + away, at.y, Stand::around) || try_at(left, at.x - away, at.y, Stand::around) ||
        try_at(middle, at.x, at.y - away, Stand::above))
      return;
    try_at(middle, at.x, at.y + away, Stand::below);
  }

private:
  bool try_at(const Words& words, double x, double y, Stand stand) {
    const Area area = sheet_.place(words, x, y, stand);
    if (area.x < plot_.x || area.right() > plot_.right() || area.y < plot_.y || area.bottom() > plot_.bottom()) return false;
    for (const Area& other : taken_)
      if (area.meets(other)) return false;
    taken_.push_back(sheet_.text(words, x, y, stand));
    return true;
  }

  Sheet& sheet_;
  Area plot_;
  std::vector<Area> taken_;
};

}  // namespace

Drawn draw_scatter(const ChartData& data, Sheet& sheet) {
  constexpr std::size_t most_names = 5;
  constexpr double height = 270, radius = 3.4;
  const SeriesData& series = data.series.front();  // a scatter has one
  std::vector<double> across, upwards;
  std::vector<std::size_t> shown;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    if (std::isnan(series.values[row])) continue;
    shown.push_back(row);
    across.push_back(data.along[row]);
    upwards.push_back(series.values[row]);
  }
  const auto [low, high] = std::minmax_element(upwards.begin(), upwards.end());
  const auto [least, most] = std::minmax_element(across.begin(), across.end());
  // Room above and below the points for what stands in the corners, and half a name beside a point.
  const Words word{"large and likely", Sheet::small, muted};
  const double band = 1.5 * sheet.size(word).height + 4;
  const double room = std::pow(std::max(*high / *low, 2.0), band / (height - 2 * band));
  const Scale y_scale = power_scale(*low / room, *high * room / 1.1, data.unit);
  const double left = Sheet::margin + room_beside(sheet, y_scale);
  const Area plot{left, sheet.top() + 16, Sheet::width - Sheet::margin - 10 - left, height};
  const Scale x_scale = scale_across(sheet, {*least, *most}, true, data.along_unit, plot.width);
  const auto titled = [](const std::string& label, const Unit& unit) { return unit.name.empty() ? label : label + ", " + unit.name; };
  draw_scale_beside(sheet, y_scale, plot, titled(series.label, data.unit), Sheet::margin);
  const double bottom = draw_scale_below(sheet, x_scale, plot, titled(data.along_label, data.along_unit));
  const auto at = [&](double x, double y) {
    return Point{plot.x + x_scale.at(x) * plot.width, plot.bottom() - y_scale.at(y) * plot.height};
  };
  const Point middle = at(median(across), median(upwards));
  sheet.add(Line{{{middle.x, plot.y}, {middle.x, plot.bottom()}}, axis_line, 0.8, true});
  sheet.add(Line{{{plot.x, middle.y}, {plot.right(), middle.y}}, axis_line, 0.8, true});
  std::vector<Area> taken;
  const auto corner = [&](const char* text, Align align, bool is_top) {
    Words words = word;
    words.text = text, words.align = align;
    taken.push_back(sheet.text(words, align == Align::left ? plot.x + 3 : plot.right() - 3, is_top ? plot.y + 2 : plot.bottom() - 2,
                               is_top ? Stand::below : Stand::above));
  };
  corner("large and likely", Align::right, true);
  corner("large, less likely", Align::left, true);
  corner("smaller, likelier", Align::right, false);
  for (std::size_t n = shown.size(); n-- > 0;) {
    const Point point = at(across[n], upwards[n]);
    sheet.add(Mark{point, radius, series.colour, false, 0.8, 0, shown[n]});
    taken.push_back({point.x - radius + 1, point.y - radius + 1, 2 * radius - 2, 2 * radius - 2});
  }
  Names names(sheet, plot, std::move(taken));
  for (std::size_t n = 0; n < std::min(most_names, shown.size()); ++n)
    names.set(data.names[shown[n]], at(across[n], upwards[n]), radius);
  return {bottom, data.rows()};
}

}  // namespace potentia::drilldown::figures
