// The files of figures: their names, their bytes, and what older files may be removed.
#include "host/drilldown/forms/figures/figures.hpp"

#include "figures_sample.hpp"

namespace potentia::drilldown::testing {
namespace {

Report sample_report() {
  Report report;
  report.exporter.name = "Lao & <b>Laos</b>";
  report.market.name = "China";
  report.base_years = {2024};
  report.horizon_year = 2029;
  Chart chart;
  chart.type = Chart::Type::horizontal_bar;
  chart.category = "name";
  chart.series = {{"a", Role::exports}};
  Figure one = sample_figure({"Rubber", "Tea"}, {{8e6, 2e6}}), two = one, empty = one, none = one;
  one.title = "Exports of <Laos> & \"others\" \x1b\xff \xef\xbf\xbf";
  one.charts = {chart};
  two.id = "pair";
  two.charts = {chart, chart};
  empty.id = "empty";
  empty.charts = {chart};
  empty.table.rows.clear();
  empty.notice = "This world has no tariffs";
  none.id = "none";
  report.parts = {{"trade", "Trade", {one, two}}, {"access", "Access", {empty, none}}};
  return report;
}

TEST(FigureFiles, AreCalledAsTheirTables) {
  std::vector<std::string> names;
  for (const auto& file : draw_figures(sample_report(), 2).files) names.push_back(file.first);
  EXPECT_EQ(names, (std::vector<std::string>{"trade_sample.svg", "trade_sample.png", "trade_pair.svg", "trade_pair.png",
                                             "trade_pair_2.svg", "trade_pair_2.png"}));
}

TEST(FigureFiles, AreTheSameBytesEachTimeAndWithAnyThreads) {
  const FigureFiles once = draw_figures(sample_report(), 1);
  EXPECT_EQ(draw_figures(sample_report(), 1).files, once.files);
  EXPECT_EQ(draw_figures(sample_report(), 3).files, once.files);
}

TEST(FigureFiles, AreSvgAndPngThatStateTheirSize) {
  const FigureFiles drawn = draw_figures(sample_report(), 1);
  const std::string& svg = drawn.files[0].second;
  EXPECT_NE(svg.find("width=\"453.54pt\""), svg.npos);
  EXPECT_NE(svg.find("<title>Exports of &lt;Laos&gt; &amp; &quot;others&quot; \\x1b\\xff </title>"), svg.npos);
  EXPECT_NE(svg.find("<desc>Bars of sample values</desc>"), svg.npos);
  const std::size_t surface = svg.find("id=\"surface");
  EXPECT_TRUE(surface == svg.npos || svg[surface + 11] == '"');  // cairo's count of surfaces is left out
  const std::string& png = drawn.files[1].second;
  EXPECT_EQ(png.substr(1, 3), "PNG");
  EXPECT_EQ(png.substr(12, 4), "IHDR");
  EXPECT_EQ(png.substr(37, 4), "pHYs");
  EXPECT_EQ(png.find("tIME"), png.npos);
}

TEST(FigureFiles, OlderOnesAreKnownByName) {
  const Report report = sample_report();
  for (const char* name : {"trade_sample.svg", "trade_pair_2.png", "access_empty.png", "access_none_2.svg", "outlook_chances.png",
                           "outlook_intervals_2.svg", "scenarios_products_3.svg", "scenarios_targets_12_2.png"})
    EXPECT_TRUE(is_figure_file(report, name)) << name;
  for (const char* name : {"trade_sample.csv", "trade_map.png", "sample.svg", "trade_sample_3.svg", "trade_sample.svg.png", "trade_sample",
                           "photo.png", "outlook_mine.png", ".png", "_2.svg"})
    EXPECT_FALSE(is_figure_file(report, name)) << name;
}

}  // namespace
}  // namespace potentia::drilldown::testing
