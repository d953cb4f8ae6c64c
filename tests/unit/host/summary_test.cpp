// The screenful at the end of a solve.
#include "host/model/summary.hpp"

#include <gtest/gtest.h>

#include <string>

#include "host/run/progress.hpp"

namespace potentia {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

ResultSummary two_by_two() {
  ResultSummary summary;
  summary.exporters = summary.markets = {"CHN", "LAO"};
  summary.exporter_names = summary.market_names = {"China", "Lao PDR"};
  summary.products = 5079;
  summary.sectors = 15;
  summary.listed_cells = 1234567;
  summary.base_years = {2022, 2023};
  summary.horizon_year = 2028;
  summary.ease = "trade_share";
  for (auto& column : summary.pair) column.assign(4, 0.0);
  summary.pair[column_actual] = {0, 2e9, 1e9, 0};
  summary.pair[column_potential_now] = {0, 2e9, 2e9, 0};
  summary.pair[column_potential] = {0, 3e9, 2.5e9, 0};
  summary.pair[column_unrealized] = {0, 1e9, 1.5e9, 0};
  summary.pair[column_static] = {0, 0.25e9, 1e9, 0};
  summary.pair[column_change_tariff] = {0, -0.1234567e9, 0, 0};
  return summary;
}

TEST(Summary, AddsUpAndRanks) {
  const std::string text = joined(summary_lines(two_by_two()));
  EXPECT_NE(text.find("2 exporters x 2 markets x 5,079 products in 15 sectors; 1,234,567 cells listed"), std::string::npos);
  EXPECT_NE(text.find("base years 2022-2023, horizon 2028"), std::string::npos);
  EXPECT_NE(text.find("actual exports                         3,000.0"), std::string::npos) << text;
  EXPECT_NE(text.find("unrealised                             2,500.0    45.5 % of potential"), std::string::npos) << text;
  EXPECT_NE(text.find("  static (frictions today)             1,250.0    50.0 % of unrealised"), std::string::npos) << text;
  EXPECT_NE(text.find("  tariffs                               -123.5    -3.1 % of potential now"), std::string::npos) << text;
  EXPECT_LT(text.find("LAO Lao PDR"), text.find("CHN China"));  // Laos has more that is unrealised
}

TEST(Summary, ShowsOnePair) {
  const std::string text = joined(pair_lines(two_by_two(), {"LAO", "Lao PDR", {1}}, {"CHN", "China", {0}}));
  EXPECT_EQ(text.find("LAO to CHN"), 0u);
  EXPECT_NE(text.find("unrealised                             1,500.0    60.0 % of potential"), std::string::npos) << text;
}

TEST(Summary, APairOfGroupsIsTheSumOverTheirMembers) {
  const std::string text = joined(pair_lines(two_by_two(), {"BOTH", "Both", {0, 1}}, {"LAO+CHN", "Laos, China", {0, 1}}));
  EXPECT_EQ(text.find("BOTH to LAO+CHN"), 0u);
  EXPECT_NE(text.find("unrealised                             2,500.0    45.5 % of potential"), std::string::npos) << text;
  const std::string to_one = joined(pair_lines(two_by_two(), {"BOTH", "Both", {0, 1}}, {"LAO", "Laos", {1}}));
  EXPECT_NE(to_one.find("unrealised                             1,000.0    33.3 % of potential"), std::string::npos) << to_one;
}

TEST(Summary, AWorldWithoutTradeHasNoShares) {
  ResultSummary summary = two_by_two();
  for (auto& column : summary.pair) column.assign(4, 0.0);
  EXPECT_NE(joined(summary_lines(summary)).find("0.0         - of potential"), std::string::npos);
}

TEST(Notices, AreListedWithWhoseNeverSilentlyShortened) {
  Notice notice{"fill", "gdp.missing", 14, "median growth", {}};
  for (char c = 'A'; c < 'A' + 14; ++c) notice.whose.push_back(std::string(3, c));
  const std::string line = notice_lines({notice}).at(0);
  EXPECT_EQ(line, "fill    14 x gdp.missing: median growth [AAA, BBB, CCC, DDD, EEE, FFF, GGG, HHH, III, JJJ, KKK, LLL and 2 more]");
}

TEST(Thousands, AreSeparated) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1000), "1,000");
  EXPECT_EQ(with_thousands(18446744073709551615u), "18,446,744,073,709,551,615");
}

}  // namespace
}  // namespace potentia
