// Small figures to be drawn, and what is read from their pictures.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/drilldown/forms/figures/charts.hpp"

namespace potentia::drilldown::testing {

using namespace figures;

/// A table of names and columns of numbers ("a", "b", …) of one kind.
inline Figure sample_figure(const std::vector<std::string>& names, const std::vector<std::vector<double>>& columns,
                            Kind kind = Kind::usd) {
  Figure figure;
  figure.id = "sample";
  figure.title = "A figure";
  figure.alternative = "Bars of sample values";
  figure.table.columns = {{"name", "Name", Kind::text}};
  for (std::size_t c = 0; c < columns.size(); ++c)
    figure.table.columns.push_back({std::string(1, static_cast<char>('a' + c)), "Column " + std::to_string(c), kind});
  for (std::size_t row = 0; row < names.size(); ++row) {
    std::vector<Value> values{names[row]};
    for (const std::vector<double>& column : columns) values.emplace_back(column[row]);
    figure.table.rows.push_back(std::move(values));
  }
  return figure;
}

inline Picture drawn(const Figure& figure, const Chart& chart) {
  Typesetter typesetter;
  const auto data = chart_data(figure, chart, {});
  EXPECT_TRUE(data.has_value());
  return data ? picture_of(*data, {figure.title, "", figure.alternative, "Source: a test", "sample.csv"}, typesetter) : Picture{};
}

template <class Kind>
std::vector<Kind> all_of(const Picture& picture) {
  std::vector<Kind> found;
  for (const Shape& shape : picture.shapes)
    if (const auto* one = std::get_if<Kind>(&shape)) found.push_back(*one);
  return found;
}

/// The bars, which show values, of the boxes.
inline std::vector<Box> bars_of(const Picture& picture) {
  std::vector<Box> bars = all_of<Box>(picture);
  bars.erase(std::remove_if(bars.begin(), bars.end(), [](const Box& box) { return box.row == Box::no_value; }), bars.end());
  return bars;
}

inline Box bar_of(const Picture& picture, std::size_t series, std::size_t row) {
  for (const Box& bar : bars_of(picture))
    if (bar.series == series && bar.row == row) return bar;
  ADD_FAILURE() << "no bar of series " << series << ", row " << row;
  return {};
}

inline bool says(const Picture& picture, const std::string& text) {
  const std::vector<Label> labels = all_of<Label>(picture);
  return std::any_of(labels.begin(), labels.end(), [&](const Label& label) { return label.words.text == text; });
}

inline Label label_of(const Picture& picture, const std::string& text) {
  for (const Label& label : all_of<Label>(picture))
    if (label.words.text == text) return label;
  ADD_FAILURE() << "nothing says " << text;
  return {};
}

/// What holds in every picture: all of it is on the sheet, no text lies on another one or on a bar.
inline void expect_readable(const Picture& picture) {
  const std::vector<Label> labels = all_of<Label>(picture);
  const auto on_sheet = [&](const Area& area, const std::string& what) {
    EXPECT_GE(area.x, 0) << what;
    EXPECT_GE(area.y, 0) << what;
    EXPECT_LE(area.right(), picture.width) << what;
    EXPECT_LE(area.bottom(), picture.height) << what;
  };
  for (std::size_t one = 0; one < labels.size(); ++one) {
    on_sheet(labels[one].area, labels[one].words.text);
    // Lines of text hold some air above and below their letters.
    Area letters = labels[one].area;
    letters.y += 1, letters.height -= 2;
    for (std::size_t other = 0; other < one; ++other)
      EXPECT_FALSE(letters.meets(labels[other].area)) << labels[one].words.text << " on " << labels[other].words.text;
    for (const Box& box : all_of<Box>(picture)) EXPECT_FALSE(letters.meets(box.area)) << labels[one].words.text;
  }
  for (const Box& box : all_of<Box>(picture)) on_sheet(box.area, "a box");
  for (const Line& line : all_of<Line>(picture))
    for (const Point& point : line.points) on_sheet({point.x, point.y, 0, 0}, "a line");
  for (const Mark& mark : all_of<Mark>(picture)) on_sheet({mark.middle.x, mark.middle.y, 0, 0}, "a mark");
  EXPECT_LE(picture.height, 25 / 2.54 * 72) << "longer than a page";
}

}  // namespace potentia::drilldown::testing
