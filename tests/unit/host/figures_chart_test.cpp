// Every kind of chart: what its shapes say is what the table says, and it can be read.
#include <cmath>

#include "figures_sample.hpp"

namespace potentia::drilldown::testing {
namespace {

using Type = Chart::Type;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Chart chart_of(Type type, std::vector<Series> series) {
  Chart chart;
  chart.type = type;
  chart.category = "name";
  chart.series = std::move(series);
  return chart;
}

TEST(FigureChart, LyingBarsAreAsLongAsTheirValues) {
  const Figure figure = sample_figure({"Rubber", "Coffee", "Tea"}, {{80e6, 20e6, 0}, {40e6, missing, 10e6}});
  const Picture picture = drawn(figure, chart_of(Type::horizontal_bar, {{"a", Role::exports}, {"b", Role::imports}}));
  expect_readable(picture);
  const double per_dollar = bar_of(picture, 0, 0).area.width / 80e6;
  EXPECT_GT(bar_of(picture, 0, 0).area.width, 150);
  EXPECT_NEAR(bar_of(picture, 0, 1).area.width, 20e6 * per_dollar, 1e-6);
  EXPECT_NEAR(bar_of(picture, 0, 2).area.width, 0, 1e-6);
  EXPECT_NEAR(bar_of(picture, 1, 0).area.width, 40e6 * per_dollar, 1e-6);
  EXPECT_EQ(bars_of(picture).size(), 5u);  // none where there is no value
  EXPECT_EQ(bar_of(picture, 0, 0).colour, 0x0072b2u);
  EXPECT_EQ(bar_of(picture, 1, 0).colour, 0xd55e00u);
  EXPECT_TRUE(says(picture, "80.0"));
  EXPECT_TRUE(says(picture, "USD million"));
  EXPECT_NEAR(label_of(picture, "80.0").area.x, bar_of(picture, 0, 0).area.right() + 4, 1e-6);
  EXPECT_LT(bar_of(picture, 0, 0).area.bottom(), bar_of(picture, 1, 0).area.y);
  // A name stands beside its bars.
  const Area name = label_of(picture, "Rubber").area;
  EXPECT_LT(name.right(), bar_of(picture, 0, 0).area.x);
  EXPECT_LT(name.y, bar_of(picture, 1, 0).area.bottom());
  EXPECT_GT(name.bottom(), bar_of(picture, 0, 0).area.y);
}

TEST(FigureChart, StacksGoOnWhereOneEndsAndFallBelowNothing) {
  const Figure figure = sample_figure({"Wood", "Metal"}, {{30e6, -10e6}, {50e6, -30e6}, {-20e6, 5e6}});
  const Picture picture =
      drawn(figure, chart_of(Type::horizontal_stacked, {{"a", Role::supply}, {"b", Role::income}, {"c", Role::tariff}}));
  expect_readable(picture);
  const double nothing = bar_of(picture, 0, 0).area.x, per_dollar = bar_of(picture, 0, 0).area.width / 30e6;
  EXPECT_NEAR(bar_of(picture, 1, 0).area.x, nothing + 30e6 * per_dollar, 1e-6);
  EXPECT_NEAR(bar_of(picture, 1, 0).area.right(), nothing + 80e6 * per_dollar, 1e-6);
  EXPECT_NEAR(bar_of(picture, 2, 0).area.x, nothing - 20e6 * per_dollar, 1e-6);
  EXPECT_NEAR(bar_of(picture, 2, 0).area.right(), nothing, 1e-6);
  EXPECT_NEAR(bar_of(picture, 1, 1).area.x, nothing - 40e6 * per_dollar, 1e-6);
  EXPECT_NEAR(bar_of(picture, 2, 1).area.right(), nothing + 5e6 * per_dollar, 1e-6);
  EXPECT_FALSE(says(picture, "60.0"));  // no sums where some fall
}

TEST(FigureChart, StacksHaveTheirSumsAndWholesNone) {
  const Chart chart = chart_of(Type::horizontal_stacked, {{"a", Role::raw}, {"b", Role::processed}});
  EXPECT_TRUE(says(drawn(sample_figure({"Wood"}, {{30e6}, {50e6}}), chart), "80.0"));
  const Picture whole = drawn(sample_figure({"Wood", "Tea"}, {{0.25, 0.5}, {0.75, 0.5}}, Kind::share), chart);
  expect_readable(whole);
  EXPECT_TRUE(says(whole, "100%"));
  EXPECT_FALSE(says(whole, "100.0%"));
  EXPECT_FALSE(says(whole, "120%"));
  EXPECT_NEAR(bar_of(whole, 0, 0).area.width * 3, bar_of(whole, 1, 0).area.width, 1e-6);
}

TEST(FigureChart, UprightBarsStandOnNothing) {
  const Figure figure = sample_figure({"rises", "falls"}, {{0.04, -0.02}, {0.08, 0.0}}, Kind::share);
  const Picture picture = drawn(figure, chart_of(Type::bar, {{"a", Role::before}, {"b", Role::after}}));
  expect_readable(picture);
  const Box up = bar_of(picture, 0, 0), down = bar_of(picture, 0, 1), high = bar_of(picture, 1, 0);
  EXPECT_NEAR(up.area.bottom(), down.area.y, 1e-6);
  EXPECT_NEAR(high.area.height, 2 * up.area.height, 1e-6);
  EXPECT_NEAR(down.area.height, up.area.height / 2, 1e-6);
  EXPECT_LE(up.area.right(), high.area.x);
  const Area name = label_of(picture, "rises").area;
  EXPECT_NEAR(name.x + name.width / 2, (up.area.x + high.area.right()) / 2, 2);
  EXPECT_GT(name.y, down.area.bottom());
}

TEST(FigureChart, UprightStacks) {
  const Picture picture = drawn(sample_figure({"used", "lost"}, {{1e6, 3e6}, {2e6, 1e6}}),
                                chart_of(Type::stacked_bar, {{"a", Role::realized}, {"b", Role::rest}}));
  expect_readable(picture);
  EXPECT_NEAR(bar_of(picture, 1, 0).area.bottom(), bar_of(picture, 0, 0).area.y, 1e-6);
  EXPECT_NEAR(bar_of(picture, 1, 0).area.height, 2 * bar_of(picture, 0, 0).area.height, 1e-6);
  EXPECT_NEAR(bar_of(picture, 1, 1).area.y, bar_of(picture, 1, 0).area.y + bar_of(picture, 0, 0).area.height * -1, 1e-6);
}

TEST(FigureChart, ManyUprightBarsLieDown) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (int n = 0; n < 14; ++n) names.push_back("Component of some length " + std::to_string(n)), values.push_back(n * 1e6);
  const Picture picture = drawn(sample_figure(names, {values}), chart_of(Type::bar, {{"a", Role::plain}}));
  expect_readable(picture);
  EXPECT_NEAR(bar_of(picture, 0, 2).area.x, bar_of(picture, 0, 13).area.x, 1e-6);
  EXPECT_GT(bar_of(picture, 0, 13).area.width, 6 * bar_of(picture, 0, 2).area.width);
}

TEST(FigureChart, LinesBreakWhereAValueIsMissing) {
  Figure figure = sample_figure({"", "", "", "", ""}, {{10e6, 20e6, missing, 30e6, 40e6}, {1e6, 1e6, 1e6, 1e6, 1e6}});
  figure.table.columns[0].kind = Kind::year;
  for (std::size_t row = 0; row < 5; ++row) figure.table.rows[row][0] = std::int64_t{2019} + static_cast<std::int64_t>(row);
  const Picture picture = drawn(figure, chart_of(Type::line, {{"a", Role::exports}, {"b", Role::imports}}));
  expect_readable(picture);
  std::vector<Line> lines;
  for (const Line& line : all_of<Line>(picture))
    if (line.colour == 0x0072b2) lines.push_back(line);
  ASSERT_EQ(lines.size(), 2u);
  const double rise = lines[0].points[0].y - lines[0].points[1].y;
  EXPECT_GT(rise, 0);
  EXPECT_NEAR(lines[1].points[0].y - lines[1].points[1].y, rise, 1e-6);
  EXPECT_NEAR(lines[0].points[1].y - lines[1].points[0].y, rise, 1e-6);
  EXPECT_EQ(all_of<Mark>(picture).size(), 9u);
  for (const char* year : {"2019", "2021", "2023"}) EXPECT_TRUE(says(picture, year)) << year;
}

TEST(FigureChart, ManyYearsAreNamedNowAndThen) {
  Figure figure = sample_figure(std::vector<std::string>(60), {std::vector<double>(60, 5e6)});
  figure.table.columns[0].kind = Kind::year;
  for (std::size_t row = 0; row < 60; ++row) figure.table.rows[row][0] = std::int64_t{1965} + static_cast<std::int64_t>(row);
  const Picture picture = drawn(figure, chart_of(Type::bar, {{"a", Role::exports}}));
  expect_readable(picture);
  EXPECT_TRUE(says(picture, "1965"));
  EXPECT_FALSE(says(picture, "1966"));
  EXPECT_EQ(bars_of(picture).size(), 60u);
}

TEST(FigureChart, WaterfallsGoFromStateToState) {
  const Figure figure = sample_figure({"Tariffs", "Costs", "Difference in all"}, {{0, -50e6, 0}, {-50e6, -20e6, -20e6}});
  const Picture picture = drawn(figure, chart_of(Type::waterfall, {{"a", Role::change}, {"b", Role::change}}));
  expect_readable(picture);
  const Box tariffs = bar_of(picture, 1, 0), costs = bar_of(picture, 1, 1), all = bar_of(picture, 1, 2);
  EXPECT_EQ(tariffs.colour, falls);
  EXPECT_EQ(costs.colour, rises);
  EXPECT_NEAR(costs.area.x, tariffs.area.x, 1e-6);
  EXPECT_NEAR(tariffs.area.width, 2.5 * all.area.width, 1e-6);
  EXPECT_NEAR(costs.area.right(), all.area.x, 1e-6);
  EXPECT_TRUE(says(picture, "\u221250.0"));
  EXPECT_TRUE(says(picture, "30.0"));
  EXPECT_TRUE(says(picture, "Rises"));
  EXPECT_LT(label_of(picture, "\u221250.0").area.right(), tariffs.area.x);
  EXPECT_GT(label_of(picture, "30.0").area.x, costs.area.right());
}

TEST(FigureChart, ChangesAreColouredByTheirSign) {
  const Picture picture = drawn(sample_figure({"Laos", "Viet Nam"}, {{-10e6, 40e6}}), chart_of(Type::horizontal_bar, {{"a", Role::change}}));
  expect_readable(picture);
  EXPECT_EQ(bar_of(picture, 0, 0).colour, falls);
  EXPECT_EQ(bar_of(picture, 0, 1).colour, rises);
  EXPECT_NEAR(bar_of(picture, 0, 0).area.right(), bar_of(picture, 0, 1).area.x, 1e-6);
  EXPECT_NEAR(bar_of(picture, 0, 1).area.width, 4 * bar_of(picture, 0, 0).area.width, 1e-6);
}

TEST(FigureChart, IntervalsStandOnPowersOfTen) {
  const Figure figure = sample_figure({"Rubber", "Tea", "Salt"}, {{1e6, 1e7, 0}, {1e5, 1e6, 0}, {1e8, 1e8, 1e4}});
  const Picture picture = drawn(figure, chart_of(Type::interval, {{"a", Role::unrealized, "b", "c"}}));
  expect_readable(picture);
  const std::vector<Mark> marks = all_of<Mark>(picture);
  ASSERT_EQ(marks.size(), 2u);  // nothing has no place there
  const double power = marks[1].middle.x - marks[0].middle.x;
  EXPECT_GT(power, 10);
  std::vector<Line> ends;
  for (const Line& line : all_of<Line>(picture))
    if (line.colour == ink && line.points[0].y == line.points[1].y) ends.push_back(line);
  ASSERT_EQ(ends.size(), 3u);
  EXPECT_NEAR(marks[0].middle.x - ends[0].points[0].x, power, 1e-6);
  EXPECT_NEAR(ends[0].points[1].x - marks[0].middle.x, 2 * power, 1e-6);
  EXPECT_NEAR(marks[0].middle.y, ends[0].points[0].y, 1e-6);
  EXPECT_FALSE(chart_data(sample_figure({"Salt"}, {{0.0}}), chart_of(Type::interval, {{"a", Role::plain}}), {}).has_value());
}

TEST(FigureChart, BarsHaveTheirLines) {
  const Figure figure = sample_figure({"Rubber", "Tea"}, {{10e6, 20e6}, {5e6, missing}, {40e6, missing}});
  const Picture picture = drawn(figure, chart_of(Type::horizontal_bar, {{"a", Role::unrealized, "b", "c"}}));
  expect_readable(picture);
  const Box bar = bar_of(picture, 0, 0);
  std::vector<Line> ends;
  for (const Line& line : all_of<Line>(picture))
    if (line.colour == ink && line.points[0].y == line.points[1].y) ends.push_back(line);
  ASSERT_EQ(ends.size(), 1u);
  EXPECT_NEAR(ends[0].points[0].x, bar.area.x + bar.area.width / 2, 1e-6);
  EXPECT_NEAR(ends[0].points[1].x, bar.area.x + bar.area.width * 4, 1e-6);
}

TEST(FigureChart, ScattersAreDividedByMedians) {
  std::vector<std::string> names;
  std::vector<double> across, upwards;
  for (int n = 0; n < 9; ++n) {
    names.push_back("A product with a name, number " + std::to_string(n));
    across.push_back(0.1 * n);
    upwards.push_back(std::pow(10.0, 9 - n % 5));
  }
  upwards[8] = 0;  // no place on powers of ten
  Figure figure = sample_figure(names, {upwards, across});
  figure.table.columns[2].kind = Kind::share;
  Chart chart = chart_of(Type::scatter, {{"a", Role::unrealized}});
  chart.along = "b";
  const Picture picture = drawn(figure, chart);
  expect_readable(picture);
  const std::vector<Mark> marks = all_of<Mark>(picture);
  ASSERT_EQ(marks.size(), 8u);
  const auto mark = [&](std::size_t row) { return std::find_if(marks.begin(), marks.end(), [&](const Mark& m) { return m.row == row; })->middle; };
  EXPECT_NEAR(mark(7).x - mark(0).x, 7 * (mark(1).x - mark(0).x), 1e-6);
  EXPECT_NEAR(mark(4).y - mark(0).y, 4 * (mark(1).y - mark(0).y), 1e-6);
  std::vector<Line> medians;
  for (const Line& line : all_of<Line>(picture))
    if (line.dashed) medians.push_back(line);
  ASSERT_EQ(medians.size(), 2u);
  EXPECT_NEAR(medians[0].points[0].x, (mark(3).x + mark(4).x) / 2, 1e-6);
  EXPECT_TRUE(says(picture, names[0]));
  EXPECT_FALSE(says(picture, names[5]));
  chart.along = "";
  EXPECT_FALSE(chart_data(figure, chart, {}).has_value());
}

TEST(FigureChart, ShowsTheFirstRowsAndSaysSo) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (int n = 0; n < 1450; ++n) names.push_back("Product " + std::to_string(n)), values.push_back(2000e6 - n * 1e6);
  const Figure figure = sample_figure(names, {values});
  Chart chart = chart_of(Type::horizontal_bar, {{"a", Role::plain}});
  chart.first_rows = 15;
  const Picture picture = drawn(figure, chart);
  expect_readable(picture);
  EXPECT_EQ(bars_of(picture).size(), 15u);
  EXPECT_TRUE(says(picture, "The first 15 of 1,450 rows; all of them are in sample.csv."));
  chart.first_rows = 0;
  expect_readable(drawn(figure, chart));
  EXPECT_EQ(bars_of(drawn(figure, chart)).size(), 40u);
  EXPECT_FALSE(says(drawn(sample_figure({"a", "b"}, {{1e6, 2e6}}), chart), "The first 2 of 2 rows; all of them are in sample.csv."));
}

TEST(FigureChart, IsNoLongerThanAPageWithManyBarsInARow) {
  const std::vector<std::string> names(40, "A name that is long enough to take two lines beside its four bars");
  const std::vector<double> values(40, 7e6);
  const Picture picture = drawn(sample_figure(names, {values, values, values, values}),
                                chart_of(Type::horizontal_bar, {{"a", Role::raw}, {"b", Role::processed}, {"c", Role::tariff}, {"d", Role::income}}));
  expect_readable(picture);
  EXPECT_LT(bars_of(picture).size(), 160u);
}

TEST(FigureChart, ShortNamesStandForProducts) {
  Figure figure = sample_figure({"Sugar cane: fit for human consumption"}, {{1e6}});
  figure.table.columns.insert(figure.table.columns.begin(), {"product", "Code", Kind::code});
  figure.table.rows[0].insert(figure.table.rows[0].begin(), std::string("121293"));
  const Chart chart = chart_of(Type::horizontal_bar, {{"a", Role::plain}});
  EXPECT_EQ(chart_data(figure, chart, {})->names[0], "Sugar cane: fit for human consumption");
  EXPECT_EQ(chart_data(figure, chart, {{"121293", "Sugar cane"}})->names[0], "Sugar cane");
}

TEST(FigureChart, NamesOfAnyKindStayInTheirPlace) {
  std::string endless;
  for (int n = 0; n < 3000; ++n) endless += "longer and ";
  const std::vector<std::string> names{std::string(3000, 'W'), endless, "<b onload=\"x\">&amp;", "\xff\xfe\x80 broken",
                                       "line\nbreak\tand\x1b[31m escape", "\u202e\u05e9\u05dc\u05d5\u05dd right to left", "", "\u4e2d\u56fd"};
  std::vector<double> values(names.size(), 3e6);
  Figure figure = sample_figure(names, {values, values, values});
  figure.title = endless;
  figure.table.columns[1].label = endless;
  for (const Type type : {Type::horizontal_bar, Type::horizontal_stacked, Type::interval, Type::bar, Type::line, Type::stacked_bar, Type::waterfall}) {
    SCOPED_TRACE(static_cast<int>(type));
    const Role role = type == Type::waterfall ? Role::change : Role::plain;
    expect_readable(drawn(figure, chart_of(type, {{"a", role}, {"b", role}})));
  }
  Chart scatter = chart_of(Type::scatter, {{"a", Role::plain}});
  scatter.along = "b";
  expect_readable(drawn(figure, scatter));
}

TEST(FigureChart, NothingIsDrawnOfNothing) {
  const Chart chart = chart_of(Type::horizontal_bar, {{"a", Role::plain}});
  EXPECT_FALSE(chart_data(sample_figure({}, {{}}), chart, {}).has_value());
  EXPECT_FALSE(chart_data(sample_figure({"Tea"}, {{missing}}), chart, {}).has_value());
  EXPECT_FALSE(chart_data(sample_figure({"Tea"}, {{1.0}}), chart_of(Type::bar, {{"z", Role::plain}}), {}).has_value());
}

}  // namespace
}  // namespace potentia::drilldown::testing
