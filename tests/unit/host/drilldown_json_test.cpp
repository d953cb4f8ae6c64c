// report.json mirrors the report one to one, in full precision.
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "host/drilldown/drilldown.hpp"
#include "host/version.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::drilldown {
namespace {

using Json = nlohmann::json;

Report sample() {
  Report report;
  report.exporter = {"LAO", "Laos", {1}};
  report.market = {"CHN+THA", "China, Thailand", {0, 2}};
  report.base_years = {2022, 2023};
  report.horizon_year = 2028;
  report.world_title = "By hand";
  Figure figure;
  figure.id = "top";
  figure.title = "Top";
  figure.definition = "What it is.";
  figure.alternative = "What it shows.";
  figure.table.columns = {
      {"code", "Product", Kind::code}, {"value", "Value", Kind::usd}, {"tariff", "Tariff", Kind::share},
      {"gain", "Gain", Kind::points},  {"year", "Year", Kind::year},  {"n", "N", Kind::count},
      {"x", "X", Kind::number},        {"yes", "Yes", Kind::flag},    {"name", "Name", Kind::text}};
  figure.table.rows = {{std::string("071410"), 0.1 + 0.2, 0.25, 0.035, std::int64_t{2023}, std::int64_t{7}, 1e300, true,
                        std::string("<script>alert(1)</script>, \"quoted\"\nand more")},
                       {Value(), missing_value, -std::numeric_limits<double>::infinity(), Value(), Value(), Value(),
                        Value(), false, std::string("not UTF-8: \xff")}};
  figure.charts = {
      {Chart::Type::horizontal_stacked, "code", {{"value", Role::static_part}, {"x", Role::dynamic_part}}, 5},
      {Chart::Type::line, "year", {{"value", Role::exports}}, 0}};
  Figure nothing;
  nothing.id = "nothing";
  nothing.notice = "This world has no such table.";
  nothing.section = "A section";
  nothing.charts = {{Chart::Type::waterfall, "code", {{"from", Role::change}, {"to", Role::change}}, 0}};
  report.parts = {{"one", "One", {figure, nothing}}, {"two", "Two", {}}};
  report.findings = {{"rule_a", "A sentence."}};
  report.rules = {{"rule_a", "Always.", "Something."}};
  return report;
}

TEST(ReportJson, MirrorsTheReport) {
  const World world = potentia::testing::small_world();
  const Json json = Json::parse(report_json(world, sample()));
  EXPECT_EQ(json["format"], "potentia drill-down");
  EXPECT_EQ(json["version"], 2);
  EXPECT_EQ(json["program"]["version"], program_version());
  EXPECT_EQ(json["program"]["commit"], program_commit());
  EXPECT_EQ(json["exporter"], Json({{"code", "LAO"}, {"name", "Laos"}, {"members", {"LAO"}}}));
  EXPECT_EQ(json["market"]["members"], Json({"CHN", "THA"}));
  EXPECT_EQ(json["base_years"], Json({2022, 2023}));
  EXPECT_EQ(json["horizon_year"], 2028);
  EXPECT_EQ(json["world_title"], "By hand");
  ASSERT_EQ(json["parts"].size(), 2u);
  EXPECT_EQ(json["parts"][1], Json({{"id", "two"}, {"title", "Two"}, {"figures", Json::array()}}));
  EXPECT_EQ(json["findings"], Json::array({{{"rule", "rule_a"}, {"sentence", "A sentence."}}}));
  EXPECT_EQ(json["rules"], Json::array({{{"name", "rule_a"}, {"when", "Always."}, {"says", "Something."}}}));

  const Json& figure = json["parts"][0]["figures"][0];
  EXPECT_EQ(figure["id"], "top");
  EXPECT_EQ(figure["definition"], "What it is.");
  EXPECT_EQ(figure["alternative"], "What it shows.");
  EXPECT_EQ(figure["notice"], "");
  EXPECT_EQ(figure["charts"][0], Json({{"type", "horizontal_stacked"},
                                       {"category", "code"},
                                       {"first_rows", 5},
                                       {"series", Json::array({{{"column", "value"}, {"role", "static"}},
                                                               {{"column", "x"}, {"role", "dynamic"}}})}}));
  EXPECT_EQ(figure["charts"][1]["type"], "line");
  const Json& nothing = json["parts"][0]["figures"][1];
  EXPECT_EQ(nothing["notice"], "This world has no such table.");
  EXPECT_EQ(nothing["section"], "A section");
  EXPECT_FALSE(figure.contains("section"));  // most figures have none
  EXPECT_EQ(nothing["charts"][0]["type"], "waterfall");
  EXPECT_EQ(nothing["charts"][0]["series"][0]["role"], "change");
  EXPECT_EQ(nothing["table"], Json({{"columns", Json::array()}, {"rows", Json::array()}}));
}

TEST(ReportJson, KeepsEveryBitAndSaysNullWhereNothingIsKnown) {
  const World world = potentia::testing::small_world();
  const std::string text = report_json(world, sample());
  const Json table = Json::parse(text)["parts"][0]["figures"][0]["table"];
  std::vector<std::string> kinds;
  for (const Json& column : table["columns"]) kinds.push_back(column["kind"]);
  EXPECT_EQ(kinds,
            (std::vector<std::string>{"code", "usd", "share", "points", "year", "count", "number", "flag", "text"}));
  EXPECT_EQ(table["columns"][1], Json({{"key", "value"}, {"label", "Value"}, {"kind", "usd"}}));
  const Json& row = table["rows"][0];
  EXPECT_EQ(row[0], "071410");
  EXPECT_EQ(row[1].get<double>(), 0.1 + 0.2);
  EXPECT_EQ(row[4], 2023);
  EXPECT_EQ(row[6].get<double>(), 1e300);
  EXPECT_EQ(row[7], true);
  EXPECT_EQ(row[8], "<script>alert(1)</script>, \"quoted\"\nand more");
  const Json& empty = table["rows"][1];
  for (const int column : {0, 1, 2, 3, 4, 5, 6}) EXPECT_TRUE(empty[column].is_null()) << column;
  EXPECT_EQ(empty[8], "not UTF-8: \xEF\xBF\xBD");
  EXPECT_EQ(text.back(), '\n');
}

}  // namespace
}  // namespace potentia::drilldown
